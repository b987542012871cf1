package io.tangram.solver.reference;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutablePlanStatistics;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.reference.Defect;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import io.tangram.solver.plan.PlanAssembly;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * First-fit with the defects of kube-scheduler's allocator: the very devices that it gives, and
 * none where it misses them. For comparing a cluster with what the rules say, not for good plans.
 *
 * <p>What departs from the rules is in the plan's warnings, each with the rule: units that get or
 * miss devices by a defect, and what {@link io.tangram.api.check.PlanChecker} finds. As slow as the
 * reference, whose search takes exponential time in the worst case; a deterministic second is
 * {@value SearchBudget#STEPS_PER_SECOND} of its steps. On which node the reference looks first is
 * not fixed; here it is the first by name.
 */
public final class ReferenceAllocator implements Allocator {

  private final Optional<KubernetesVersion> version;
  private final ImmutableSet<Defect> defects;

  private ReferenceAllocator(Optional<KubernetesVersion> version, ImmutableSet<Defect> defects) {
    this.version = version;
    this.defects = defects;
  }

  /**
   * Returns the allocator of a version of Kubernetes.
   *
   * @throws IllegalArgumentException if the version's defects are not {@linkplain Defect#of known}
   */
  public static ReferenceAllocator of(KubernetesVersion version) {
    return new ReferenceAllocator(Optional.of(version), Defect.of(version));
  }

  /** Returns the allocator with some defects and no others. */
  public static ReferenceAllocator with(Set<Defect> defects) {
    return new ReferenceAllocator(Optional.empty(), ImmutableSet.copyOf(defects));
  }

  @Override
  public String name() {
    return FirstFitAllocator.NAME;
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
            .strategy("reference" + version.map(each -> " " + each).orElse(""))
            .nodes(compiled.nodes())
            .devices(compiled.publishedDevices())
            .claimTypes(compiled.units().types().size())
            .compile(Duration.ofNanos(compiledAt - start))
            .build();
    options.listener().on(new AllocationListener.Event.Compiled(sizes));
    SearchBudget budget = SearchBudget.of(options, deadline);
    PlanAssembly plan = new PlanAssembly(compiled, options, name(), defects);
    List<Placement> placements =
        new ReferenceScheduling(compiled, defects, plan, budget, deadline).run();
    Duration solve = Duration.ofNanos(System.nanoTime() - compiledAt);
    return plan.finish(
        new PlacementValues(compiled, options).unproven(placements), sizes.withSolve(solve));
  }
}
