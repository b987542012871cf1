package io.tangram.solver.links;

import io.tangram.api.topology.LinkObjective;
import java.util.Map;

/**
 * Which of two sets of one size to take from the same devices, by the first four criteria of {@link
 * BestSets}: the objective, the rest by it, nearness over PCIe, and the rest by that.
 *
 * <p>The worth of a rest is what sets of it are expected to have in sum if requests keep coming,
 * each of a size drawn from the mix among those that fit, and each gets the set preferred here,
 * until nothing is left. With w<sub>k</sub> for the weight of size k, S<sub>k</sub> for the set of
 * that size preferred of the free devices F, and q for what the objective measures,
 *
 * <pre>
 * worth(F) = sum over k of w_k * (q(S_k) + worth(F - S_k)) / sum over k of w_k,   1 &lt;= k &lt;= |F|
 * </pre>
 *
 * <p>By nearness over PCIe it is the same. Tables hold the worth of all sets, filled from small
 * ones to large ones: of each set and size all best parts are compared, and of the others only as
 * many are looked at as it takes to find these.
 */
final class Preference {

  private static final int NONE = -1;

  private final SetMeasures measures;
  private final SetRanks ranks;
  private final LinkObjective objective;
  private final double[] worth;
  private final double[] nearness;

  /** Computes what every rest is worth. */
  Preference(
      DistinctSets sets,
      SetMeasures measures,
      SetRanks ranks,
      LinkObjective objective,
      SizeMix mix) {
    this.measures = measures;
    this.ranks = ranks;
    this.objective = objective;
    worth = new double[sets.count()];
    nearness = new double[sets.count()];
    for (int free = 1; free < sets.count(); free++) {
      expect(sets, free, mix);
    }
  }

  /** Fills the tables for one set by what would be taken of it. */
  private void expect(DistinctSets sets, int free, SizeMix mix) {
    double weights = 0;
    for (Map.Entry<Integer, Double> each : mix.weights().entrySet()) {
      if (each.getKey() <= measures.size(free)) {
        int set = preferred(sets, free, each.getKey());
        double weight = each.getValue();
        weights += weight;
        worth[free] += weight * (measured(set) + worth[free - set]);
        nearness[free] += weight * (measures.nearness(set) + nearness[free - set]);
      }
    }
    if (weights > 0) {
      worth[free] /= weights;
      nearness[free] /= weights;
    }
  }

  private int preferred(DistinctSets sets, int free, int size) {
    int best = ranks.best(free, size);
    int[] preferred = {NONE};
    sets.parts(
        sets.digits(0),
        free,
        size,
        within -> ranks.best(within, size) == best,
        part -> {
          if (preferred[0] == NONE || compare(free, part, preferred[0]) > 0) {
            preferred[0] = part;
          }
        });
    return preferred[0];
  }

  private double measured(int set) {
    return objective == LinkObjective.AGGREGATE || measures.size(set) < 2
        ? measures.aggregate(set)
        : measures.worst(set);
  }

  /**
   * Compares two sets of one size.
   *
   * @param free the devices of which either would be taken
   * @return more than 0 if the first is to be preferred, less if the second is, else 0
   */
  int compare(int free, int one, int other) {
    int order = Integer.compare(ranks.rank(one), ranks.rank(other));
    if (order == 0) {
      order = Double.compare(worth[free - one], worth[free - other]);
    }
    if (order == 0) {
      order = Long.compare(measures.nearness(one), measures.nearness(other));
    }
    if (order == 0) {
      order = Double.compare(nearness[free - one], nearness[free - other]);
    }
    return order;
  }
}
