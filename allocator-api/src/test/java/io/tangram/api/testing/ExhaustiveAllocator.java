package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;

/**
 * The oracle as an allocator: tiny problems only, limits and listeners are not looked at. It shows
 * that the laws can be satisfied.
 */
public final class ExhaustiveAllocator implements Allocator {

  @Override
  public String name() {
    return "exhaustive";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the problem is too large for {@link BruteForceOracle}
   */
  @Override
  public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    OracleAnswer answer = BruteForceOracle.solve(problem, options);
    ImmutableMap<ClaimId, Allocation> allocations = answer.allocations(options.seed());
    ImmutableMap<WorkloadId, String> placements = answer.placements();
    ExhaustiveReasons reasons = new ExhaustiveReasons(problem, answer);
    return AllocationPlan.builder()
        .allocator(name())
        .status(PlanStatus.OPTIMAL)
        .allocations(allocations)
        .unallocated(
            problem.claims().stream()
                .filter(claim -> !allocations.containsKey(claim.id()))
                .collect(ImmutableMap.toImmutableMap(Claim::id, reasons::of)))
        .placements(placements)
        .unplaced(
            problem.workloads().stream()
                .filter(workload -> !placements.containsKey(workload.id()))
                .collect(ImmutableMap.toImmutableMap(Workload::id, reasons::of)))
        .objectives(answer.objectives())
        .statistics(PlanStatistics.builder().strategy("exhaustive").build())
        .build();
  }
}
