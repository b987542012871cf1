package io.tangram.solver.packing;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.MultimapBuilder;
import io.tangram.solver.packing.BinFilling.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Packs items of several sizes into equal bins of several dimensions: by patterns where these are
 * given, else the largest first, each into the bin that is fullest then of those that have room.
 * Best-fit decreasing (Johnson, Demers, Ullman, Garey and Graham, SIAM Journal on Computing 3,
 * 1974), by the greatest ratio of a dimension. Where not all items fit so, they exchange their bins
 * ({@link LoadExchange}).
 *
 * <p>Complexity: bins times sizes, and the logarithm of the bins for each item; bins for each item
 * that is left over at first.
 */
public final class SharePacking {

  private final long[] capacity;
  private final long[][] left;
  private final List<long[]> sizes;

  /**
   * Starts with empty bins.
   *
   * @param capacity of a bin, as {@code [dimension]}
   * @param bins how many there are
   * @param sizes the sizes of items, each as {@code [dimension]}
   */
  public SharePacking(long[] capacity, int bins, List<long[]> sizes) {
    this.capacity = capacity;
    this.sizes = sizes;
    this.left = new long[bins][];
    for (int bin = 0; bin < bins; bin++) {
      left[bin] = capacity.clone();
    }
  }

  /** The numbers of the sizes, the smallest first. */
  public List<Integer> smallestFirst() {
    return IntStream.range(0, sizes.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer size) -> ratio(sizes.get(size))))
        .toList();
  }

  /**
   * Packs so many items of each size: into the first bins by patterns, what these leave the largest
   * first. The bins must be empty.
   *
   * @return the bins of the items of each size; fewer than items where some don't fit
   */
  public List<List<Integer>> pack(long[] items, List<Layer> layers) {
    List<List<Integer>> bins = new ArrayList<>();
    sizes.forEach(size -> bins.add(new ArrayList<>()));
    int bin = 0;
    for (Layer layer : layers) {
      for (int i = 0; i < layer.bins(); i++) {
        for (int size = 0; size < items.length; size++) {
          for (int n = 0; n < layer.items().get(size) && bins.get(size).size() < items[size]; n++) {
            put(size, bin, bins.get(size));
          }
        }
        bin++;
      }
    }
    for (int size : Lists.reverse(smallestFirst())) {
      bins.get(size).addAll(pack(size, items[size] - bins.get(size).size()));
    }
    boolean allPacked = left.length == 0 || packed(bins) == LongStream.of(items).sum();
    return allPacked ? bins : exchanged(items, bins);
  }

  private static long packed(List<List<Integer>> bins) {
    return bins.stream().mapToLong(List::size).sum();
  }

  /**
   * Packs items of one size, each into the bin that is fullest then.
   *
   * @return their bins; fewer than items where some don't fit
   */
  public List<Integer> pack(int number, long items) {
    List<Integer> into = new ArrayList<>();
    if (items <= 0) {
      return into;
    }
    long[] size = sizes.get(number);
    List<Integer> fullestFirst =
        IntStream.range(0, left.length)
            .filter(bin -> fits(size, left[bin]))
            .boxed()
            .sorted(Comparator.comparingDouble((Integer bin) -> rest(left[bin], size)))
            .toList();
    for (int bin : fullestFirst) {
      while (into.size() < items && fits(size, left[bin])) {
        put(number, bin, into);
      }
    }
    return into;
  }

  private void put(int size, int bin, List<Integer> into) {
    take(left[bin], size);
    into.add(bin);
  }

  // Exchanges.

  /**
   * Packs what was left over too, be it too much, and exchanges items until more fit than before.
   */
  private List<List<Integer>> exchanged(long[] items, List<List<Integer>> before) {
    List<Integer> sizeOf = new ArrayList<>();
    List<Integer> binOf = new ArrayList<>();
    long[][] room = Arrays.stream(left).map(long[]::clone).toArray(long[][]::new);
    for (int size = 0; size < items.length; size++) {
      for (int item = 0; item < items[size]; item++) {
        boolean isPacked = item < before.get(size).size();
        int bin = isPacked ? before.get(size).get(item) : roomiest(sizes.get(size), room);
        if (!isPacked) {
          take(room[bin], size);
        }
        sizeOf.add(size);
        binOf.add(bin);
      }
    }
    LoadExchange exchange = exchange(sizeOf, binOf);
    exchange.run();
    ListMultimap<Integer, Integer> sizesIn = MultimapBuilder.treeKeys().arrayListValues().build();
    for (int item = 0; item < sizeOf.size(); item++) {
      sizesIn.put(binOf.get(exchange.place(item)), sizeOf.get(item));
    }
    List<List<Integer>> after = withoutTooMuch(sizesIn);
    if (packed(after) <= packed(before)) {
      return before;
    }
    for (int bin = 0; bin < left.length; bin++) {
      left[bin] = left(sizesIn.get(bin));
    }
    return after;
  }

  /** The bin that would have least too much in it. */
  private int roomiest(long[] size, long[][] room) {
    int roomiest = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int bin = 0; bin < room.length; bin++) {
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < capacity.length; i++) {
        least = Math.min(least, (double) (room[bin][i] - size[i]) / Math.max(1, capacity[i]));
      }
      if (least > most) {
        most = least;
        roomiest = bin;
      }
    }
    return roomiest;
  }

  private LoadExchange exchange(List<Integer> sizeOf, List<Integer> binOf) {
    double[][] capacities = new double[left.length][];
    Arrays.fill(capacities, Arrays.stream(capacity).asDoubleStream().toArray());
    double[][] taken =
        sizeOf.stream()
            .map(size -> Arrays.stream(sizes.get(size)).asDoubleStream().toArray())
            .toArray(double[][]::new);
    return new LoadExchange(
        capacities,
        binOf.stream().mapToInt(Integer::intValue).toArray(),
        new int[taken.length],
        taken,
        (item, bin) -> true);
  }

  /**
   * Takes items out of bins that have too much in them, the largest first.
   *
   * @return the bins of the items of each size
   */
  private List<List<Integer>> withoutTooMuch(ListMultimap<Integer, Integer> sizesIn) {
    List<List<Integer>> bins = new ArrayList<>();
    sizes.forEach(size -> bins.add(new ArrayList<>()));
    for (int bin = 0; bin < left.length; bin++) {
      List<Integer> here = sizesIn.get(bin);
      here.sort(Comparator.comparingDouble(size -> ratio(sizes.get(size))));
      while (Arrays.stream(left(here)).anyMatch(each -> each < 0)) {
        here.remove(here.size() - 1);
      }
      for (int size : here) {
        bins.get(size).add(bin);
      }
    }
    return bins;
  }

  /** What is left of a bin with items of some sizes. */
  private long[] left(List<Integer> in) {
    long[] room = capacity.clone();
    in.forEach(size -> take(room, size));
    return room;
  }

  private void take(long[] from, int size) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= sizes.get(size)[i];
    }
  }

  private static boolean fits(long[] size, long[] left) {
    for (int i = 0; i < size.length; i++) {
      if (size[i] > left[i]) {
        return false;
      }
    }
    return true;
  }

  /** How large an item is: the greatest part that it takes of any dimension. */
  private double ratio(long[] size) {
    double ratio = 0;
    for (int i = 0; i < size.length; i++) {
      ratio = Math.max(ratio, capacity[i] == 0 ? 0 : (double) size[i] / capacity[i]);
    }
    return ratio;
  }

  /** How much room an item leaves in a bin; what is left of one dimension alone counts more. */
  private double rest(long[] room, long[] size) {
    double sum = 0;
    for (int i = 0; i < room.length; i++) {
      double rest = capacity[i] == 0 ? 0 : (double) (room[i] - size[i]) / capacity[i];
      sum += rest * rest;
    }
    return sum;
  }
}
