package io.tangram.solver.result;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.reference.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes allocations as kube-scheduler's allocator would, once their devices are chosen. Immutable
 * and thread-safe.
 */
public final class ResultAssembler {

  private final Map<String, DeviceClass> classes;
  private final long seed;
  private final ImmutableSet<Defect> defects;
  private final CapacityRule capacityRule;

  /**
   * Makes an assembler.
   *
   * @param problem the problem that the claims and devices belong to
   * @param seed the seed of share IDs
   */
  public ResultAssembler(AllocationProblem problem, long seed) {
    this(problem, seed, ImmutableSet.of());
  }

  /**
   * Makes an assembler.
   *
   * @param problem the problem that the claims and devices belong to
   * @param seed the seed of share IDs
   * @param defects the defects of the reference to reproduce
   */
  public ResultAssembler(AllocationProblem problem, long seed, ImmutableSet<Defect> defects) {
    this.classes = Maps.uniqueIndex(problem.deviceClasses(), DeviceClass::name);
    this.seed = seed;
    this.defects = defects;
    this.capacityRule = CapacityRule.of(defects);
  }

  /**
   * Returns the allocation of a claim: devices in request order (R171), with the tolerations,
   * conditions, consumed capacity, node operations to skip and compatibility groups (R123) that go
   * with them, configurations, node selector.
   *
   * @param claim the claim
   * @param node the name of the node for which the devices were chosen
   * @param choices the choice for each of the claim's requests, in order
   * @throws IllegalArgumentException if there is not one choice for each request, a shared device
   *     can't serve its request, or a device is {@linkplain ResultNodes#unmergeable unmergeable}
   */
  public Allocation assemble(Claim claim, String node, List<Choice> choices) {
    if (choices.size() != claim.requests().size()) {
      throw new IllegalArgumentException(
          "Claim "
              + claim.id()
              + " has "
              + claim.requests().size()
              + " requests, but "
              + choices.size()
              + " choices; each request needs one.");
    }
    ImmutableList.Builder<DeviceAllocation> results = ImmutableList.builder();
    List<ChosenDevice> devices = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      DeviceRequest alternative = choices.get(i).alternative();
      String name = claim.requests().get(i).resultName(alternative);
      for (ChosenDevice device : choices.get(i).devices()) {
        results.add(result(claim, name, alternative, device));
        devices.add(device);
      }
    }
    return Allocation.builder()
        .claim(claim.id())
        .node(node)
        .devices(results.build())
        .configs(ResultConfigs.of(claim, choices, classes, defects))
        .nodeSelector(ResultNodes.of(node, devices))
        .build();
  }

  private DeviceAllocation result(
      Claim claim, String name, DeviceRequest alternative, ChosenDevice chosen) {
    ImmutableDeviceAllocation.Builder result =
        DeviceAllocation.builder()
            .request(name)
            .device(chosen.id())
            .adminAccess(alternative.adminAccess())
            .tolerations(alternative.tolerations())
            .bindingConditions(chosen.device().bindingConditions())
            .bindingFailureConditions(chosen.device().bindingFailureConditions())
            .skipNodeOperations(chosen.slice().skipNodeOperations());
    for (CounterConsumption consumption : chosen.device().consumesCounters()) {
      if (!consumption.compatibilityGroups().isEmpty()) {
        result.putCompatibilityGroups(consumption.counterSet(), consumption.compatibilityGroups());
      }
    }
    if (chosen.device().allowMultipleAllocations()) {
      result
          .shareId(ShareIds.of(seed, claim.id(), name, chosen.id()))
          .consumedCapacity(
              capacityRule
                  .amounts(chosen.device(), alternative.capacityRequests())
                  .orElseThrow(() -> unservable(claim, name, chosen)));
    }
    return result.build();
  }

  private static IllegalArgumentException unservable(
      Claim claim, String request, ChosenDevice chosen) {
    return new IllegalArgumentException(
        "Request "
            + request
            + " of claim "
            + claim.id()
            + " asks device "
            + chosen.id()
            + " for capacity that it lacks or that its policy forbids (R127, R132).");
  }
}
