package io.tangram.api.examples;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.check.CheckedState;
import io.tangram.api.check.PlanChecker;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * An allocator that somebody else might write: each claim gets the first device that is legal. It
 * knows lone claims for one dedicated device that one node sees, and no objectives but admission.
 */
final class OneByOneAllocator implements Allocator {

  @Override
  public String name() {
    return "one-by-one";
  }

  @Override
  public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    if (!options.objectives().isEmpty()) {
      throw new IllegalArgumentException("Only admission is supported; ask for no objectives.");
    }
    PlanChecker checker = PlanChecker.of(problem);
    CheckedState state = checker.state();
    ImmutableMap.Builder<ClaimId, Allocation> allocations = ImmutableMap.builder();
    ImmutableMap.Builder<ClaimId, Reason> unallocated = ImmutableMap.builder();
    long admitted = 0;
    for (Claim claim : problem.claims()) {
      Optional<Allocation> allocation = first(claim, problem, state);
      if (allocation.isPresent()) {
        allocations.put(claim.id(), allocation.get());
        admitted++;
      } else {
        boolean fitsAlone = first(claim, problem, checker.state()).isPresent();
        unallocated.put(claim.id(), fitsAlone ? Reason.Outranked.byOthers() : nothingFree(claim));
      }
    }
    return AllocationPlan.builder()
        .allocator(name())
        .status(PlanStatus.FEASIBLE)
        .allocations(allocations.buildOrThrow())
        .unallocated(unallocated.buildOrThrow())
        .addObjectives(
            new ObjectiveResult(
                ObjectiveResult.ADMISSION, 0, admitted, OptionalLong.empty(), PlanStatus.FEASIBLE))
        .statistics(PlanStatistics.builder().strategy("greedy").build())
        .build();
  }

  /** Adds the first allocation that the state accepts. */
  private static Optional<Allocation> first(
      Claim claim, AllocationProblem problem, CheckedState state) {
    return problem.nodes().stream()
        .sorted(Comparator.comparing(Node::name))
        .flatMap(node -> candidates(claim, problem, node.name()))
        .filter(candidate -> state.add(claim, candidate).isEmpty())
        .findFirst();
  }

  private static Stream<Allocation> candidates(
      Claim claim, AllocationProblem problem, String node) {
    DeviceRequest request = request(claim);
    return problem.slices().stream()
        .sorted(Comparator.comparing(ResourceSlice::name))
        .flatMap(slice -> slice.devices().stream().map(slice::idOf))
        .map(device -> allocation(claim, request, node, device));
  }

  private static Allocation allocation(
      Claim claim, DeviceRequest request, String node, DeviceId device) {
    return Allocation.builder()
        .claim(claim.id())
        .node(node)
        .addDevices(
            DeviceAllocation.builder()
                .request(request.name())
                .device(device)
                .tolerations(request.tolerations())
                .build())
        .nodeSelector(NodeSelector.ofNode(node))
        .build();
  }

  private static DeviceRequest request(Claim claim) {
    return claim.requests().get(0).alternatives().get(0);
  }

  private static Reason nothingFree(Claim claim) {
    return new Reason.InsufficientDevices(request(claim).name(), 1, 0, 0);
  }
}
