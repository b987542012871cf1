package io.tangram.api.check;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import com.google.common.primitives.ImmutableIntArray;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

    /** Returns the counters that it draws on, ascending. */
    private ImmutableIntArray counters() {
      return ImmutableIntArray.copyOf(
          IntStream.range(0, draws.size()).filter(c -> draws.get(c).signum() > 0));
    }
  }

  /** What can still be taken, by kind, and what is left of the counters. */
  private record Rest(BitSet open, ImmutableList<BigDecimal> left) {}

  private final List<Item> kinds = new ArrayList<>();
  private final List<Long> counts = new ArrayList<>();

  /** The counters that each kind draws on. */
  private final List<ImmutableIntArray> counters = new ArrayList<>();

  /** The kinds that draw on each counter. */
  private final List<BitSet> drawers = new ArrayList<>();

  private final List<BitSet> worse = new ArrayList<>();
  private final Map<Rest, Long> known = new HashMap<>();

  private Packing(int size, Collection<Item> items) {
    for (int c = 0; c < size; c++) {
      drawers.add(new BitSet());
    }
    Multiset<Item> equal = HashMultiset.create(items);
    for (Item kind : equal.elementSet().stream().sorted(BETTER_FIRST).toList()) {
      int number = kinds.size();
      kinds.add(kind);
      counts.add((long) equal.count(kind));
      counters.add(kind.counters());
      counters.get(number).forEach(c -> drawers.get(c).set(number));
    }
    for (int kind = 0; kind < kinds.size(); kind++) {
      BitSet others = new BitSet();
      for (int other = kind + 1; other < kinds.size(); other++) {
        others.set(other, isBetter(kind, other));
      }
      worse.add(others);
    }
  }

  private boolean isBetter(int kind, int other) {
    return kinds.get(kind).gain() >= kinds.get(other).gain()
        && fits(kind, kinds.get(other).draws());
  }

  private boolean fits(int kind, List<BigDecimal> left) {
    return counters.get(kind).stream().allMatch(c -> draw(kind, c).compareTo(left.get(c)) <= 0);
  }

  private BigDecimal draw(int kind, int counter) {
    return kinds.get(kind).draws().get(counter);
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
    Packing packing = new Packing(left.size(), items);
    BitSet fitting = new BitSet();
    for (int kind = 0; kind < packing.kinds.size(); kind++) {
      fitting.set(kind, packing.fits(kind, left));
    }
    return packing.most(fitting, left);
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
    ImmutableList.Builder<BigDecimal> matters = ImmutableList.builderWithExpectedSize(left.size());
    for (int c = 0; c < left.size(); c++) {
      matters.add(drawers.get(c).intersects(open) ? left.get(c) : BigDecimal.ZERO);
    }
    return matters.build();
  }

  private long search(BitSet open, ImmutableList<BigDecimal> left) {
    int kind = open.nextSetBit(0);
    BitSet others = (BitSet) open.clone();
    others.clear(kind);
    long most = 0;
    for (long taken = howManyFit(kind, left); taken >= 0; taken--) {
      ImmutableList<BigDecimal> after = after(kind, taken, left);
      BitSet still = stillFitting(others, kind, after);
      if (taken < counts.get(kind)) {
        still.andNot(worse.get(kind));
      }
      long gained = taken * kinds.get(kind).gain();
      if (gained + atMost(still, after) > most) {
        most = Math.max(most, gained + most(still, after));
      }
    }
    return most;
  }

  /** Returns how many of a kind fit. */
  private long howManyFit(int kind, List<BigDecimal> left) {
    long fit = counts.get(kind);
    for (int i = 0; i < counters.get(kind).length(); i++) {
      int c = counters.get(kind).get(i);
      fit = Math.min(fit, times(draw(kind, c), left.get(c), fit));
    }
    return fit;
  }

  /** Returns what is left when some of a kind are taken. */
  private ImmutableList<BigDecimal> after(int kind, long taken, ImmutableList<BigDecimal> left) {
    List<BigDecimal> after = new ArrayList<>(left);
    counters
        .get(kind)
        .forEach(
            c ->
                after.set(
                    c, left.get(c).subtract(draw(kind, c).multiply(BigDecimal.valueOf(taken)))));
    return ImmutableList.copyOf(after);
  }

  /** Returns which still fit of those that did before some of a kind were taken. */
  private BitSet stillFitting(BitSet before, int kind, List<BigDecimal> left) {
    BitSet still = (BitSet) before.clone();
    counters
        .get(kind)
        .forEach(
            c ->
                drawers.get(c).stream()
                    .filter(other -> draw(other, c).compareTo(left.get(c)) > 0)
                    .forEach(still::clear));
    return still;
  }

  /** Returns more than can be gained, or as much: as if one counter alone were scarce. */
  private long atMost(BitSet open, List<BigDecimal> left) {
    long all = open.stream().mapToLong(kind -> counts.get(kind) * kinds.get(kind).gain()).sum();
    long most = all;
    for (int c = 0; c < left.size() && most > 0; c++) {
      if (drawers.get(c).intersects(open)) {
        most = Math.min(most, atMost(open, all, c, left.get(c)));
      }
    }
    return most;
  }

  private long atMost(BitSet open, long all, int counter, BigDecimal left) {
    BitSet drawing = (BitSet) drawers.get(counter).clone();
    drawing.and(open);
    long scarce = 0;
    long greatestGain = 0;
    BigDecimal leastDraw = BigDecimal.ZERO;
    for (int kind = drawing.nextSetBit(0); kind >= 0; kind = drawing.nextSetBit(kind + 1)) {
      BigDecimal draw = draw(kind, counter);
      leastDraw = scarce == 0 ? draw : leastDraw.min(draw);
      scarce += counts.get(kind) * kinds.get(kind).gain();
      greatestGain = Math.max(greatestGain, kinds.get(kind).gain());
    }
    return all - scarce + Math.min(scarce, greatestGain * times(leastDraw, left, scarce));
  }

  /** Returns how many times the amount is in what is left, at most so many. */
  private static long times(BigDecimal amount, BigDecimal left, long most) {
    return left.divideToIntegralValue(amount).min(BigDecimal.valueOf(most)).longValueExact();
  }
}
