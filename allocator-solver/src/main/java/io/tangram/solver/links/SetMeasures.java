package io.tangram.solver.links;

import java.util.BitSet;

/**
 * What is between the devices of each set, by the set's number, in tables: a set's measures are
 * those of the set without its last device and what that device adds.
 */
final class SetMeasures {

  /** The slowest pair of sets that have none. */
  static final long NO_PAIR = Long.MAX_VALUE;

  private final int[] sizes;
  private final long[] aggregate;
  private final long[] worst;
  private final BitSet byNvLinks;
  private final long[] nearness;

  /** Measures all sets. */
  SetMeasures(PairTable pairs, SetStates states) {
    int count = states.count();
    sizes = new int[count];
    aggregate = new long[count];
    worst = new long[count];
    nearness = new long[count];
    byNvLinks = new BitSet(count);
    worst[0] = NO_PAIR;
    byNvLinks.set(0);
    for (int state = 1; state < count; state++) {
      add(pairs, states, state);
    }
  }

  private void add(PairTable pairs, SetStates states, int state) {
    int added = 0;
    while (states.digit(state, added) == 0) {
      added++;
    }
    int rest = state - states.one(added);
    sizes[state] = sizes[rest] + 1;
    aggregate[state] = aggregate[rest];
    worst[state] = worst[rest];
    nearness[state] = nearness[rest];
    boolean joined = byNvLinks.get(rest);
    for (int which = added; which < states.classes(); which++) {
      int others = states.digit(rest, which);
      if (others > 0) {
        int one = states.twins(which).get(0);
        int device = states.twins(added).get(which == added ? 1 : 0);
        long rate = pairs.rate(device, one);
        aggregate[state] += others * rate;
        worst[state] = Math.min(worst[state], rate);
        nearness[state] += (long) others * pairs.nearness(device, one);
        joined &= pairs.byNvLinks(device, one);
      }
    }
    byNvLinks.set(state, joined);
  }

  /** How many devices the set has. */
  int size(int state) {
    return sizes[state];
  }

  /** What all pairs together can send in one direction, in MB/s. */
  long aggregate(int state) {
    return aggregate[state];
  }

  /** What the slowest pair can send in one direction, in MB/s; {@link #NO_PAIR} without one. */
  long worst(int state) {
    return worst[state];
  }

  /** Whether NVLinks join all pairs. */
  boolean byNvLinks(int state) {
    return byNvLinks.get(state);
  }

  /** How near all pairs are over PCIe, in sum. */
  long nearness(int state) {
    return nearness[state];
  }
}
