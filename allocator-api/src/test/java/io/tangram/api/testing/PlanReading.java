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
import io.tangram.api.device.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads allocations back into the choices they came from, to measure any allocator's plan. */
final class PlanReading {

  private final ImmutableList<AdmissionUnit> queue;
  private final ImmutableList<Goal> goals;
  private final ImmutableList<NodeView> views;

  PlanReading(AllocationProblem problem, AllocationOptions options) {
    this.queue = AdmissionUnit.queueOf(problem);
    this.goals = Goal.of(problem, options, queue);
    this.views = NodeView.ofAll(problem);
  }

  /** The goals, in order. */
  ImmutableList<Goal> goals() {
    return goals;
  }

  /** Returns what the allocations reach of the goals; units admitted in part don't count. */
  Worth worth(Map<ClaimId, Allocation> allocations) {
    Worth worth = Worth.ofNothing(goals);
    for (AdmissionUnit unit : queue) {
      if (allocations.keySet().containsAll(unit.claimIds())) {
        List<PlannedClaim> planned = new ArrayList<>();
        unit.claims().forEach(claim -> planned.add(planned(claim, allocations.get(claim.id()))));
        worth = worth.plus(Worth.of(goals, unit, planned));
      }
    }
    return worth;
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
