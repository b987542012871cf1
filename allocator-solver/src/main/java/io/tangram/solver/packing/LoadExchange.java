package io.tangram.solver.packing;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;

/**
 * Exchanges items between bins until no bin has more in it than it holds, as far as that is found.
 * Items of one kind may change places with each other, nothing else is moved: for vector bin
 * packing, a local search over swaps. At first bins are filled evenly; then what is too much is
 * brought together in few of them. Deterministic. Not thread-safe.
 *
 * <p>Complexity: items times items of a kind, for each bin that is overfull and each exchange.
 */
public final class LoadExchange {

  private static final int ROUNDS = 20;

  /** How much it counts that a bin is overfull, where 1 is how evenly bins are filled. */
  private static final double OVERFULL = 100;

  private static final double NEGLIGIBLE = 1e-9;

  private final double[][] capacity;
  private final double[][] sizes;
  private final double[][] loads;
  private final int[] binOfPlace;
  private final int[] placeOf;
  private final int[] kinds;
  private final Allowed allowed;
  private final ListMultimap<Integer, Integer> ofKind =
      MultimapBuilder.hashKeys().arrayListValues().build();
  private final ListMultimap<Integer, Integer> inBin =
      MultimapBuilder.treeKeys().arrayListValues().build();
  private boolean evenly;

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
    this.sizes = sizes;
    this.binOfPlace = bins.clone();
    this.kinds = kinds.clone();
    this.allowed = allowed;
    this.placeOf = new int[bins.length];
    this.loads = new double[capacity.length][];
    for (int bin = 0; bin < capacity.length; bin++) {
      loads[bin] = new double[capacity[bin].length];
    }
    for (int item = 0; item < bins.length; item++) {
      placeOf[item] = item;
      ofKind.put(kinds[item], item);
      inBin.put(bins[item], item);
      for (int i = 0; i < sizes[item].length; i++) {
        loads[bins[item]][i] += sizes[item][i];
      }
    }
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
    run(true);
    run(false);
  }

  private void run(boolean even) {
    evenly = even;
    boolean goesOn = true;
    for (int round = 0; round < ROUNDS && goesOn; round++) {
      goesOn = false;
      for (int bin = 0; bin < capacity.length; bin++) {
        while (isOverfull(bin) && relieve(bin)) {
          goesOn = true;
        }
      }
    }
  }

  /** Makes the best exchange with an item of the bin, if one helps. */
  private boolean relieve(int bin) {
    int ours = -1;
    int theirs = -1;
    double most = NEGLIGIBLE;
    for (int item : inBin.get(bin)) {
      for (int partner : ofKind.get(kinds[item])) {
        double gain = gain(item, partner);
        if (gain > most) {
          most = gain;
          ours = item;
          theirs = partner;
        }
      }
    }
    if (ours >= 0) {
      exchange(ours, theirs);
    }
    return ours >= 0;
  }

  private int bin(int item) {
    return binOfPlace[placeOf[item]];
  }

  private double gain(int item, int partner) {
    int here = bin(item);
    int there = bin(partner);
    if (here == there || !allowed.test(item, there) || !allowed.test(partner, here)) {
      return 0;
    }
    return gain(here, item, partner) + gain(there, partner, item);
  }

  /** How much better it is for a bin if an item is taken out and another put in. */
  private double gain(int bin, int out, int in) {
    double gain = 0;
    for (int i = 0; i < capacity[bin].length; i++) {
      double holds = capacity[bin][i];
      if (holds > 0 && holds < Double.POSITIVE_INFINITY) {
        double load = loads[bin][i];
        gain += cost(load / holds) - cost((load + sizes[in][i] - sizes[out][i]) / holds);
      }
    }
    return gain;
  }

  /**
   * What it costs that such a part of a bin is filled. Even bins cost least while this is convex;
   * where it is concave, one bin with far too much costs less than two with a little.
   */
  private double cost(double part) {
    double over = Math.max(0, part - 1);
    return evenly ? part * part + OVERFULL * over * over : Math.sqrt(over);
  }

  private void exchange(int item, int partner) {
    int here = bin(item);
    int there = bin(partner);
    for (int i = 0; i < sizes[item].length; i++) {
      double more = sizes[partner][i] - sizes[item][i];
      loads[here][i] += more;
      loads[there][i] -= more;
    }
    int place = placeOf[item];
    placeOf[item] = placeOf[partner];
    placeOf[partner] = place;
    inBin.remove(here, item);
    inBin.remove(there, partner);
    inBin.put(here, partner);
    inBin.put(there, item);
  }
}
