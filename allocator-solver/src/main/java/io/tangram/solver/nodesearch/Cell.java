package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Devices that draw on the same counters, and all that they can supply together: every choice of
 * them that the counters allow, as far as no other one outdoes it.
 *
 * <p>Dynamic programming over the devices and what is left of those counters that later ones draw
 * on. Complexity: the number of different remainders, times the supplies that don't outdo each
 * other. A GPU with all placements of its MIG profiles has a few hundred of each.
 *
 * @param items the devices
 * @param left what is left of each counter
 */
record Cell(ImmutableList<Item> items, ImmutableLongArray left) {

  /**
   * A device.
   *
   * @param counters the counters that it draws on, ascending
   * @param draws how much it draws of each of them
   * @param supplies the amounts of each part of what is wanted of which it can supply one
   */
  record Item(
      ImmutableIntArray counters,
      ImmutableLongArray draws,
      ImmutableList<ImmutableIntArray> supplies) {}

  private record State(int item, ImmutableLongArray left) {}

  /**
   * Returns what the devices can supply; incomplete once the effort is spent.
   *
   * @param useful how much of each part is of use at most
   */
  Amounts supplies(int[] useful, Effort effort) {
    return new Enumeration(this, useful, effort).from(0, left.toArray());
  }

  /** Returns how much of each part the devices could supply at most, if counters were no limit. */
  int[] most(int parts) {
    int[] most = new int[parts];
    for (Item item : items) {
      for (int part = 0; part < parts; part++) {
        int ofItem = 0;
        for (ImmutableIntArray supply : item.supplies()) {
          ofItem = Math.max(ofItem, supply.get(part));
        }
        most[part] += ofItem;
      }
    }
    return most;
  }

  /** One enumeration. */
  private static final class Enumeration {
    private final List<Item> items;
    private final int[] useful;
    private final Effort effort;

    /** What the items from one on draw on each counter, as {@code [item][counter]}. */
    private final long[][] ahead;

    private final Map<State, Amounts> known = new HashMap<>();

    Enumeration(Cell cell, int[] useful, Effort effort) {
      this.items = new ArrayList<>(cell.items());
      this.useful = useful;
      this.effort = effort;
      // Counters that only neighbours draw on are soon behind, and with them what is left of them.
      items.sort(
          Comparator.comparingInt(item -> item.counters().isEmpty() ? -1 : item.counters().get(0)));
      this.ahead = new long[items.size() + 1][cell.left().length()];
      for (int i = items.size() - 1; i >= 0; i--) {
        ahead[i] = ahead[i + 1].clone();
        Item item = items.get(i);
        for (int k = 0; k < item.counters().length(); k++) {
          int counter = item.counters().get(k);
          ahead[i][counter] = LongMath.saturatedAdd(ahead[i][counter], item.draws().get(k));
        }
      }
    }

    Amounts from(int number, long[] left) {
      if (number == items.size()) {
        Amounts nothing = Amounts.most();
        nothing.add(new int[useful.length]);
        return nothing;
      }
      State state = new State(number, ofUse(number, left));
      Amounts before = known.get(state);
      if (before != null) {
        return before;
      }
      Amounts all = Amounts.most();
      Item item = items.get(number);
      if (fits(item, left)) {
        for (int[] others : from(number + 1, after(item, left)).members()) {
          for (ImmutableIntArray own : item.supplies()) {
            all.add(Amounts.sum(own.toArray(), others, useful));
            if (!effort.spend(1 + all.size())) {
              return all;
            }
          }
        }
      }
      for (int[] others : from(number + 1, left).members()) {
        all.add(others);
        if (!effort.spend(1 + all.size())) {
          return all;
        }
      }
      known.put(state, all);
      return all;
    }

    /** What is left of the counters that items from one on draw on, as far as they can use it. */
    private ImmutableLongArray ofUse(int number, long[] left) {
      ImmutableLongArray.Builder ofUse = ImmutableLongArray.builder();
      for (int counter = 0; counter < left.length; counter++) {
        if (ahead[number][counter] > 0) {
          ofUse.add(Math.min(left[counter], ahead[number][counter]));
        }
      }
      return ofUse.build();
    }

    private static boolean fits(Item item, long[] left) {
      for (int k = 0; k < item.counters().length(); k++) {
        if (item.draws().get(k) > left[item.counters().get(k)]) {
          return false;
        }
      }
      return true;
    }

    private static long[] after(Item item, long[] left) {
      long[] rest = left.clone();
      for (int k = 0; k < item.counters().length(); k++) {
        rest[item.counters().get(k)] -= item.draws().get(k);
      }
      return rest;
    }
  }
}
