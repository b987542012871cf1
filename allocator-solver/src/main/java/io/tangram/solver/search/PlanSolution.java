package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.plan.Placement;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The best that was found for a problem.
 *
 * @param placements the admitted units
 * @param objectives what each objective reached: admission by tier, highest first, then the others
 *     in order
 * @param undecided the units of tiers whose admission is not proven: more of them may fit
 */
public record PlanSolution(
    ImmutableList<Placement> placements,
    ImmutableList<ObjectiveResult> objectives,
    ImmutableSet<Unit> undecided) {

  /**
   * Returns the same with nothing proven but that all units of a tier are admitted, where they are.
   *
   * @param all the units of the problem, admitted or not
   */
  PlanSolution unproven(List<Unit> all) {
    Set<Unit> admitted = placements.stream().map(Placement::unit).collect(Collectors.toSet());
    ImmutableSet<Unit> out =
        all.stream()
            .filter(unit -> !admitted.contains(unit))
            .collect(ImmutableSet.toImmutableSet());
    Set<Integer> open = out.stream().map(Unit::priority).collect(Collectors.toSet());
    return new PlanSolution(
        placements,
        objectives.stream()
            .map(
                result ->
                    result.name().equals(ObjectiveResult.ADMISSION) && !open.contains(result.tier())
                        ? result
                        : unproven(result))
            .collect(ImmutableList.toImmutableList()),
        out);
  }

  private static ObjectiveResult unproven(ObjectiveResult result) {
    return ObjectiveResult.of(result.name(), result.tier(), result.value(), OptionalLong.empty());
  }
}
