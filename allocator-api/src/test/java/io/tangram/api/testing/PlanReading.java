package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.device.DeviceId;
import io.tangram.api.plan.AllocationPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads plans back into the choices they came from, to measure those of any allocator. */
final class PlanReading {

  private final ImmutableList<AdmissionUnit> queue;
  private final ImmutableList<Goal> goals;
  private final ImmutableList<NodeView> views;
  private final UsageRules usages;

  PlanReading(AllocationProblem problem, AllocationOptions options) {
    this.queue = AdmissionUnit.queueOf(problem);
    this.goals = Goal.of(problem, options, queue);
    this.views = NodeView.ofAll(problem);
    this.usages = new UsageRules(problem);
  }

  /** The goals, in order. */
  ImmutableList<Goal> goals() {
    return goals;
  }

  /** Returns what the plan reaches of the goals; units admitted in part don't count. */
  Worth worth(AllocationPlan plan) {
    Worth worth = Worth.ofNothing(goals);
    Usage usage = usages.held();
    NodeUse nodes = NodeUse.NONE;
    Map<WorkloadGroup, GroupMembers> groups = new LinkedHashMap<>();
    Set<ClaimId> counted = new HashSet<>();
    for (AdmissionUnit unit : queue) {
      if (isAdmitted(unit, plan)) {
        List<PlannedClaim> added = new ArrayList<>();
        for (Claim claim : unit.claims()) {
          if (counted.add(claim.id())) {
            added.add(planned(claim, plan.allocations().get(claim.id())));
          }
        }
        worth = worth.plus(Worth.of(goals, unit, added));
        usage = after(usage, added);
        nodes = nodes.plus(added);
        if (unit.workload().isPresent()) {
          String node = plan.placements().get(unit.workload().get().id());
          nodes = nodes.plus(node, 0);
          unit.group()
              .ifPresent(
                  group ->
                      groups.merge(
                          group,
                          GroupMembers.none(group).plus(node),
                          (some, one) -> some.plus(node)));
        }
      }
    }
    return worth.plus(Worth.of(goals, Situation.of(usage, nodes, List.copyOf(groups.values()))));
  }

  private Usage after(Usage before, List<PlannedClaim> added) {
    Usage after = before;
    for (PlannedClaim claim : added) {
      after =
          usages
              .after(after, claim.devices(), view(claim.node()))
              .orElseThrow(
                  () ->
                      new AssertionError(
                          "Claim " + claim.claim().id() + " is given what others have."));
    }
    return after;
  }

  private NodeView view(String node) {
    return views.stream()
        .filter(view -> view.node().name().equals(node))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no node " + node + "."));
  }

  private static boolean isAdmitted(AdmissionUnit unit, AllocationPlan plan) {
    boolean isPlaced =
        unit.workload().map(each -> plan.placements().containsKey(each.id())).orElse(true);
    return isPlaced && plan.allocations().keySet().containsAll(unit.claimIds());
  }

  private PlannedClaim planned(Claim claim, Allocation allocation) {
    String node = allocation.node().orElseThrow();
    ImmutableList<ChosenDevice> devices =
        allocation.devices().stream()
            .map(each -> chosen(claim, node, each))
            .collect(ImmutableList.toImmutableList());
    return new PlannedClaim(claim, node, devices);
  }

  private ChosenDevice chosen(Claim claim, String node, DeviceAllocation given) {
    for (Request request : claim.requests()) {
      for (DeviceRequest alternative : request.alternatives()) {
        if (request.resultName(alternative).equals(given.request())) {
          return new ChosenDevice(request, alternative, published(node, given.device()));
        }
      }
    }
    throw new AssertionError(
        "Claim " + claim.id() + " has no request " + given.request() + " (R79).");
  }

  private PublishedDevice published(String node, DeviceId id) {
    return views.stream()
        .filter(view -> view.node().name().equals(node))
        .flatMap(view -> view.pools().stream())
        .flatMap(pool -> pool.offered().stream())
        .filter(device -> device.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("Node " + node + " is not offered device " + id + "."));
  }
}
