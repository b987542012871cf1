package io.tangram.api.check;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most that can be gained by taking items, each once or not at all, while no counter is drawn
 * below nothing: a knapsack of many dimensions, solved by depth-first search.
 *
 * <p>Items that draw and gain the same are one kind, of which there are several. An item is better
 * than another if it draws no more of any counter and gains no less. Some best choice takes an item
 * only with all better ones: one of them that were left could take its place. So whoever leaves an
 * item need not look at those it is better than. What was found out for the same kinds and the same
 * rest is kept; of counters that none of the kinds draws on it doesn't matter what is left.
 */
final class Packing {

  /**
   * What can be taken.
   *
   * @param draws what it draws of each counter, none of it negative
   * @param gain what it gains, positive
   */
  record Item(ImmutableList<BigDecimal> draws, long gain) {

    boolean fits(List<BigDecimal> left) {
      for (int c = 0; c < draws.size(); c++) {
        if (draws.get(c).compareTo(left.get(c)) > 0) {
          return false;
        }
      }
      return true;
    }

    boolean isBetterThan(Item other) {
      return gain >= other.gain && fits(other.draws);
    }

    /** Returns what is left when some of these are taken. */
    ImmutableList<BigDecimal> after(long taken, List<BigDecimal> left) {
      ImmutableList.Builder<BigDecimal> after = ImmutableList.builderWithExpectedSize(left.size());
      for (int c = 0; c < draws.size(); c++) {
        after.add(left.get(c).subtract(draws.get(c).multiply(BigDecimal.valueOf(taken))));
      }
      return after.build();
    }

    /** Returns how many of these fit, at most so many. */
    long howManyFit(long most, List<BigDecimal> left) {
      long fit = most;
      for (int c = 0; c < draws.size(); c++) {
        fit = Math.min(fit, times(draws.get(c), left.get(c), fit));
      }
      return fit;
    }
  }

  /** What can still be taken, by kind, and what is left of the counters. */
  private record Rest(BitSet open, ImmutableList<BigDecimal> left) {}

  private final List<Item> kinds = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();
  private final List<BitSet> worse = new ArrayList<>();
  private final Map<Rest, Long> known = new HashMap<>();

  private Packing(Collection<Item> items) {
    Multiset<Item> equal = HashMultiset.create(items);
    equal.elementSet().stream().sorted(BETTER_FIRST).forEach(kinds::add);
    for (Item kind : kinds) {
      counts.add((long) equal.count(kind));
      BitSet others = new BitSet();
      for (int k = kinds.indexOf(kind) + 1; k < kinds.size(); k++) {
        others.set(k, kind.isBetterThan(kinds.get(k)));
      }
      worse.add(others);
    }
  }

  private static final Comparator<Item> BETTER_FIRST =
      Comparator.comparing(Item::draws, Packing::lexicographic)
          .thenComparing(Comparator.comparingLong(Item::gain).reversed());

  private static int lexicographic(List<BigDecimal> one, List<BigDecimal> other) {
    for (int c = 0; c < one.size(); c++) {
      int byCounter = one.get(c).compareTo(other.get(c));
      if (byCounter != 0) {
        return byCounter;
      }
    }
    return 0;
  }

  /**
   * Returns the most that can be gained.
   *
   * @param left what is left of each counter, none of it negative
   */
  static long mostGained(ImmutableList<BigDecimal> left, Collection<Item> items) {
    Packing packing = new Packing(items);
    BitSet all = new BitSet();
    all.set(0, packing.kinds.size());
    return packing.most(packing.fitting(all, left), left);
  }

  private long most(BitSet open, ImmutableList<BigDecimal> left) {
    if (open.isEmpty()) {
      return 0;
    }
    Rest rest = new Rest(open, drawnOn(open, left));
    Long before = known.get(rest);
    if (before == null) {
      before = search(open, left);
      known.put(rest, before);
    }
    return before;
  }

  /** Returns what is left of the counters that some kind draws on, and nothing of the others. */
  private ImmutableList<BigDecimal> drawnOn(BitSet open, ImmutableList<BigDecimal> left) {
    BitSet drawn = new BitSet();
    for (int kind = open.nextSetBit(0); kind >= 0; kind = open.nextSetBit(kind + 1)) {
      for (int c = 0; c < left.size(); c++) {
        drawn.set(c, drawn.get(c) || kinds.get(kind).draws().get(c).signum() > 0);
      }
    }
    ImmutableList.Builder<BigDecimal> matters = ImmutableList.builderWithExpectedSize(left.size());
    for (int c = 0; c < left.size(); c++) {
      matters.add(drawn.get(c) ? left.get(c) : BigDecimal.ZERO);
    }
    return matters.build();
  }

  private long search(BitSet open, ImmutableList<BigDecimal> left) {
    int kind = open.nextSetBit(0);
    Item item = kinds.get(kind);
    BitSet others = (BitSet) open.clone();
    others.clear(kind);
    long most = 0;
    for (long taken = item.howManyFit(counts.get(kind), left); taken >= 0; taken--) {
      ImmutableList<BigDecimal> after = item.after(taken, left);
      BitSet still = fitting(others, after);
      if (taken < counts.get(kind)) {
        still.andNot(worse.get(kind));
      }
      long gained = taken * item.gain();
      if (gained + atMost(still, after) > most) {
        most = Math.max(most, gained + most(still, after));
      }
    }
    return most;
  }

  private BitSet fitting(BitSet open, List<BigDecimal> left) {
    BitSet fitting = new BitSet();
    open.stream().filter(kind -> kinds.get(kind).fits(left)).forEach(fitting::set);
    return fitting;
  }

  /** Returns more than can be gained, or as much: as if one counter alone were scarce. */
  private long atMost(BitSet open, List<BigDecimal> left) {
    long most = open.stream().mapToLong(kind -> counts.get(kind) * kinds.get(kind).gain()).sum();
    for (int c = 0; c < left.size() && most > 0; c++) {
      most = Math.min(most, atMost(open, c, left.get(c)));
    }
    return most;
  }

  private long atMost(BitSet open, int counter, BigDecimal left) {
    long free = 0;
    long scarce = 0;
    long greatestGain = 0;
    BigDecimal leastDraw = BigDecimal.ZERO;
    for (int kind = open.nextSetBit(0); kind >= 0; kind = open.nextSetBit(kind + 1)) {
      Item item = kinds.get(kind);
      BigDecimal draw = item.draws().get(counter);
      long all = counts.get(kind) * item.gain();
      if (draw.signum() == 0) {
        free += all;
      } else {
        leastDraw = scarce == 0 ? draw : leastDraw.min(draw);
        scarce += all;
        greatestGain = Math.max(greatestGain, item.gain());
      }
    }
    return free + Math.min(scarce, greatestGain * times(leastDraw, left, scarce));
  }

  /** Returns how many times the amount is in what is left, at most so many. */
  private static long times(BigDecimal amount, BigDecimal left, long most) {
    return amount.signum() == 0
        ? most
        : left.divideToIntegralValue(amount).min(BigDecimal.valueOf(most)).longValueExact();
  }
}
