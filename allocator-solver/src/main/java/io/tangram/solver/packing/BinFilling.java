package io.tangram.solver.packing;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Fills equal bins one pattern after the other: of the items that remain, those that fill a bin
 * best, for as many bins as there are such items. A sequential heuristic for cutting stock
 * (Haessler, Operations Research 23, 1975) with an exact choice of each pattern ({@link Knapsack}).
 *
 * <p>What an item is worth is what it takes of a bin, each dimension as much as it is scarce.
 */
public final class BinFilling {

  /** How many dimensions bins may have. */
  public static final int MOST_DIMENSIONS = Knapsack.MOST_DIMENSIONS;

  /** What an item is worth that takes nothing: enough to be put in. */
  private static final double LEAST_VALUE = 1e-9;

  /** Over about so many patterns a size is spread before it is used up. */
  private static final int SPREAD = 30;

  /** By what part of themselves values differ that are near to each other: standard deviation. */
  private static final double NEARNESS = 0.05;

  /** So many sizes are looked at for one pattern, those of which most remains. */
  private static final int MOST_SIZES_TOGETHER = 150;

  /** After so many steps, some seconds, the rest is left out. */
  private static final long MOST_EFFORT = 1L << 33;

  private final int bins;
  private final List<long[]> sizes;
  private final long[] capacity;
  private final Knapsack knapsack;

  /**
   * A pattern and how many bins have it.
   *
   * @param items how many items of each size are in a bin, as {@code [size]}
   * @param bins the number of bins, at least one
   */
  public record Layer(ImmutableIntArray items, int bins) {}

  /**
   * Prepares to fill bins.
   *
   * @param capacity of a bin, as {@code [dimension]}, at most {@link #MOST_DIMENSIONS} of them,
   *     none negative
   * @param bins how many there are
   * @param sizes the sizes of items, each as {@code [dimension]}, none negative
   */
  public BinFilling(long[] capacity, int bins, List<long[]> sizes) {
    this.capacity = capacity.clone();
    this.bins = bins;
    this.sizes = List.copyOf(sizes);
    this.knapsack = new Knapsack(capacity, sizes);
  }

  /**
   * Fills the bins with items.
   *
   * @param items how many there are of each size, as {@code [size]}
   * @param scale the power to which values are raised: where it is greater than 1, an item is worth
   *     more than two of half its size, and goes first
   * @return the patterns in the order in which they were chosen; what they leave out found no place
   */
  public List<Layer> fill(long[] items, double scale) {
    double[] values = values(items, scale);
    long[] remaining = items.clone();
    List<Layer> layers = new ArrayList<>();
    int empty = bins;
    long effort = 0;
    while (empty > 0 && effort < MOST_EFFORT) {
      List<Integer> among = most(remaining, values);
      ImmutableIntArray pattern = knapsack.best(among, values, limits(remaining, empty));
      int filled = fillable(pattern, remaining, empty);
      if (filled == 0) {
        break;
      }
      for (int size = 0; size < remaining.length; size++) {
        remaining[size] -= (long) pattern.get(size) * filled;
      }
      layers.add(new Layer(pattern, filled));
      empty -= filled;
      effort += knapsack.effort(among.size());
    }
    return layers;
  }

  /**
   * Returns patterns that fill a bin well, each the best for values that differ a little from those
   * of {@link #fill}. The same at every call.
   *
   * @param items how many there are of each size, as {@code [size]}
   * @param scale as in {@link #fill}
   * @param number how many times values are drawn; there are as many patterns, or fewer where some
   *     are found twice
   */
  public Set<ImmutableIntArray> patterns(long[] items, double scale, int number) {
    Random random = new Random(0);
    double[] values = values(items, scale);
    Set<ImmutableIntArray> patterns = new LinkedHashSet<>();
    for (int i = 0; i < number; i++) {
      double[] near =
          Arrays.stream(values)
              .map(each -> each * (1 + NEARNESS * random.nextGaussian()))
              .toArray();
      patterns.add(knapsack.best(most(items, values), near, limits(items, bins)));
    }
    return patterns;
  }

  private double[] values(long[] items, double scale) {
    double[] scarcity = new double[capacity.length];
    for (int size = 0; size < items.length; size++) {
      for (int i = 0; i < capacity.length; i++) {
        scarcity[i] += part(size, i) * items[size] / bins;
      }
    }
    return IntStream.range(0, items.length)
        .mapToDouble(
            size -> {
              double value = 0;
              for (int i = 0; i < capacity.length; i++) {
                value += scarcity[i] * part(size, i);
              }
              return Math.max(LEAST_VALUE, Math.pow(value, scale));
            })
        .toArray();
  }

  private double part(int size, int dimension) {
    return capacity[dimension] == 0 ? 0 : (double) sizes.get(size)[dimension] / capacity[dimension];
  }

  /** The sizes of which most remains. */
  private static List<Integer> most(long[] remaining, double[] values) {
    return IntStream.range(0, remaining.length)
        .filter(size -> remaining[size] > 0)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer size) -> -remaining[size] * values[size]))
        .limit(MOST_SIZES_TOGETHER)
        .toList();
  }

  /** So few of each size that the pattern can be used more than once. */
  private static int[] limits(long[] remaining, int empty) {
    long times = Math.max(1, empty / SPREAD);
    int[] limits = new int[remaining.length];
    for (int size = 0; size < limits.length; size++) {
      long some = Math.max(Math.min(1, remaining[size]), remaining[size] / times);
      limits[size] = (int) Math.min(Integer.MAX_VALUE, some);
    }
    return limits;
  }

  /** How many bins the remaining items fill with a pattern; 0 if it is empty. */
  private static int fillable(ImmutableIntArray pattern, long[] remaining, int empty) {
    long bins = empty;
    boolean any = false;
    for (int size = 0; size < remaining.length; size++) {
      if (pattern.get(size) > 0) {
        bins = Math.min(bins, remaining[size] / pattern.get(size));
        any = true;
      }
    }
    return any ? (int) bins : 0;
  }
}
