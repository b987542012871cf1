package io.tangram.solver.nodesearch;

import io.tangram.api.claim.Claim;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongBiFunction;

/**
 * kube-scheduler's search on one node (section 12.1 of the rules): claims, requests and
 * alternatives in order, devices in the order in which they are offered, depth first; the first
 * complete solution wins. Under rules that differ, the order is the same.
 *
 * <p>Holds what a goal finds on the node whatever the state, so that {@link #run} may be called
 * again when the state has changed. Not thread-safe.
 */
public final class NodeSearch {

  /** A search that takes back so few choices needs no looking ahead. */
  private static final long RETURNS_OF_EASY_SEARCH = 32;

  private final SearchGoal goal;
  private final SearchRules rules;
  private final boolean allModeBlocked;

  /** By line and alternative; nothing for a line that the node itself serves (R216). */
  private final List<List<Candidates>> candidates = new ArrayList<>();

  private final DepthFirstSearch search;

  /**
   * Prepares a search.
   *
   * @param problem the problem
   * @param state what is taken; changed during a search, and restored at its end
   * @param goal what to find
   * @param node the number of the node
   * @param rules by which rules
   * @param order which devices to try first; other than as they are offered only where a selector
   *     that fails ends nothing
   */
  public NodeSearch(
      CompiledProblem problem,
      ClusterState state,
      SearchGoal goal,
      int node,
      SearchRules rules,
      CandidateOrder order) {
    this.goal = goal;
    this.rules = rules;
    this.allModeBlocked = problem.blocksAllMode(node);
    Map<Leaf, Candidates> known = new HashMap<>();
    for (SearchGoal.Line line : goal.lines()) {
      candidates.add(
          line.asksOn(node)
              ? line.leaves().stream()
                  .map(
                      leaf ->
                          known.computeIfAbsent(
                              leaf, each -> Candidates.of(problem, each, node, rules)))
                  .toList()
              : List.of());
    }
    this.search = new DepthFirstSearch(problem, state, goal, node, candidates, rules, order);
  }

  /** Prepares a search in the order in which devices are offered. */
  public NodeSearch(
      CompiledProblem problem, ClusterState state, SearchGoal goal, int node, SearchRules rules) {
    this(problem, state, goal, node, rules, CandidateOrder.AS_OFFERED);
  }

  /**
   * Searches in the state as it is.
   *
   * @param budget what may be spent
   */
  public SearchOutcome run(SearchBudget budget) {
    Optional<SearchOutcome> before = beforeTheSearch();
    if (before.isPresent()) {
      return before.get();
    }
    return search.tryFor(budget, RETURNS_OF_EASY_SEARCH).orElseGet(() -> search.run(budget));
  }

  /**
   * Returns a score (R80) that no solution in the state as it is exceeds; negative if there is none
   * for certain.
   *
   * @param budget what may be spent
   */
  public int mostScore(SearchBudget budget) {
    return search.outlook().mostScore(budget);
  }

  /**
   * Returns a number that the sum over the devices of a solution in the state as it is doesn't fall
   * below; nothing if there is none for certain.
   *
   * @param measure what is summed up
   */
  public OptionalLong least(ToLongBiFunction<Leaf, Integer> measure) {
    return search.outlook().least(measure);
  }

  /** What is decided for all claims before any device is chosen (R201). */
  private Optional<SearchOutcome> beforeTheSearch() {
    for (int line = 0; line < candidates.size(); line++) {
      for (int alternative = 0; alternative < candidates.get(line).size(); alternative++) {
        Candidates each = candidates.get(line).get(alternative);
        if (each.leaf().isAll() && allModeBlocked) {
          return Optional.of(new SearchOutcome.None()); // R69, R76
        }
        if (each.leaf().isAll() && each.anyFailing()) {
          return Optional.of(
              rules.failuresAreFatal()
                  ? new SearchOutcome.SelectorFailed(line, alternative, each.firstFailing())
                  : new SearchOutcome.None());
        }
      }
    }
    return exceedsLimit() ? Optional.of(new SearchOutcome.None()) : Optional.empty();
  }

  /** R203, with the sets that mode All takes on this node. */
  private boolean exceedsLimit() {
    long[] least = new long[goal.ties().size()];
    for (int line = 0; line < goal.lines().size(); line++) {
      least[goal.lines().get(line).claim()] +=
          candidates.get(line).stream().mapToLong(NodeSearch::size).min().orElse(0);
    }
    for (long devices : least) {
      if (devices > Claim.MAX_DEVICES) {
        return true;
      }
    }
    return false;
  }

  private static long size(Candidates candidates) {
    Leaf leaf = candidates.leaf();
    return leaf.isAll() ? candidates.size() : Math.min(leaf.count(), Integer.MAX_VALUE);
  }
}
