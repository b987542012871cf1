package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the devices of a workload take of its node (R239).
 *
 * @param taken the amounts, by resource; none is 0
 * @param parts its claims with devices that are parts of nodes, which no other workload can use
 * @param isReferenced whether containers reference all of these (R238)
 */
record NodeLoad(
    ImmutableMap<String, Quantity> taken, ImmutableSet<ClaimId> parts, boolean isReferenced) {

  /** Nothing. */
  static final NodeLoad NONE = new NodeLoad(ImmutableMap.of(), ImmutableSet.of(), true);

  /** Returns what a unit takes by these claims, those that it holds apart. */
  static NodeLoad of(AdmissionUnit unit, Collection<PlannedClaim> claims) {
    if (unit.workload().isEmpty()) {
      return NONE;
    }
    Sum sum = new Sum(unit.workload().get());
    for (PlannedClaim claim : claims) {
      boolean isExtended = !claim.claim().extendedResources().isEmpty();
      for (ChosenDevice each : claim.devices()) {
        Device device = each.device().device();
        ImmutableMap<QualifiedName, Quantity> consumed =
            CapacityRules.amounts(each.alternative(), device).orElse(ImmutableMap.of());
        sum.add(claim.claim().id(), isExtended, device, consumed);
      }
    }
    return sum.load();
  }

  /** Returns what a workload takes by the claims that it holds. */
  static NodeLoad ofHeld(Workload workload, List<Allocation> held, AllocationProblem problem) {
    Sum sum = new Sum(workload);
    for (Allocation allocation : held) {
      for (DeviceAllocation result : allocation.devices()) {
        newest(result.device(), problem)
            .ifPresent(
                device -> sum.add(allocation.claim(), false, device, result.consumedCapacity()));
      }
    }
    return sum.load();
  }

  /** Returns the device as the newest generation of its pool has it. */
  private static Optional<Device> newest(DeviceId id, AllocationProblem problem) {
    List<ResourceSlice> slices =
        problem.slices().stream().filter(slice -> slice.pool().equals(id.poolId())).toList();
    long newest = slices.stream().mapToLong(ResourceSlice::generation).max().orElse(0);
    return PoolContents.devicesOf(
            slices.stream().filter(slice -> slice.generation() == newest).toList())
        .stream()
        .filter(device -> device.id().equals(id))
        .map(PublishedDevice::device)
        .findFirst();
  }

  /** Returns both together. */
  NodeLoad plus(NodeLoad other) {
    Map<String, Quantity> sums = new HashMap<>(taken);
    other.taken.forEach((resource, amount) -> sums.merge(resource, amount, Quantity::plus));
    Set<ClaimId> both = new HashSet<>(parts);
    both.addAll(other.parts);
    return new NodeLoad(
        ImmutableMap.copyOf(sums), ImmutableSet.copyOf(both), isReferenced && other.isReferenced);
  }

  /** A load that grows. */
  private static final class Sum {
    private final Workload workload;
    private final Map<String, Quantity> taken = new HashMap<>();
    private final Set<ClaimId> parts = new HashSet<>();
    private boolean isReferenced = true;

    Sum(Workload workload) {
      this.workload = workload;
    }

    void add(
        ClaimId claim,
        boolean isExtended,
        Device device,
        ImmutableMap<QualifiedName, Quantity> consumed) {
      int containers = workload.containers().getOrDefault(claim, 0);
      device
          .nodeConsumption()
          .forEach(
              (resource, each) -> {
                BigDecimal amount =
                    ofDevice(each, device, consumed)
                        .add(each.perPod().value())
                        .add(each.perContainer().value().multiply(new BigDecimal(containers)));
                if (amount.signum() > 0) {
                  taken.merge(
                      resource, Quantity.of(amount, Quantity.Format.DECIMAL_SI), Quantity::plus);
                }
                if (each.mapping().isPresent()) {
                  parts.add(claim);
                  isReferenced &= isExtended || containers > 0;
                }
              });
    }

    private static BigDecimal ofDevice(
        NodeConsumption consumption,
        Device device,
        ImmutableMap<QualifiedName, Quantity> consumed) {
      if (consumption.mapping().isEmpty()) {
        return BigDecimal.ZERO;
      }
      NodeConsumption.Mapping mapping = consumption.mapping().get();
      BigDecimal units = BigDecimal.ONE;
      if (mapping.capacity().isPresent()) {
        QualifiedName name = mapping.capacity().get();
        Quantity amount =
            device.allowMultipleAllocations()
                ? consumed.get(name)
                : Optional.ofNullable(device.capacity().get(name))
                    .map(capacity -> capacity.value())
                    .orElse(null);
        units = amount == null ? BigDecimal.ZERO : amount.value();
      }
      return units.multiply(mapping.multiplier().value());
    }

    NodeLoad load() {
      return new NodeLoad(ImmutableMap.copyOf(taken), ImmutableSet.copyOf(parts), isReferenced);
    }
  }
}
