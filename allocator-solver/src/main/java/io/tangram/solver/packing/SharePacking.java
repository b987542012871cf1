package io.tangram.solver.packing;

import com.google.common.collect.Lists;
import io.tangram.solver.packing.BinFilling.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Packs items of several sizes into equal bins of several dimensions: by patterns where these are
 * given, else the largest first, each into the bin that is fullest then of those that have room.
 * Best-fit decreasing (Johnson, Demers, Ullman, Garey and Graham, SIAM Journal on Computing 3,
 * 1974), by the greatest ratio of a dimension.
 *
 * <p>Complexity: bins times sizes, and the logarithm of the bins for each item.
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
    return bins;
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
    for (int i = 0; i < capacity.length; i++) {
      left[bin][i] -= sizes.get(size)[i];
    }
    into.add(bin);
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
