package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationOptions;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.greedy.GreedySearch;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.plan.PlacedState;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds to a plan that is not proven what still fits beside it, as first-fit would: a search that
 * the limits end may leave room. Units that are bound to others are left as they are.
 */
final class FillingUp {

  private final CompiledProblem problem;
  private final GreedyStart start;

  FillingUp(CompiledProblem problem, AllocationOptions options, PlacementValues values) {
    this.problem = problem;
    this.start = new GreedyStart(options, new PlacementRanking(options, values), List.of());
  }

  /** Returns the plan, filled up as far as the deadline lets it be. */
  PlanSolution fill(PlanSolution plan, Deadline deadline) {
    Set<Unit> placed = plan.placements().stream().map(Placement::unit).collect(Collectors.toSet());
    List<Unit> waiting =
        problem.units().queue().stream()
            .filter(unit -> plan.undecided().contains(unit))
            .filter(unit -> !placed.contains(unit) && isAlone(unit))
            .toList();
    if (waiting.isEmpty() || deadline.hasPassed()) {
      return plan;
    }
    SearchBudget budget = new SearchBudget(deadline, OptionalDouble.empty());
    List<Placement> more =
        GreedySearch.beside(problem, PlacedState.of(problem, plan.placements()), budget)
            .placements(waiting);
    return more.isEmpty() ? plan : filled(plan, more);
  }

  private static boolean isAlone(Unit unit) {
    return unit.common().isEmpty()
        && unit.type().sole().isEmpty()
        && unit.type().gang().isEmpty()
        && !unit.type().isCommon();
  }

  private PlanSolution filled(PlanSolution plan, List<Placement> more) {
    ImmutableList<Placement> all =
        ImmutableList.<Placement>builder().addAll(plan.placements()).addAll(more).build();
    PartSolution before = new PartSolution(plan.placements(), plan.objectives());
    Set<Unit> filled = more.stream().map(Placement::unit).collect(Collectors.toSet());
    return new PlanSolution(
        all,
        start.bounded(all, before).objectives(),
        ImmutableSet.copyOf(Sets.difference(plan.undecided(), filled)));
  }
}
