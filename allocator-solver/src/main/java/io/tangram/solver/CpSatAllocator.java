package io.tangram.solver;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutablePlanStatistics;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Matching;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlanAssembly;
import io.tangram.solver.search.Limits;
import io.tangram.solver.search.PartSearch;
import io.tangram.solver.search.PartSolution;
import io.tangram.solver.search.Planner;
import io.tangram.solver.search.Totals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The optimal allocator: the problem is compiled, cut into independent parts, each formulated with
 * as little symmetry as can be and solved by CP-SAT for one objective after the other.
 *
 * <p>Same problem, options and seed, limits that don't bind: same plan, for any number of workers.
 */
public final class CpSatAllocator implements Allocator {

  /** The name by which users choose it. */
  public static final String NAME = "optimal";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    long start = System.nanoTime();
    Deadline deadline = Deadline.startingNow(options);
    CompiledProblem compiled = CompiledProblem.of(problem);
    Planner planner = new Planner(compiled, options);
    if (deadline.hasPassed() && !options.cancellation().isCancelled()) {
      throw new DeadlineExceededException(
          "The time limit of "
              + options.timeLimit()
              + " passed before the problem was compiled; allow more time.");
    }
    long compiledAt = System.nanoTime();
    ImmutablePlanStatistics sizes =
        sizes(compiled, planner).withCompile(Duration.ofNanos(compiledAt - start));
    options.listener().on(new AllocationListener.Event.Compiled(sizes));

    Limits limits = new Limits(options, deadline);
    List<PartSolution> solutions = new ArrayList<>();
    for (PartModel model : planner.models()) {
      solutions.add(new PartSearch(options, model, limits).run());
    }

    PlanAssembly plan = new PlanAssembly(compiled, options, NAME);
    solutions.forEach(solution -> assemble(compiled, solution, plan));
    Duration solve = Duration.ofNanos(System.nanoTime() - compiledAt);
    return plan.finish(total(solutions, options), sizes.withSolve(solve));
  }

  private static ImmutablePlanStatistics sizes(CompiledProblem compiled, Planner planner) {
    int variables = 0;
    int constraints = 0;
    for (PartModel model : planner.models()) {
      variables = Math.max(variables, model.model().getBuilder().getVariablesCount());
      constraints = Math.max(constraints, model.model().getBuilder().getConstraintsCount());
    }
    String strategy =
        planner.models().stream()
            .map(PartModel::strategy)
            .distinct()
            .sorted()
            .collect(Collectors.joining("+"));
    return PlanStatistics.builder()
        .strategy(strategy.isEmpty() ? "nothing pending" : strategy)
        .nodes(compiled.nodes())
        .devices(compiled.publishedDevices())
        .deviceClasses(planner.deviceClasses())
        .componentClasses(planner.componentClasses())
        .claimTypes(compiled.units().types().size())
        .variables(variables)
        .constraints(constraints)
        .build();
  }

  private static void assemble(CompiledProblem compiled, PartSolution solution, PlanAssembly plan) {
    Set<Unit> admitted = new HashSet<>();
    for (Placement placement : solution.placements()) {
      plan.admit(placement);
      admitted.add(placement.unit());
    }
    solution
        .left()
        .forEach(
            (demand, alone) -> {
              for (Unit unit : demand.units()) {
                if (!admitted.contains(unit)) {
                  Reason reason = reason(compiled, demand, alone);
                  unit.claims().forEach(claim -> plan.leaveOut(claim.id(), reason));
                }
              }
            });
  }

  private static Reason reason(CompiledProblem compiled, Demand demand, PartSolution.Alone alone) {
    return switch (alone) {
      case FITS -> new Reason.Outranked();
      case DOES_NOT_FIT -> misfit(compiled, demand);
      case UNKNOWN -> new Reason.NotProven();
    };
  }

  /** Why a unit does not fit although it were alone. */
  private static Reason misfit(CompiledProblem compiled, Demand demand) {
    Claim claim = demand.units().get(0).claims().get(0);
    Request request = claim.requests().get(0);
    Leaf leaf = demand.type().claims().get(0).requests().get(0).leaves().get(0);
    int matching = 0;
    for (int device = 0; device < compiled.devices().size(); device++) {
      if (compiled.matching().verdict(leaf, device) == Matching.Verdict.MATCH) {
        matching++;
      }
    }
    return matching == 0
        ? new Reason.NoMatchingDevice(request.name(), compiled.devices().size())
        : new Reason.ConstraintUnsatisfied(ImmutableList.of());
  }

  /** Parts share nothing, so their objectives add up, tier by tier. */
  private static List<ObjectiveResult> total(
      List<PartSolution> solutions, AllocationOptions options) {
    Totals totals = new Totals(options);
    solutions.forEach(solution -> solution.objectives().forEach(totals::add));
    return totals.results();
  }
}
