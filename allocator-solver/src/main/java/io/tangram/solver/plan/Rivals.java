package io.tangram.solver.plan;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Precedence;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.NodeSearch;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Says who was admitted in place of units that fit alone, in a plan whose admission is proven. What
 * doesn't fit beside what the plan gives to higher priorities lost to these; what does lost to its
 * equals, since the plan would be better with it and without them. Not thread-safe.
 */
public final class Rivals {

  private final CompiledProblem problem;
  private final Precedence amongEquals;
  private final SearchBudget budget;
  private final List<Placement> placements;
  private final ImmutableList<Integer> priorities;
  private final Supplier<ClusterState> state;
  private final Map<UnitType, Precedence> known = new HashMap<>();
  private int taken;

  /**
   * Prepares to tell.
   *
   * @param problem the problem
   * @param admission by which objective the units were admitted
   * @param placements the units that were
   * @param budget what may be spent; beyond it nobody is named
   */
  public Rivals(
      CompiledProblem problem,
      Admission admission,
      List<Placement> placements,
      SearchBudget budget) {
    this.problem = problem;
    this.amongEquals =
        switch (admission) {
          case MOST_CLAIMS -> Precedence.CLAIMS;
          case MOST_DEVICE_SHARE -> Precedence.DEVICE_SHARE;
          case IN_ORDER -> Precedence.QUEUE;
        };
    this.budget = budget;
    this.placements =
        placements.stream()
            .sorted(Comparator.comparing(placement -> -(long) placement.unit().priority()))
            .toList();
    this.priorities =
        this.placements.stream()
            .map(placement -> placement.unit().priority())
            .distinct()
            .collect(ImmutableList.toImmutableList());
    this.state = Suppliers.memoize(() -> new ClusterState(problem));
  }

  /**
   * Returns the reason for a unit that fits alone and was not admitted.
   *
   * @param unit the unit; its priority is not above that of the one before
   */
  public Reason.Outranked reason(Unit unit) {
    if (amongEquals == Precedence.QUEUE) {
      return Reason.Outranked.inQueue();
    }
    ImmutableList<Integer> above =
        priorities.stream()
            .filter(priority -> priority > unit.priority())
            .collect(ImmutableList.toImmutableList());
    return new Reason.Outranked(above.isEmpty() ? amongEquals : precedence(unit), above);
  }

  private Precedence precedence(Unit unit) {
    takeAbove(unit.priority());
    Precedence found = known.get(unit.type());
    if (found == null) {
      found = look(unit);
      known.put(unit.type(), found);
    }
    return found;
  }

  private void takeAbove(int priority) {
    while (taken < placements.size() && placements.get(taken).unit().priority() > priority) {
      PlacedState.take(problem, placements.get(taken), state.get());
      taken++;
      known.clear();
    }
  }

  /** Where a unit may be that shares claims depends on where these are: nobody looks. */
  private Precedence look(Unit unit) {
    if (!unit.common().isEmpty() || !unit.type().sole().isEmpty()) {
      return Precedence.UNKNOWN;
    }
    SearchGoal goal = SearchGoal.of(unit.type());
    for (int node = 0; node < problem.nodes(); node++) {
      if (budget.isOver()) {
        return Precedence.UNKNOWN;
      }
      if (state.get().room().fits(unit.type(), node)) {
        SearchOutcome outcome =
            new NodeSearch(problem, state.get(), goal, node, SearchRules.PLAIN).run(budget);
        if (outcome instanceof SearchOutcome.Found) {
          return amongEquals;
        }
        if (outcome instanceof SearchOutcome.Interrupted) {
          return Precedence.UNKNOWN;
        }
      }
    }
    return Precedence.PRIORITY;
  }
}
