package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.plan.Placement;

/**
 * The best that was found for a part.
 *
 * @param placements the admitted units
 * @param objectives what each reported objective reached, in order
 */
public record PartSolution(
    ImmutableList<Placement> placements, ImmutableList<ObjectiveResult> objectives) {

  /** Whether every objective is proven, or as near to its bound as this gap. */
  boolean isDone(double gap) {
    return objectives.stream()
        .allMatch(
            result ->
                result.status() == PlanStatus.OPTIMAL
                    || (gap > 0 && result.gap().orElse(1) <= gap));
  }
}
