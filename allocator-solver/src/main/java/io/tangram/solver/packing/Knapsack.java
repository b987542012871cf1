package io.tangram.solver.packing;

import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the items of most value that fit into one bin together: the bounded knapsack problem in
 * several dimensions, by dynamic programming over what is left of each (Kellerer, Pferschy and
 * Pisinger, Knapsack Problems, 2004, chapters 7 and 9).
 *
 * <p>Exact where a bin has no more than {@value #MOST_CELLS} states. Otherwise dimensions are
 * counted in coarser units, items rounded up: what is found fits, but may not be the best.
 *
 * <p>Complexity: states of a bin, times sizes, times the logarithm of how many items of one size a
 * bin holds.
 */
final class Knapsack {

  /** With more, there would be too few units of each to count in. */
  static final int MOST_DIMENSIONS = 8;

  private static final int MOST_CELLS = 1 << 16;

  /** Values closer than this are equal. */
  private static final double NEGLIGIBLE = 1e-12;

  private final int[] capacity;
  private final int[] stride;
  private final int cells;
  private final List<int[]> sizes = new ArrayList<>();

  /**
   * Prepares for bins and items.
   *
   * @param capacity of a bin, as {@code [dimension]}, at most {@value #MOST_DIMENSIONS} of them,
   *     from 0 to 2<sup>47</sup>, so that no product with a number of states overflows
   * @param sizes the sizes of items, each as {@code [dimension]}, none negative
   */
  Knapsack(long[] capacity, List<long[]> sizes) {
    int dimensions = Math.max(1, capacity.length); // nothing is taken of the one that is made up
    double exactly = 1;
    for (long each : capacity) {
      exactly *= each + 1.0;
    }
    long most =
        exactly <= MOST_CELLS ? Long.MAX_VALUE : (long) Math.pow(MOST_CELLS, 1.0 / dimensions) - 1;
    this.capacity = new int[dimensions];
    this.stride = new int[dimensions];
    int product = 1;
    for (int i = 0; i < capacity.length; i++) {
      this.capacity[i] = (int) Math.min(most, capacity[i]);
      stride[i] = product;
      product *= this.capacity[i] + 1;
    }
    this.cells = product;
    for (long[] size : sizes) {
      int[] coarse = new int[dimensions];
      for (int i = 0; i < capacity.length; i++) {
        coarse[i] =
            size[i] > capacity[i]
                ? this.capacity[i] + 1
                : scaled(size[i], this.capacity[i], capacity[i]);
      }
      this.sizes.add(coarse);
    }
  }

  /** The part of a bin that a size is, in coarser units. */
  private static int scaled(long size, int units, long capacity) {
    return capacity == 0
        ? 0
        : Ints.checkedCast(LongMath.divide(size * units, capacity, RoundingMode.CEILING));
  }

  /** How many steps it takes to find the best of so many sizes, about. */
  long effort(int sizes) {
    return (long) cells * sizes;
  }

  /** How many items of a size fit into an empty bin, at most so many. */
  int fit(int size, int most) {
    int fit = most;
    for (int i = 0; i < capacity.length; i++) {
      int each = sizes.get(size)[i];
      fit = each == 0 ? fit : Math.min(fit, capacity[i] / each);
    }
    return fit;
  }

  /**
   * Returns the best items for a bin.
   *
   * @param among the numbers of the sizes that may be used
   * @param values of an item of each size, as {@code [size]}, none negative
   * @param most how many items there are of each size, as {@code [size]}
   * @return how many items of each size, as {@code [size]}
   */
  ImmutableIntArray best(List<Integer> among, double[] values, int[] most) {
    List<Bundle> bundles = bundles(among, most);
    List<BitSet> taken = new ArrayList<>();
    double[] best = new double[cells];
    for (Bundle bundle : bundles) {
      BitSet where = new BitSet(cells);
      take(bundle, values[bundle.size] * bundle.items, best, capacity.length - 1, 0, where);
      taken.add(where);
    }
    int[] items = new int[sizes.size()];
    int cell = cells - 1;
    for (int i = bundles.size() - 1; i >= 0; i--) {
      if (taken.get(i).get(cell)) {
        Bundle bundle = bundles.get(i);
        items[bundle.size] += bundle.items;
        cell -= bundle.offset;
      }
    }
    return ImmutableIntArray.copyOf(items);
  }

  /** Items of one size that are taken together or not at all. */
  private record Bundle(int size, int items, int offset) {}

  /** Bundles of one, two, four and so on items, so that every number can be taken. */
  private List<Bundle> bundles(List<Integer> among, int[] most) {
    List<Bundle> bundles = new ArrayList<>();
    for (int size : among) {
      int left = fit(size, most[size]);
      for (int items = 1; left > 0; items *= 2) {
        int bundled = Math.min(items, left);
        int offset = 0;
        for (int i = 0; i < capacity.length; i++) {
          offset += bundled * sizes.get(size)[i] * stride[i];
        }
        bundles.add(new Bundle(size, bundled, offset));
        left -= bundled;
      }
    }
    return bundles;
  }

  /** Improves the best value of each state by a bundle, the fullest states first. */
  private void take(
      Bundle bundle, double value, double[] best, int dimension, int base, BitSet where) {
    int least = bundle.items * sizes.get(bundle.size)[dimension];
    if (dimension > 0) {
      for (int i = capacity[dimension]; i >= least; i--) {
        take(bundle, value, best, dimension - 1, base + i * stride[dimension], where);
      }
      return;
    }
    for (int cell = base + capacity[0]; cell >= base + least; cell--) {
      double with = best[cell - bundle.offset] + value;
      if (with > best[cell] + NEGLIGIBLE) {
        best[cell] = with;
        where.set(cell);
      }
    }
  }
}
