package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The oracle as an allocator: tiny problems only, limits and listeners are not looked at. It shows
 * that the laws can be satisfied.
 */
public final class ExhaustiveAllocator implements Allocator {

  private static final Reason NOTHING_FITS =
      new Reason.ConstraintUnsatisfied(
          ImmutableList.of("all rules for the claim and those of its workload"));

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
    return AllocationPlan.builder()
        .allocator(name())
        .status(PlanStatus.OPTIMAL)
        .allocations(allocations)
        .unallocated(reasons(problem, answer, allocations))
        .objectives(answer.objectives())
        .statistics(PlanStatistics.builder().strategy("exhaustive").build())
        .build();
  }

  private static ImmutableMap<ClaimId, Reason> reasons(
      AllocationProblem problem, OracleAnswer answer, Map<ClaimId, Allocation> allocations) {
    RequestRules rules = new RequestRules(problem);
    ImmutableMap.Builder<ClaimId, Reason> reasons = ImmutableMap.builder();
    for (Claim claim : problem.claims()) {
      if (!allocations.containsKey(claim.id())) {
        reasons.put(
            claim.id(),
            answer.fitAlone().contains(claim.id())
                ? new Reason.Outranked()
                : hopeless(claim, rules).orElse(NOTHING_FITS));
      }
    }
    return reasons.buildOrThrow();
  }

  private static Optional<Reason> hopeless(Claim claim, RequestRules rules) {
    if (rules.isDeniedAdmin(claim)) {
      return Optional.of(new Reason.AdminAccessDenied(claim.id().namespace()));
    }
    if (RequestRules.leastDevices(claim) > Claim.MAX_DEVICES) {
      return Optional.of(
          new Reason.LimitExceeded(RequestRules.leastDevices(claim), Claim.MAX_DEVICES));
    }
    return claim.requests().stream().flatMap(request -> flawed(request, rules)).findFirst();
  }

  private static Stream<Reason> flawed(Request request, RequestRules rules) {
    Stream<DeviceRequest> leaves = request.alternatives().stream();
    return leaves.flatMap(
        leaf -> {
          String name = request.resultName(leaf);
          if (rules.isClassMissing(leaf)) {
            return Stream.of(new Reason.ClassMissing(name, leaf.deviceClass()));
          }
          return rules.isBroken(leaf)
              ? Stream.of(new Reason.SelectorFailed(name, "selectors", "one does not compile"))
              : Stream.empty();
        });
  }
}
