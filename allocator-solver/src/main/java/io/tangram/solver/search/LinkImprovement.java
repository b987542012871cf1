package io.tangram.solver.search;

import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.plan.Placement;
import java.util.List;

/**
 * Gives claims devices that are joined better, where a formulation counted devices without looking
 * at their links: nodes are arranged anew, as well as can be by all objectives.
 */
final class LinkImprovement {

  private final PartSteps steps;
  private final PartResults results;
  private final PlannedPart part;

  LinkImprovement(PartSteps steps, PartResults results, PlannedPart part) {
    this.steps = steps;
    this.results = results;
    this.part = part;
  }

  /** Returns a solution that admits the same and is as good. */
  PartSolution of(PartSolution found, Limits limits) {
    boolean mayBeBetter =
        found.objectives().stream()
            .filter(result -> result.name().equals(Objective.BANDWIDTH.label()))
            .anyMatch(result -> result.status() == PlanStatus.FEASIBLE);
    if (!mayBeBetter || !steps.hasNeighbourhoods(part)) {
      return found;
    }
    List<Placement> better = steps.joinedBetter(found.placements(), part, limits);
    return admits(better).equals(admits(found.placements()))
        ? results.inFull(part, found.with(better))
        : found;
  }

  private List<ObjectiveResult> admits(List<Placement> placements) {
    return steps.values().admission(placements);
  }
}
