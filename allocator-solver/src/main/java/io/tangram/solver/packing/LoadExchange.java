package io.tangram.solver.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Exchanges items between bins until no bin has more in it than it holds, as far as that is found.
 * Items of one kind may change places with each other, nothing else is moved: for vector bin
 * packing, a local search over swaps. At first random items of overfull bins change places with
 * random others, more and more only where less is too much then. Then what is in an overfull bin
 * and in another is divided anew between them ({@link PairDivision}). What still is too much is
 * brought together in few bins, which are given up for it. Deterministic. Not thread-safe.
 *
 * <p>Simulated annealing (Kirkpatrick, Gelatt and Vecchi, Science 220, 1983) over what is too much;
 * then local search in a neighbourhood that is searched exactly. Complexity: linear in the number
 * of items and in that of bins, but for bins that are given up, each of which is divided with all
 * others.
 */
public final class LoadExchange {

  private static final int STEPS_FOR_EACH_ITEM = 150;

  /** How much more may be too much after an exchange at first, about, in parts of a bin. */
  private static final double FIRST_TEMPERATURE = 0.01;

  private static final double LAST_TEMPERATURE = 0.001;

  private static final int DIVISIONS_FOR_EACH_BIN = 100;

  private static final int GATHERINGS_FOR_EACH_BIN = 1000;

  /** So many bins are looked at for one with room for what is too much in another. */
  private static final int LOOKS_FOR_ROOM = 20;

  private final BinLoads loads;
  private final SplittableRandom random;
  private final PairDivision division;

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
    this.loads = new BinLoads(capacity, bins, kinds, sizes, allowed);
    this.random = new SplittableRandom(bins.length);
    this.division = new PairDivision(loads, random);
  }

  /** Returns the place that an item has come to. */
  public int place(int item) {
    return loads.placeOf(item);
  }

  /** Whether a bin has more in it than it holds. */
  public boolean isOverfull(int bin) {
    return loads.isOverfull(bin);
  }

  /** Exchanges items as long as that helps. */
  public void run() {
    anneal();
    divide();
    gather();
  }

  // Less that is too much.

  private void anneal() {
    long steps = (long) STEPS_FOR_EACH_ITEM * loads.items();
    double cooling = LAST_TEMPERATURE / FIRST_TEMPERATURE;
    double temperature = FIRST_TEMPERATURE;
    for (long step = 0; step < steps && !loads.overfull().isEmpty(); step++) {
      if (step % loads.items() == 0) {
        temperature = FIRST_TEMPERATURE * Math.pow(cooling, (double) step / steps);
      }
      int place = any(loads.placesIn(anyOverfull()));
      int other = any(loads.placesLike(place));
      if (loads.mayExchange(place, other)
          && loads.lessTooMuch(place, other) > temperature * Math.log(random.nextDouble())) {
        loads.exchange(place, other);
      }
    }
  }

  private int anyOverfull() {
    return loads.overfull().get(random.nextInt(loads.overfull().size()));
  }

  private int any(int[] places) {
    return places[random.nextInt(places.length)];
  }

  private void divide() {
    long divisions = (long) DIVISIONS_FOR_EACH_BIN * loads.bins();
    for (long i = 0; i < divisions && !loads.overfull().isEmpty(); i++) {
      int bin = anyOverfull();
      division.divide(bin, roomy(bin));
    }
  }

  /** Another bin, with room for what is too much in a bin if one is found soon. */
  private int roomy(int full) {
    int bin = other(full);
    for (int look = 1; look < LOOKS_FOR_ROOM && !loads.hasRoomFor(bin, full); look++) {
      bin = other(full);
    }
    return bin;
  }

  /** Any other bin; itself if there is none. */
  private int other(int bin) {
    return (bin + 1 + random.nextInt(Math.max(1, loads.bins() - 1))) % loads.bins();
  }

  // What is too much, in few bins.

  /** Gives up one bin after the other, until what is too much is in these. */
  private void gather() {
    List<Integer> givenUp = new ArrayList<>();
    while (!loads.overfull().isEmpty()) {
      int next = fullest();
      loads.giveUp(next);
      givenUp.add(next);
      long divisions = (long) GATHERINGS_FOR_EACH_BIN * loads.overfull().size();
      for (long i = 0; i < divisions && !loads.overfull().isEmpty(); i++) {
        int bin = anyOverfull();
        division.divide(bin, i % 2 == 0 ? givenUp.get(random.nextInt(givenUp.size())) : roomy(bin));
      }
    }
  }

  /** The overfull bin with most items to exchange. */
  private int fullest() {
    BinLoads.Overfull overfull = loads.overfull();
    int fullest = overfull.get(0);
    for (int i = 1; i < overfull.size(); i++) {
      int bin = overfull.get(i);
      if (loads.placesIn(bin).length > loads.placesIn(fullest).length) {
        fullest = bin;
      }
    }
    return fullest;
  }
}
