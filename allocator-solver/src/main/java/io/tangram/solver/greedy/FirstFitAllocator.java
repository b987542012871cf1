package io.tangram.solver.greedy;

import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutablePlanStatistics;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import io.tangram.solver.plan.PlanAssembly;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Gives each unit the devices that kube-scheduler would: units in the order of the queue (priority,
 * creation time, input), each on the node with the best score (R80), of equals the first by name,
 * there the first devices that its depth-first search finds (R195 to R205). Where the rules list a
 * defect of the reference, the intended behaviour counts.
 *
 * <p>A selector that fails on a device within reach of the search leaves the unit out (R55, R56).
 * Objectives are reported, not optimised; nothing is proven. A deterministic second is {@value
 * SearchBudget#STEPS_PER_SECOND} looks at a device.
 */
public final class FirstFitAllocator implements Allocator {

  /** The name by which users choose it. */
  public static final String NAME = "first-fit";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    options.requireSuits(problem);
    long start = System.nanoTime();
    Deadline deadline = Deadline.startingNow(options);
    CompiledProblem compiled = CompiledProblem.of(problem, options, deadline);
    long compiledAt = System.nanoTime();
    ImmutablePlanStatistics sizes =
        PlanStatistics.builder()
            .strategy("greedy")
            .nodes(compiled.nodes())
            .devices(compiled.publishedDevices())
            .claimTypes(compiled.units().types().size())
            .compile(Duration.ofNanos(compiledAt - start))
            .build();
    options.listener().on(new AllocationListener.Event.Compiled(sizes));
    PlanAssembly plan = new PlanAssembly(compiled, options, NAME);
    SearchBudget budget =
        new SearchBudget(
            deadline,
            options.deterministicLimit().map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    FirstFitSearch search = new FirstFitSearch(compiled, budget);
    List<Placement> placements = search.placements();
    placements.forEach(plan::admit);
    search.explain(plan::leaveOut);
    Duration solve = Duration.ofNanos(System.nanoTime() - compiledAt);
    return plan.finish(
        new PlacementValues(compiled, options).unproven(placements), sizes.withSolve(solve));
  }
}
