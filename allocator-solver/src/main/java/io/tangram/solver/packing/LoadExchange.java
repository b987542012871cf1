package io.tangram.solver.packing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Exchanges items between bins until no bin has more in it than it holds, as far as that is found.
 * Items of one kind may change places with each other, nothing else is moved: for vector bin
 * packing, a local search over swaps. At first random items of overfull bins change places with
 * random others, more and more only where less is too much then; what still is too much is brought
 * together in few bins, which are given up for it. Deterministic. Not thread-safe.
 *
 * <p>Simulated annealing (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983) over what is too much.
 * Complexity: linear in the number of items; then items times items of a kind, for each exchange of
 * a bin that is overfull still.
 */
public final class LoadExchange {

  private static final int STEPS_FOR_EACH_ITEM = 600;

  /** How much more may be too much after an exchange at first, about, in parts of a bin. */
  private static final double FIRST_TEMPERATURE = 0.01;

  private static final double LAST_TEMPERATURE = 0.0003;

  private static final double NEGLIGIBLE = 1e-9;

  private final double[][] capacity;
  private final double[][] partOfOne;
  private final double[][] sizes;
  private final double[][] loads;
  private final int[] binOf;
  private final int[] kindOf;
  private final int[] itemAt;
  private final int[] placeOf;
  private final int[][] placesIn;
  private final int[][] placesFor;
  private final Allowed allowed;
  private final Overfull overfull;
  private final boolean[] givenUp;

  /** Which items may go into which bins. */
  @FunctionalInterface
  public interface Allowed {

    /** Whether an item may go into a bin. */
    boolean test(int item, int bin);
  }

  /**
   * Starts with every item in the place of its own number.
   *
   * @param capacity what each bin holds, as {@code [bin][dimension]}
   * @param bins the number of the bin of each place, as {@code [place]}
   * @param kinds the kind of each item, as {@code [item]}
   * @param sizes what each item takes, as {@code [item][dimension]}
   * @param allowed which items may go into which bins
   */
  public LoadExchange(
      double[][] capacity, int[] bins, int[] kinds, double[][] sizes, Allowed allowed) {
    this.capacity = capacity;
    this.partOfOne = new double[capacity.length][];
    this.loads = new double[capacity.length][];
    for (int bin = 0; bin < capacity.length; bin++) {
      partOfOne[bin] = Arrays.stream(capacity[bin]).map(LoadExchange::partOfOne).toArray();
      loads[bin] = new double[capacity[bin].length];
    }
    this.sizes = sizes;
    this.binOf = bins.clone();
    this.kindOf = numbered(kinds);
    this.itemAt = IntStream.range(0, bins.length).toArray();
    this.placeOf = itemAt.clone();
    this.placesIn = placesBy(binOf, capacity.length);
    this.placesFor = placesBy(kindOf, Arrays.stream(kindOf).max().orElse(-1) + 1);
    this.allowed = allowed;
    for (int place = 0; place < bins.length; place++) {
      add(bins[place], sizes[place], 1);
    }
    this.overfull = new Overfull(capacity.length);
    this.givenUp = new boolean[capacity.length];
    for (int bin = 0; bin < capacity.length; bin++) {
      overfull.set(bin, isOverfull(bin));
    }
  }

  /** Which part one is of what a bin holds; 0 where there is no limit to go by. */
  private static double partOfOne(double holds) {
    return holds > 0 && holds < Double.POSITIVE_INFINITY ? 1 / holds : 0;
  }

