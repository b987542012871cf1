package io.tangram.solver.symmetry;

import com.google.common.math.LongMath;
import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The greatest number of requests of one kind that a component can serve at once.
 *
 * <p>A device is left out of account if another one draws no more, serves no less, and can't be
 * given beside it: wherever it is given, the other one could be. On a GPU with all its placements
 * only the smallest ones that suit remain. For the rest, dynamic programming over the devices and
 * what is left of the counters that are scarce for the devices to come. Devices come in an order in
 * which few counters are open at a time, those that earlier devices and later ones draw on.
 *
 * <p>Complexity: the number of different remainders that some of the devices leave of the counters
 * open then; a ring of linked counters never has more than a few, whatever its length.
 */
final class LargestSupply {

  private record State(int offer, ImmutableLongArray remaining) {}

  private final int kind;
  private final List<Offer> offers;

  /** What the devices from each on draw if all are given, as {@code [offer][counter]}. */
  private final long[][] wanted;

  private final Map<State, Long> known = new HashMap<>();

  private LargestSupply(int kind, List<Offer> offers, int counters) {
    this.kind = kind;
    this.offers = offers;
    this.wanted = new long[offers.size() + 1][counters];
    for (int i = offers.size() - 1; i >= 0; i--) {
      for (int counter = 0; counter < counters; counter++) {
        long all =
            LongMath.saturatedMultiply(offers.get(i).devices(), offers.get(i).draws().get(counter));
        wanted[i][counter] = LongMath.saturatedAdd(wanted[i + 1][counter], all);
      }
    }
  }

  /**
   * Returns the number.
   *
   * @param kind the number of the kind of requests
   * @param offers the devices of the component that are not given yet
   * @param remaining what is left of each counter
   */
  static long of(int kind, List<Offer> offers, long[] remaining) {
    long free = 0;
    List<Offer> drawing = new ArrayList<>();
    for (Offer offer : offers) {
      if (offer.units().get(kind) == 0) {
        continue;
      }
      if (offer.isFree()) {
        free += offer.devices() * offer.units().get(kind);
      } else if (offer.mostThatFit(remaining) > 0) {
        drawing.add(offer);
      }
    }
    List<Offer> needed = new ArrayList<>();
    for (int i = 0; i < drawing.size(); i++) {
      if (!isReplaceable(i, kind, drawing, remaining)) {
        needed.add(drawing.get(i));
      }
    }
    List<Offer> ordered = withFewOpenCounters(needed, remaining.length);
    return free + new LargestSupply(kind, ordered, remaining.length).from(0, remaining);
  }

  /** Each time the offer that opens the fewest counters, less those it is the last to draw on. */
  private static List<Offer> withFewOpenCounters(List<Offer> offers, int counters) {
    int[] drawers = new int[counters];
    for (Offer offer : offers) {
      for (int counter = 0; counter < counters; counter++) {
        drawers[counter] += offer.draws().get(counter) > 0 ? 1 : 0;
      }
    }
    List<Offer> left = new ArrayList<>(offers);
    List<Offer> ordered = new ArrayList<>();
    BitSet open = new BitSet();
    while (!left.isEmpty()) {
      int best = 0;
      int fewest = Integer.MAX_VALUE;
      for (int i = 0; i < left.size(); i++) {
        int opened = 0;
        for (int counter = 0; counter < counters; counter++) {
          if (left.get(i).draws().get(counter) > 0) {
            opened += open.get(counter) ? 0 : 1;
            opened -= drawers[counter] == 1 ? 1 : 0;
          }
        }
        if (opened < fewest) {
          fewest = opened;
          best = i;
        }
      }
      Offer next = left.remove(best);
      ordered.add(next);
      for (int counter = 0; counter < counters; counter++) {
        if (next.draws().get(counter) > 0) {
          open.set(counter);
          drawers[counter]--;
        }
      }
    }
    return ordered;
  }

  private static boolean isReplaceable(int number, int kind, List<Offer> offers, long[] remaining) {
    Offer offer = offers.get(number);
    for (int i = 0; i < offers.size(); i++) {
      Offer other = offers.get(i);
      boolean serves = other.units().get(kind) >= offer.units().get(kind);
      if (i != number && serves && offer.drawsNoLessThan(other)) {
        boolean same =
            other.drawsNoLessThan(offer) && other.units().get(kind) == offer.units().get(kind);
        if ((!same || i < number) && offer.excludes(other, remaining)) {
          return true;
        }
      }
    }
    return false;
  }

  private long from(int offer, long[] remaining) {
    if (offer == offers.size()) {
      return 0;
    }
    State state = new State(offer, scarce(offer, remaining));
    Long before = known.get(state);
    if (before != null) {
      return before;
    }
    Offer next = offers.get(offer);
    long best = 0;
    for (long devices = next.mostThatFit(remaining); devices >= 0; devices--) {
      long[] left = remaining.clone();
      for (int counter = 0; counter < left.length; counter++) {
        left[counter] -= devices * next.draws().get(counter);
      }
      best = Math.max(best, devices * next.units().get(kind) + from(offer + 1, left));
    }
    known.put(state, best);
    return best;
  }

  /** What is left, of counters that will do for all offers to come no more than these want. */
  private ImmutableLongArray scarce(int offer, long[] remaining) {
    long[] scarce = new long[remaining.length];
    for (int counter = 0; counter < scarce.length; counter++) {
      scarce[counter] = Math.min(remaining[counter], wanted[offer][counter]);
    }
    return ImmutableLongArray.copyOf(scarce);
  }
}
