package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.diagnose.Reasons;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlanAssembly;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Placements that the checker has seen. */
final class CheckedPlacements {

  private CheckedPlacements() {}

  /**
   * Returns the plan that consists of placements, or throws if it is against a rule or worth
   * something else.
   *
   * @param worth what the placements are said to be worth
   */
  static AllocationPlan plan(
      CompiledProblem compiled,
      AllocationOptions options,
      List<Placement> placements,
      List<ObjectiveResult> worth) {
    PlanAssembly plan = new PlanAssembly(compiled, options, "placements");
    plan.admit(placements);
    Set<Unit> placed = placements.stream().map(Placement::unit).collect(Collectors.toSet());
    for (Unit unit : compiled.units().queue()) {
      if (!placed.contains(unit)) {
        plan.leaveOut(unit, Reasons.same(unit, new Reason.NotProven()));
      }
    }
    return plan.finish(worth, PlanStatistics.builder().strategy("placements").build());
  }
}