  private static int[] numbered(int[] kinds) {
    Map<Integer, Integer> numbers = new HashMap<>();
    return Arrays.stream(kinds)
        .map(kind -> numbers.computeIfAbsent(kind, k -> numbers.size()))
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

  /** Returns the place that an item has come to. */
  public int place(int item) {
    return placeOf[item];
  }

  /** Whether a bin has more in it than it holds. */
  public boolean isOverfull(int bin) {
    for (int i = 0; i < capacity[bin].length; i++) {
      if (loads[bin][i] > capacity[bin][i]) {
        return true;
      }
    }
    return false;
  }

  /** Exchanges items as long as that helps. */
  public void run() {
    anneal();
    gather();
  }

  // Less that is too much.

  private void anneal() {
    SplittableRandom random = new SplittableRandom(itemAt.length);
    long steps = (long) STEPS_FOR_EACH_ITEM * itemAt.length;
    double cooling = LAST_TEMPERATURE / FIRST_TEMPERATURE;
    double temperature = FIRST_TEMPERATURE;
    for (long step = 0; step < steps && !overfull.isEmpty(); step++) {
      if (step % itemAt.length == 0) {
        temperature = FIRST_TEMPERATURE * Math.pow(cooling, (double) step / steps);
      }
      int place = any(placesIn[overfull.get(random.nextInt(overfull.size()))], random);
      int other = any(placesFor[kindOf[place]], random);
      if (isPossible(place, other)
          && lessTooMuch(place, other) > temperature * Math.log(random.nextDouble())) {
        exchange(place, other);
      }
    }
  }

  private static int any(int[] places, SplittableRandom random) {
    return places[random.nextInt(places.length)];
  }

  private boolean isPossible(int place, int other) {
    return binOf[place] != binOf[other]
        && allowed.test(itemAt[place], binOf[other])
        && allowed.test(itemAt[other], binOf[place]);
  }

  /** How much less is too much in two bins, in parts of a bin, if two items change places. */
  private double lessTooMuch(int place, int other) {
    double[] ours = sizes[itemAt[place]];
    double[] theirs = sizes[itemAt[other]];
    return lessTooMuch(binOf[place], ours, theirs) + lessTooMuch(binOf[other], theirs, ours);
  }

  private double lessTooMuch(int bin, double[] out, double[] in) {
    double less = 0;
    for (int i = 0; i < out.length; i++) {
      double more = in[i] - out[i];
      if (more != 0) {
        double over = loads[bin][i] - capacity[bin][i];
        less += (Math.max(0, over) - Math.max(0, over + more)) * partOfOne[bin][i];
      }
    }
    return less;
  }

  // What is too much, in few bins.

  /** Gives up one bin after the other, until what is too much is in these. */
  private void gather() {
    while (!overfull.isEmpty()) {
      if (!relieveSome()) {
        giveUp(fullest());
      }
    }
  }

  private boolean relieveSome() {
    boolean relieved = false;
    for (int bin = 0; bin < capacity.length; bin++) {
      while (overfull.has(bin) && relieve(bin)) {
        relieved = true;
      }
    }
    return relieved;
  }

  /** Makes the best exchange with an item of the bin, if one helps. */
  private boolean relieve(int bin) {
    int ours = -1;
    int theirs = -1;
    double most = NEGLIGIBLE;
    for (int place : placesIn[bin]) {
      for (int other : placesFor[kindOf[place]]) {
        double less = lessTooMuch(place, other);
        if (less > most && isPossible(place, other)) {
          most = less;
          ours = place;
          theirs = other;
        }
      }
    }
    if (ours >= 0) {
      exchange(ours, theirs);
    }
    return ours >= 0;
  }

  /** The overfull bin with most items to exchange. */
  private int fullest() {
    int fullest = overfull.get(0);
    for (int i = 1; i < overfull.size(); i++) {
      int bin = overfull.get(i);
      if (placesIn[bin].length > placesIn[fullest].length) {
        fullest = bin;
      }
    }
    return fullest;
  }

  /** Lets a bin have as much as may be in it from now on. */
  private void giveUp(int bin) {
    Arrays.fill(partOfOne[bin], 0);
    givenUp[bin] = true;
    overfull.set(bin, false);
  }

  // Exchanges.

  private void exchange(int place, int other) {
    int ours = itemAt[place];
    int theirs = itemAt[other];
    move(ours, binOf[place], theirs);
    move(theirs, binOf[other], ours);
    itemAt[place] = theirs;
    itemAt[other] = ours;
    placeOf[ours] = other;
    placeOf[theirs] = place;
  }

  private void move(int out, int bin, int in) {
    add(bin, sizes[out], -1);
    add(bin, sizes[in], 1);
    overfull.set(bin, isOverfull(bin) && !givenUp[bin]);
  }

  private void add(int bin, double[] size, int sign) {
    for (int i = 0; i < size.length; i++) {
      loads[bin][i] += sign * size[i];
    }
  }

  /** The bins that are overfull, in an order that only their history says. */
  private static final class Overfull {

    private static final int NOWHERE = -1;

    private final int[] bins;
    private final int[] at;
    private int size;

    Overfull(int bins) {
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

    void set(int bin, boolean isOverfull) {
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
