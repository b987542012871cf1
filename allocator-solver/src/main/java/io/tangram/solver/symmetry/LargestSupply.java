package io.tangram.solver.symmetry;

import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The greatest number of requests of one kind that a component can serve at once.
 *
 * <p>A device is left out of account if another one draws no more, serves no less, and can't be
 * given beside it: wherever it is given, the other one could be. On a GPU with all its placements
 * only the smallest ones that suit remain. For the rest, dynamic programming over the devices and
 * what is left of the counters.
 *
 * <p>Complexity: the number of different remainders that some of the devices leave.
 */
final class LargestSupply {

  private record State(int offer, ImmutableLongArray remaining) {}

  private final int kind;
  private final List<Offer> offers;
  private final Map<State, Long> known = new HashMap<>();

  private LargestSupply(int kind, List<Offer> offers) {
    this.kind = kind;
    this.offers = offers;
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
    return free + new LargestSupply(kind, needed).from(0, remaining);
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
    State state = new State(offer, ImmutableLongArray.copyOf(remaining));
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
}
