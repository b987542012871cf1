package io.tangram.api.check;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Request.FirstAvailable;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The objectives of a legal plan have the values that it claims, and no better ones. */
final class ObjectiveCheck {

  private final AllocationProblem problem;
  private final AllocationPlan plan;
  private final AllocationOptions options;
  private final ClusterIndex cluster;
  private final ImmutableList.Builder<Violation> violations = ImmutableList.builder();

  ObjectiveCheck(
      AllocationProblem problem,
      AllocationPlan plan,
      AllocationOptions options,
      ClusterIndex cluster) {
    this.problem = problem;
    this.plan = plan;
    this.options = options;
    this.cluster = cluster;
  }

  /** Runs the check and returns what is wrong. */
  ImmutableList<Violation> run() {
    requireOrder();
    Map<Integer, Long> admission = admission();
    for (ObjectiveResult result : plan.objectives()) {
      requireConsistency(result);
      if (result.name().equals(ObjectiveResult.ADMISSION)) {
        requireValue(result, admission.getOrDefault(result.tier(), 0L));
        admission.remove(result.tier());
      }
    }
    admission.forEach(
        (tier, value) -> {
          if (value != 0) {
            report("admission of tier " + tier + " is " + value + ", which the plan does not say");
          }
        });
    for (Objective objective : options.objectives()) {
      plan.objectives().stream()
          .filter(result -> result.name().equals(objective.label()))
          .forEach(result -> requireValue(result, value(objective)));
    }
    requireStatus();
    return violations.build();
  }

  private void requireOrder() {
    ImmutableList<String> asked =
        options.objectives().stream()
            .map(Objective::label)
            .collect(ImmutableList.toImmutableList());
    ImmutableList<String> reported =
        plan.objectives().stream()
            .map(ObjectiveResult::name)
            .dropWhile(ObjectiveResult.ADMISSION::equals)
            .collect(ImmutableList.toImmutableList());
    if (!reported.equals(asked)) {
      report("after admission the objectives asked for are " + asked + ", reported " + reported);
    }
    ImmutableList<Integer> tiers =
        plan.objectives().stream()
            .filter(result -> result.name().equals(ObjectiveResult.ADMISSION))
            .map(ObjectiveResult::tier)
            .collect(ImmutableList.toImmutableList());
    if (!Comparators.isInStrictOrder(tiers, Comparator.reverseOrder())) {
      report("admission is reported for tiers " + tiers + ", not each once from the highest down");
    }
  }

  private void requireValue(ObjectiveResult result, long actual) {
    if (result.value() != actual) {
      report(
          "%s of tier %d is %d, not %d as the plan says"
              .formatted(result.name(), result.tier(), actual, result.value()));
    }
  }

  private void requireConsistency(ObjectiveResult result) {
    if (result.bound().isEmpty()) {
      return;
    }
    long bound = result.bound().getAsLong();
    boolean beyond = result.isMinimised() ? result.value() < bound : result.value() > bound;
    boolean unproven = result.status() == PlanStatus.OPTIMAL && result.value() != bound;
    if (beyond || unproven) {
      report(
          "%s of tier %d is %d, %s, with bound %d"
              .formatted(result.name(), result.tier(), result.value(), result.status(), bound));
    }
  }

  private void requireStatus() {
    boolean proven =
        plan.objectives().stream().allMatch(result -> result.status() == PlanStatus.OPTIMAL);
    boolean optimal = plan.status() == PlanStatus.OPTIMAL;
    if (proven != optimal && !plan.objectives().isEmpty()) {
      report("the plan is " + plan.status() + ", but its objectives are " + plan.objectives());
    }
  }

  /** Returns the value of admission by tier. */
  private Map<Integer, Long> admission() {
    Map<ClaimId, Integer> tiers = tiers();
    Map<Integer, Long> values = new TreeMap<>(Comparator.reverseOrder());
    for (Claim claim : problem.claims()) {
      Allocation allocation = plan.allocations().get(claim.id());
      if (allocation != null) {
        long value = options.admission() == Admission.MOST_DEVICE_SHARE ? share(allocation) : 1;
        values.merge(tiers.getOrDefault(claim.id(), 0), value, Long::sum);
      }
    }
    return values;
  }

  /** Returns the highest priority of a placed workload that references each claim. */
  private Map<ClaimId, Integer> tiers() {
    Map<ClaimId, Integer> tiers = new HashMap<>();
    for (Workload workload : problem.workloads()) {
      if (plan.placements().containsKey(workload.id())) {
        workload.claims().forEach(claim -> tiers.merge(claim, workload.priority(), Math::max));
      }
    }
    return tiers;
  }

  private long value(Objective objective) {
    long sum = 0;
    for (Claim claim : problem.claims()) {
      Allocation allocation = plan.allocations().get(claim.id());
      if (allocation != null) {
        sum +=
            switch (objective) {
              case PREFERENCE -> preference(claim, allocation);
              case FIT -> size(allocation);
            };
      }
    }
    return sum;
  }

  private static long preference(Claim claim, Allocation allocation) {
    ImmutableMap<String, LeafRequest> leaves = LeafRequest.byResultName(claim);
    Set<String> seen = new HashSet<>();
    long score = 0;
    for (DeviceAllocation result : allocation.devices()) {
      LeafRequest leaf = leaves.get(result.request());
      if (leaf != null
          && leaf.request() instanceof FirstAvailable
          && seen.add(leaf.request().name())) {
        score += FirstAvailable.score(leaf.alternativeIndex());
      }
    }
    return score;
  }

  private long share(Allocation allocation) {
    long sum = 0;
    for (DeviceAllocation result : allocation.devices()) {
      PoolView pool = pool(allocation, result);
      Published published = pool.devices().find(result.device().device());
      sum += published == null ? 0 : cluster.measures().share(result, pool, published);
    }
    return sum;
  }

  private long size(Allocation allocation) {
    long sum = 0;
    for (DeviceAllocation result : allocation.devices()) {
      Published published = pool(allocation, result).devices().find(result.device().device());
      sum += published == null ? 0 : cluster.measures().size(result, published.device());
    }
    return sum;
  }

  private PoolView pool(Allocation allocation, DeviceAllocation result) {
    Node node = allocation.node().map(cluster::node).orElseThrow();
    return cluster.pools().seenFrom(node, result.device().poolId()).orElseThrow();
  }

  private void report(String message) {
    violations.add(Violation.of(PlanChecker.OBJECTIVE, message));
  }
}
