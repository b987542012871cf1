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

/** What allocators that run one {@link GreedySearch} have in common. */
abstract class GreedyAllocator implements Allocator {

  private final String name;

  GreedyAllocator(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  /** Compiles what the search and the objectives of the options look at. */
  CompiledProblem compile(AllocationProblem problem, AllocationOptions options, Deadline deadline) {
    return CompiledProblem.of(problem, options, deadline);
  }

  /** Returns the search. */
  abstract GreedySearch search(
      CompiledProblem compiled, AllocationOptions options, SearchBudget budget);

  @Override
  public final AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    options.requireSuits(problem);
    long start = System.nanoTime();
    Deadline deadline = Deadline.startingNow(options);
    CompiledProblem compiled = compile(problem, options, deadline);
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
    PlanAssembly plan = new PlanAssembly(compiled, options, name);
    SearchBudget budget = SearchBudget.of(options, deadline);
    GreedySearch search = search(compiled, options, budget);
    List<Placement> placements = search.placements();
    plan.admit(placements);
    search.explain(plan::leaveOut);
    Duration solve = Duration.ofNanos(System.nanoTime() - compiledAt);
    return plan.finish(
        new PlacementValues(compiled, options).unproven(placements), sizes.withSolve(solve));
  }
}
