package io.tangram.solver.reference;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.api.device.Node;
import io.tangram.api.device.PoolId;
import io.tangram.api.reference.Defect;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.nodesearch.NodeRoom;
import io.tangram.solver.nodesearch.SearchBudget;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Tries claims that go together on one node after the other, by name, and takes the node with the
 * best score (R80), as the reference does with the defects that are asked for. Takes nothing. Not
 * thread-safe.
 */
final class UnitAttempt {

  /**
   * What to find.
   *
   * @param claims the claims, in order
   * @param type the type of their unit
   * @param nodes the numbers of the nodes on which they may be placed
   */
  record Task(ImmutableList<Claim> claims, UnitType type, BitSet nodes) {

    private int bestScore() {
      return (int)
              claims.stream()
                  .flatMap(claim -> claim.requests().stream())
                  .filter(request -> request instanceof Request.FirstAvailable)
                  .count()
          * Request.FirstAvailable.BEST_SCORE;
    }
  }

  /**
   * What came of it.
   *
   * @param node the number of the node, meaningless if none fits
   * @param outcome the devices on the best node, or why there is none
   * @param steps the steps of all searches
   */
  record Result(int node, CallOutcome outcome, long steps) {}

  private final CompiledProblem problem;
  private final CommittedState committed;
  private final NodeRoom room;
  private final int[] nodesByName;
  private final SelectorVerdicts verdicts;
  private final VanishedDevices vanished;

  /** By whether counters count everywhere, the only defect that pools depend on. */
  private final Map<Boolean, ReferencePools> pools = new HashMap<>();

  UnitAttempt(CompiledProblem problem, CommittedState committed, NodeRoom room) {
    this.problem = problem;
    this.committed = committed;
    this.room = room;
    this.verdicts = new SelectorVerdicts(problem.problem().deviceClasses());
    this.vanished = new VanishedDevices(problem.problem());
    this.nodesByName =
        IntStream.range(0, problem.nodes())
            .boxed()
            .sorted(Comparator.comparing(node -> problem.problem().nodes().get(node).name()))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** The node in a place of the order by name. */
  int nodeInPlace(int place) {
    return nodesByName[place];
  }

  /** Tries a task with these defects. */
  Result run(Task task, Set<Defect> defects, SearchBudget budget) {
    Map<PoolId, CounterAccounts.Amounts> left = new HashMap<>();
    Result best = new Result(-1, new CallOutcome.None(), 0);
    int bestScore = -1;
    long steps = 0;
    for (int node : nodesByName) {
      if (!task.nodes().get(node) || !room.fits(task.type(), node)) {
        continue;
      }
      AllocateCall call = call(task.claims(), node, left, defects, budget);
      CallOutcome outcome = call.run();
      steps += call.steps();
      if (outcome instanceof CallOutcome.Found found) {
        if (found.score() > bestScore) {
          bestScore = found.score();
          best = new Result(node, found, steps);
        }
        if (bestScore == task.bestScore()) {
          return best;
        }
      } else if (!(outcome instanceof CallOutcome.None)) {
        return new Result(node, outcome, steps);
      }
    }
    return new Result(best.node(), best.outcome(), steps);
  }

  private AllocateCall call(
      List<Claim> claims,
      int node,
      Map<PoolId, CounterAccounts.Amounts> left,
      Set<Defect> defects,
      SearchBudget budget) {
    ReferencePools seen =
        pools.computeIfAbsent(
            defects.contains(Defect.COUNTER_SLICES_COUNT_EVERYWHERE),
            everywhere -> new ReferencePools(problem.problem(), everywhere));
    CounterAccounts accounts = new CounterAccounts(committed, defects, left);
    Node target = problem.problem().nodes().get(node);
    List<Claim> there = claims.stream().map(claim -> claim.on(target)).toList();
    return new AllocateCall(
        there,
        target,
        seen.onNode(node),
        verdicts,
        new DeviceTaking(there, committed, verdicts, accounts, vanished, defects),
        defects,
        budget);
  }
}
