package io.tangram.solver.links;

import io.tangram.api.topology.LinkObjective;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How good sets are by an objective, as ranks: of two sets of one size the better one has the
 * greater rank, and equally good ones have the same.
 */
final class SetRanks {

  /** The rank of what is not there. */
  static final int NONE = -1;

  /** A bound for what is not known. */
  private static final int ANY = Integer.MAX_VALUE;

  /** The largest size of which the best parts are known. */
  private static final int LARGEST = 16;

  private final int sizes;
  private final int[] ranks;

  /** The best rank in each set, as {@code [set * sizes + size]}. */
  private final int[] best;

  /** Ranks all sets. */
  SetRanks(DistinctSets sets, SetMeasures measures, LinkObjective objective) {
    sizes = Math.min(measures.size(sets.count() - 1), LARGEST) + 1;
    ranks = ranks(sets, measures, objective);
    best = new int[sets.count() * sizes];
    for (int set = 0; set < sets.count(); set++) {
      for (int size = 0; size < sizes; size++) {
        best[set * sizes + size] = measures.size(set) == size ? ranks[set] : NONE;
      }
      for (int i = 0; i < sets.classes(); i++) {
        if (sets.digit(set, i) > 0) {
          includeBest(set, set - sets.one(i));
        }
      }
    }
  }

  private void includeBest(int set, int part) {
    for (int size = 0; size < sizes; size++) {
      int at = set * sizes + size;
      best[at] = Math.max(best[at], best[part * sizes + size]);
    }
  }

  private static int[] ranks(DistinctSets sets, SetMeasures measures, LinkObjective objective) {
    Comparator<Integer> bySum = Comparator.comparingLong(measures::aggregate);
    Comparator<Integer> merits =
        objective == LinkObjective.WORST_PAIR
            ? Comparator.<Integer>comparingLong(measures::worst).thenComparing(bySum)
            : bySum;
    int[] sorted =
        IntStream.range(0, sets.count())
            .boxed()
            .sorted(merits)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] ranks = new int[sets.count()];
    for (int i = 1; i < sorted.length; i++) {
      int step = merits.compare(sorted[i - 1], sorted[i]) == 0 ? 0 : 1;
      ranks[sorted[i]] = ranks[sorted[i - 1]] + step;
    }
    return ranks;
  }

  /** The rank of a set. */
  int rank(int set) {
    return ranks[set];
  }

  /**
   * Returns a bound for the parts of a set.
   *
   * @param size how many devices a part has
   * @return the best rank that a part of that size has, the set itself included; {@link #NONE} if
   *     the set is smaller, and the greatest number if it isn't known, for sizes of more than
   *     {@value #LARGEST}
   */
  int best(int set, int size) {
    return size < sizes ? best[set * sizes + size] : ANY;
  }
}
