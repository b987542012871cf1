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
  SetMeasures(PairTable pairs, DistinctSets sets) {
    int count = sets.count();
    sizes = new int[count];
    aggregate = new long[count];
    worst = new long[count];
    nearness = new long[count];
    byNvLinks = new BitSet(count);
    worst[0] = NO_PAIR;
    byNvLinks.set(0);
    for (int set = 1; set < count; set++) {
      add(pairs, sets, set);
    }
  }

  private void add(PairTable pairs, DistinctSets sets, int set) {
    int added = 0;
    while (sets.digit(set, added) == 0) {
      added++;
    }
    int rest = set - sets.one(added);
    sizes[set] = sizes[rest] + 1;
    aggregate[set] = aggregate[rest];
    worst[set] = worst[rest];
    nearness[set] = nearness[rest];
    boolean joined = byNvLinks.get(rest);
    for (int which = added; which < sets.classes(); which++) {
      int others = sets.digit(rest, which);
      if (others > 0) {
        int one = sets.twins(which).get(0);
        int device = sets.twins(added).get(which == added ? 1 : 0);
        long rate = pairs.rate(device, one);
        aggregate[set] += others * rate;
        worst[set] = Math.min(worst[set], rate);
        nearness[set] += (long) others * pairs.nearness(device, one);
        joined &= pairs.byNvLinks(device, one);
      }
    }
    byNvLinks.set(set, joined);
  }

  /** How many devices the set has. */
  int size(int set) {
    return sizes[set];
  }

  /** What all pairs together can send in one direction, in MB/s. */
  long aggregate(int set) {
    return aggregate[set];
  }

  /** What the slowest pair can send in one direction, in MB/s; {@link #NO_PAIR} without one. */
  long worst(int set) {
    return worst[set];
  }

  /** Whether NVLinks join all pairs. */
  boolean byNvLinks(int set) {
    return byNvLinks.get(set);
  }

  /** How near all pairs are over PCIe, in sum. */
  long nearness(int set) {
    return nearness[set];
  }
}
