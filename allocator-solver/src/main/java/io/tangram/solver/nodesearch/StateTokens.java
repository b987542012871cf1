package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.QualifiedName;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** How a chosen device is written down in a state of the search, in one number. */
final class StateTokens {

  private static final int COVERAGE_BITS = 16;
  private static final int CONSUMER_BITS = 20;

  private StateTokens() {}

  /**
   * Returns the number of a chosen device.
   *
   * @param kind its kind
   * @param consumer which request consumes its capacity, if it is shared; else 0
   * @param admin whether it was chosen for administration
   * @param covered how constraints of the claim that is searched cover it; 0 in other claims
   */
  static long of(int kind, int consumer, boolean admin, int covered) {
    return ((((long) kind << CONSUMER_BITS) | consumer) << COVERAGE_BITS)
        | ((long) covered << 1)
        | (admin ? 1 : 0);
  }

  /** Which constraints cover an alternative, and what it derives for them to compare (R234). */
  private record Coverage(BitSet covering, ImmutableMap<QualifiedName, DerivedAttribute> derived) {}

  /**
   * Numbers the ways in which constraints cover alternatives, from 1, as {@code
   * [line][alternative]}.
   */
  static int[][] coverage(SearchGoal goal) {
    Map<Coverage, Integer> numbers = new HashMap<>();
    int[][] coverage = new int[goal.lines().size()][];
    for (int line = 0; line < coverage.length; line++) {
      SearchGoal.Line each = goal.lines().get(line);
      coverage[line] = new int[each.leaves().size()];
      for (int alternative = 0; alternative < coverage[line].length; alternative++) {
        BitSet covering = new BitSet();
        for (int tie = 0; tie < goal.ties().get(each.claim()).size(); tie++) {
          covering.set(
              tie, goal.ties().get(each.claim()).get(tie).covers(each.request(), alternative));
        }
        coverage[line][alternative] =
            numbers.computeIfAbsent(
                new Coverage(
                    covering, each.leaves().get(alternative).request().derivedAttributes()),
                c -> numbers.size() + 1);
      }
    }
    return coverage;
  }
}
