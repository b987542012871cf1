package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.plan.Placement;
import java.util.OptionalLong;

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

  /**
   * Returns this with the bounds of a relaxation, as far as they hold: those of each objective up
   * to the first in which the two differ, since later ones are beside what was reached before.
   */
  PartSolution boundedBy(PartSolution relaxed) {
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    boolean equal = true;
    for (int i = 0; i < objectives.size(); i++) {
      ObjectiveResult own = objectives.get(i);
      ObjectiveResult other = relaxed.objectives().get(i);
      OptionalLong bound = equal ? other.bound() : OptionalLong.empty();
      equal &= own.value() == other.value();
      results.add(ObjectiveResult.of(own.name(), own.tier(), own.value(), bound));
    }
    return new PartSolution(placements, results.build());
  }
}
