package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.plan.Admitted;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The best that was found for a part.
 *
 * @param placements the admitted units
 * @param objectives what each reported objective reached, in order
 * @param admitted how many that admits of each tier: more than are placed where these are only what
 *     came out of the counts of a relaxation
 */
public record PartSolution(
    ImmutableList<Placement> placements,
    ImmutableList<ObjectiveResult> objectives,
    ImmutableMap<Integer, Admitted> admitted) {

  /** Makes a solution that admits what it places. */
  PartSolution(ImmutableList<Placement> placements, ImmutableList<ObjectiveResult> objectives) {
    this(placements, objectives, PlacementValues.admitted(placements));
  }

  /**
   * Whether something else comes to the same under an objective, so that what is proven of the next
   * one here holds there, too: of admission also in the numbers that break its ties.
   *
   * @param result what the objective reached here
   * @param value what it reaches there
   * @param others how many are admitted there of each tier
   */
  boolean isEqualled(ObjectiveResult result, long value, Map<Integer, Admitted> others) {
    int tier = result.tier();
    return result.value() == value
        && (!result.name().equals(ObjectiveResult.ADMISSION)
            || admitted
                .getOrDefault(tier, Admitted.NOTHING)
                .equals(others.getOrDefault(tier, Admitted.NOTHING)));
  }

  /** Returns what is known of this with other placements that admit the same. */
  PartSolution with(List<Placement> others) {
    return new PartSolution(ImmutableList.copyOf(others), objectives, admitted);
  }

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
      equal &= relaxed.isEqualled(other, own.value(), admitted);
      results.add(ObjectiveResult.of(own.name(), own.tier(), own.value(), bound));
    }
    return new PartSolution(placements, results.build(), admitted);
  }

  /** Returns this with further bounds on admission, as far as they hold beside what it admits. */
  PartSolution withAdmissionBounds(AdmissionBounds bounds) {
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    boolean hold = true;
    for (ObjectiveResult own : objectives) {
      boolean isAdmission = own.name().equals(ObjectiveResult.ADMISSION);
      results.add(isAdmission && hold ? bounds.on(own) : own);
      hold &= !isAdmission || bounds.holdBeside(own);
    }
    return new PartSolution(placements, results.build(), admitted);
  }
}
