package io.tangram.solver.packing;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Bins with places, items in these, and what is too much in each bin. A place is for items of one
 * kind and stays where it is. What is too much is counted in parts of what a bin holds, and not at
 * all in a bin that is given up. Not thread-safe.
 */
final class BinLoads {

  private final int dimensions;
  private final double[] capacity;
  private final double[] partOfOne;
  private final double[] sizes;
  private final double[] loads;
  private final int[] sizeNumbers;
  private final int[] binOf;
  private final int[] kindOf;
  private final int[] itemAt;
  private final int[] placeOf;
  private final int[][] placesIn;
  private final int[][] placesFor;
  private final LoadExchange.Allowed allowed;
  private final Overfull overfull;
  private final boolean[] givenUp;

  /** Starts as {@link LoadExchange} does. */
  BinLoads(
      double[][] capacity,
      int[] bins,
      int[] kinds,
      double[][] sizes,
      LoadExchange.Allowed allowed) {
    this.dimensions = capacity.length == 0 ? 0 : capacity[0].length;
    this.capacity = flat(capacity);
    this.partOfOne = Arrays.stream(this.capacity).map(BinLoads::partOfOne).toArray();
    this.sizes = flat(sizes);
    this.loads = new double[this.capacity.length];
    this.sizeNumbers = numbered(Arrays.stream(sizes).map(ImmutableDoubleArray::copyOf).toList());
    this.binOf = bins.clone();
    this.kindOf = numbered(Arrays.stream(kinds).boxed().toList());
    this.itemAt = IntStream.range(0, bins.length).toArray();
    this.placeOf = itemAt.clone();
    this.placesFor = placesBy(kindOf, Arrays.stream(kindOf).max().orElse(-1) + 1);
    this.placesIn = placesByKind(capacity.length);
    this.allowed = allowed;
    this.overfull = new Overfull(capacity.length);
    this.givenUp = new boolean[capacity.length];
    for (int place = 0; place < bins.length; place++) {
      add(bins[place], place, 1);
    }
    IntStream.range(0, capacity.length).forEach(this::note);
  }

  private double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Which part one is of what a bin holds; 0 where there is no limit to go by. */
  private static double partOfOne(double holds) {
    return holds > 0 && holds < Double.POSITIVE_INFINITY ? 1 / holds : 0;
  }

  private static <T> int[] numbered(List<T> all) {
    Map<T, Integer> numbers = new HashMap<>();
    return all.stream()
        .mapToInt(each -> numbers.computeIfAbsent(each, e -> numbers.size()))
        .toArray();
  }

  private static int[][] placesBy(int[] numbers, int count) {
    List<List<Integer>> places = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> places.add(new ArrayList<>()));
    for (int place = 0; place < numbers.length; place++) {
      places.get(numbers[place]).add(place);
    }
    return places.stream()
        .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  private int[][] placesByKind(int bins) {
    int[][] places = placesBy(binOf, bins);
    for (int bin = 0; bin < bins; bin++) {
      places[bin] =
          Arrays.stream(places[bin])
              .boxed()
              .sorted((a, b) -> Integer.compare(kindOf[a], kindOf[b]))
              .mapToInt(Integer::intValue)
              .toArray();
    }
    return places;
  }

  // What there is.

  int bins() {
    return placesIn.length;
  }

  int items() {
    return itemAt.length;
  }

  int dimensions() {
    return dimensions;
  }

  int binOf(int place) {
    return binOf[place];
  }

  int kindOf(int place) {
    return kindOf[place];
  }

  int itemAt(int place) {
    return itemAt[place];
  }

  int placeOf(int item) {
    return placeOf[item];
  }

  /** The places of a bin, by kinds; don't change the array. */
  int[] placesIn(int bin) {
    return placesIn[bin];
  }

  /** The places for items of the kind that a place is for; don't change the array. */
  int[] placesLike(int place) {
    return placesFor[kindOf[place]];
  }

  /** What an item takes of a dimension. */
  double size(int item, int dimension) {
    return sizes[item * dimensions + dimension];
  }

  /** A number that items have in common if they take the same. */
  int sizeNumber(int item) {
    return sizeNumbers[item];
  }

  boolean isAllowed(int item, int bin) {
    return allowed.test(item, bin);
  }

  /** How much of a dimension is in a bin. */
  double load(int bin, int dimension) {
    return loads[bin * dimensions + dimension];
  }

  /** Bins that have more in them than they hold, those given up apart. */
  Overfull overfull() {
    return overfull;
  }

  boolean isGivenUp(int bin) {
    return givenUp[bin];
  }

