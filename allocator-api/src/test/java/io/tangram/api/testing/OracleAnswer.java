package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.ObjectiveResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** What {@link BruteForceOracle} found out about a problem. Immutable. */
public final class OracleAnswer {

  private final AllocationProblem problem;
  private final ImmutableList<Goal> goals;
  private final Worth worth;
  private final ImmutableList<Placement> placements;
  private final ImmutableList<AdmissionUnit> fitAlone;

  OracleAnswer(
      AllocationProblem problem,
      ImmutableList<Goal> goals,
      Worth worth,
      ImmutableList<Placement> placements,
      ImmutableList<AdmissionUnit> fitAlone) {
    this.problem = problem;
    this.goals = goals;
    this.worth = worth;
    this.placements = placements;
    this.fitAlone = fitAlone;
  }

  /**
   * The claims that can be allocated, with those of one of their workloads, if nothing else is
   * planned, groups aside.
   */
  public ImmutableSet<ClaimId> fitAlone() {
    return fitAlone.stream()
        .flatMap(unit -> unit.claimIds().stream())
        .collect(ImmutableSet.toImmutableSet());
  }

  /**
   * The workloads that can be placed, with their pending claims, if nothing else is planned, groups
   * aside.
   */
  public ImmutableSet<WorkloadId> workloadsThatFitAlone() {
    return fitAlone.stream()
        .flatMap(unit -> unit.workload().stream())
        .map(Workload::id)
        .collect(ImmutableSet.toImmutableSet());
  }

  boolean fitsAlone(AdmissionUnit unit) {
    return fitAlone.contains(unit);
  }

  /** The claims that the oracle's plan admits. Other plans, as good, may admit others. */
  public ImmutableSet<ClaimId> admitted() {
    return planned().map(each -> each.claim().id()).collect(ImmutableSet.toImmutableSet());
  }

  /** The node of each workload that the oracle's plan places, in the order of the problem. */
  public ImmutableMap<WorkloadId, String> placements() {
    Map<WorkloadId, String> nodes = new HashMap<>();
    for (Placement placement : placements) {
      placement.unit().workload().ifPresent(each -> nodes.put(each.id(), placement.node().name()));
    }
    return problem.workloads().stream()
        .map(Workload::id)
        .filter(nodes::containsKey)
        .collect(ImmutableMap.toImmutableMap(id -> id, nodes::get));
  }

  private Stream<PlannedClaim> planned() {
    return placements.stream().flatMap(placement -> placement.claims().stream());
  }

  /**
   * The objectives of an optimal plan, proven: admission by tier, highest first, then the others in
   * order. The value of {@code in-order} admission is the number of claims admitted.
   */
  public ImmutableList<ObjectiveResult> objectives() {
    return worth.objectives(goals);
  }

  /**
   * The oracle's plan, in the order of the problem's claims.
   *
   * @param seed gives the share IDs
   */
  public ImmutableMap<ClaimId, Allocation> allocations(long seed) {
    Random random = new Random(seed);
    ResultBuilder results =
        new ResultBuilder(problem, () -> new UUID(random.nextLong(), random.nextLong()));
    Map<ClaimId, PlannedClaim> byClaim = new HashMap<>();
    planned().forEach(each -> byClaim.put(each.claim().id(), each));
    ImmutableMap.Builder<ClaimId, Allocation> allocations = ImmutableMap.builder();
    for (Claim claim : problem.claims()) {
      PlannedClaim plan = byClaim.get(claim.id());
      if (plan != null) {
        allocations.put(claim.id(), results.result(claim, plan.node(), plan.devices()));
      }
    }
    return allocations.buildOrThrow();
  }

  Worth worth() {
    return worth;
  }
}