  /** Whether a bin has more in it than it holds. */
  boolean isOverfull(int bin) {
    for (int i = bin * dimensions; i < (bin + 1) * dimensions; i++) {
      if (loads[i] > capacity[i]) {
        return true;
      }
    }
    return false;
  }

  /** Whether a bin has room where another has too much in it. */
  boolean hasRoomFor(int bin, int full) {
    for (int i = 0; i < dimensions; i++) {
      int at = bin * dimensions + i;
      int from = full * dimensions + i;
      if (loads[from] > capacity[from] && loads[at] < capacity[at]) {
        return true;
      }
    }
    return false;
  }

  /**
   * How bad it is to have so much of a dimension in a bin: what is too much of it, in parts of what
   * the bin holds.
   *
   * @param spare how much what would be to spare counts beside that
   */
  double excess(int bin, int dimension, double load, double spare) {
    int at = bin * dimensions + dimension;
    double over = load - capacity[at];
    return partOfOne[at] == 0 ? 0 : partOfOne[at] * (over > 0 ? over : -spare * over);
  }

  // Exchanges.

  /** Whether the items of two places may change places. */
  boolean mayExchange(int place, int other) {
    return binOf[place] != binOf[other]
        && allowed.test(itemAt[place], binOf[other])
        && allowed.test(itemAt[other], binOf[place]);
  }

  /** How much less is too much in two bins, in parts of a bin, if two items change places. */
  double lessTooMuch(int place, int other) {
    int ours = itemAt[place] * dimensions;
    int theirs = itemAt[other] * dimensions;
    int here = binOf[place] * dimensions;
    int there = binOf[other] * dimensions;
    double less = 0;
    for (int i = 0; i < dimensions; i++) {
      double more = sizes[theirs + i] - sizes[ours + i];
      if (more != 0) {
        less += lessTooMuch(here + i, more) + lessTooMuch(there + i, -more);
      }
    }
    return less;
  }

  private double lessTooMuch(int at, double more) {
    double over = loads[at] - capacity[at];
    return (Math.max(0, over) - Math.max(0, over + more)) * partOfOne[at];
  }

  /** Puts items into places that they have among them, whichever is in which of these. */
  void put(int[] items, int[] places) {
    for (int i = 0; i < items.length; i++) {
      add(binOf[places[i]], itemAt[places[i]], -1);
      add(binOf[places[i]], items[i], 1);
    }
    for (int i = 0; i < items.length; i++) {
      itemAt[places[i]] = items[i];
      placeOf[items[i]] = places[i];
      note(binOf[places[i]]);
    }
  }

  /** Has the items of two places change places. */
  void exchange(int place, int other) {
    int ours = itemAt[place];
    int theirs = itemAt[other];
    add(binOf[place], ours, -1);
    add(binOf[place], theirs, 1);
    add(binOf[other], theirs, -1);
    add(binOf[other], ours, 1);
    itemAt[place] = theirs;
    itemAt[other] = ours;
    placeOf[ours] = other;
    placeOf[theirs] = place;
    note(binOf[place]);
    note(binOf[other]);
  }

  private void add(int bin, int item, int sign) {
    for (int i = 0; i < dimensions; i++) {
      loads[bin * dimensions + i] += sign * sizes[item * dimensions + i];
    }
  }

  private void note(int bin) {
    overfull.set(bin, !givenUp[bin] && isOverfull(bin));
  }

  /** Lets a bin have as much as may be in it from now on. */
  void giveUp(int bin) {
    Arrays.fill(partOfOne, bin * dimensions, (bin + 1) * dimensions, 0);
    givenUp[bin] = true;
    note(bin);
  }

  /** A set of bins, in an order that only its history says. */
  static final class Overfull {

    private static final int NOWHERE = -1;

    private final int[] bins;
    private final int[] at;
    private int size;

    private Overfull(int bins) {
      this.bins = new int[bins];
      this.at = new int[bins];
      Arrays.fill(at, NOWHERE);
    }

    boolean has(int bin) {
      return at[bin] != NOWHERE;
    }

    boolean isEmpty() {
      return size == 0;
    }

    int size() {
      return size;
    }

    int get(int index) {
      return bins[index];
    }

    private void set(int bin, boolean isOverfull) {
      if (isOverfull && !has(bin)) {
        at[bin] = size;
        bins[size++] = bin;
      } else if (!isOverfull && has(bin)) {
        int last = bins[--size];
        bins[at[bin]] = last;
        at[last] = at[bin];
        at[bin] = NOWHERE;
      }
    }
  }
}
