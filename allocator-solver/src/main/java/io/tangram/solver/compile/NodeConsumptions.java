package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.result.ConsumedCapacity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** What devices take of the nodes of their workloads, as it is written (R239). */
final class NodeConsumptions {

  private final AllocationProblem problem;
  private final Set<Device> consumers = new HashSet<>();

  /** The devices of held claims as the newest generation of their pools has them. */
  private final Map<DeviceId, Device> held = new HashMap<>();

  private NodeConsumptions(AllocationProblem problem) {
    this.problem = problem;
  }

  static NodeConsumptions of(AllocationProblem problem) {
    NodeConsumptions all = new NodeConsumptions(problem);
    Map<PoolId, Long> newest = new HashMap<>();
    for (ResourceSlice slice : problem.slices()) {
      newest.merge(slice.pool(), slice.generation(), Math::max);
    }
    for (ResourceSlice slice : problem.slices()) {
      boolean isNewest = slice.generation() == newest.getOrDefault(slice.pool(), 0L);
      for (Device device : slice.devices()) {
        if (!device.nodeConsumption().isEmpty()) {
          all.consumers.add(device);
          if (isNewest) {
            all.held.putIfAbsent(slice.idOf(device), device);
          }
        }
      }
    }
    return all;
  }

  /** Whether no device takes anything. */
  boolean isEmpty() {
    return consumers.isEmpty();
  }

  /** Calls for every amount that sums of what devices take are made of, with the resource. */
  void forEachAmount(BiConsumer<String, BigDecimal> action) {
    if (isEmpty()) {
      return;
    }
    Set<Map<QualifiedName, Quantity>> wishes = new HashSet<>();
    problem.claims().stream()
        .flatMap(claim -> claim.requests().stream())
        .flatMap(request -> request.alternatives().stream())
        .forEach(leaf -> wishes.add(leaf.capacityRequests()));
    for (Device device : consumers) {
      device
          .nodeConsumption()
          .forEach(
              (resource, each) -> {
                action.accept(resource, each.perPod().value());
                action.accept(resource, each.perContainer().value());
                for (Map<QualifiedName, Quantity> wish : wishes) {
                  ConsumedCapacity.of(device, wish)
                      .ifPresent(
                          consumed -> action.accept(resource, ofDevice(each, device, consumed)));
                }
              });
    }
    for (Allocation allocation : problem.held()) {
      for (DeviceAllocation result : allocation.devices()) {
        Device device = held.get(result.device());
        if (device != null) {
          device
              .nodeConsumption()
              .forEach(
                  (resource, each) ->
                      action.accept(resource, ofDevice(each, device, result.consumedCapacity())));
        }
      }
    }
  }

  private static BigDecimal ofDevice(
      NodeConsumption consumption, Device device, ImmutableMap<QualifiedName, Quantity> consumed) {
    return new NodeConsumption(consumption.mapping(), Quantity.ZERO, Quantity.ZERO)
        .amount(device, consumed, 0);
  }

  /** Returns the most that a device can take of each resource of a node. */
  ImmutableMap<String, BigDecimal> most(int containers) {
    Map<String, BigDecimal> most = new HashMap<>();
    for (Device device : consumers) {
      ImmutableMap.Builder<QualifiedName, Quantity> whole = ImmutableMap.builder();
      device.capacity().forEach((name, capacity) -> whole.put(name, capacity.value()));
      ImmutableMap<QualifiedName, Quantity> consumed = whole.buildOrThrow();
      device
          .nodeConsumption()
          .forEach(
              (resource, each) ->
                  most.merge(resource, each.amount(device, consumed, containers), BigDecimal::max));
    }
    return ImmutableMap.copyOf(most);
  }

  /** Returns what a workload takes by the devices of claims that it holds. */
  Map<String, BigDecimal> ofHeld(Workload workload, Map<ClaimId, Allocation> allocations) {
    Map<String, BigDecimal> taken = new LinkedHashMap<>();
    for (ClaimId claim : Set.copyOf(workload.claims())) {
      Allocation allocation = allocations.get(claim);
      if (allocation == null || held.isEmpty()) {
        continue;
      }
      int containers = workload.containers().getOrDefault(claim, 0);
      for (DeviceAllocation result : allocation.devices()) {
        Device device = held.get(result.device());
        if (device != null) {
          device
              .nodeConsumption()
              .forEach(
                  (resource, each) ->
                      taken.merge(
                          resource,
                          each.amount(device, result.consumedCapacity(), containers),
                          BigDecimal::add));
        }
      }
    }
    return taken;
  }

  /** Returns the claims held by a workload that have parts of nodes (R238). */
  ImmutableList<ClaimId> heldParts(Workload workload, Map<ClaimId, Allocation> allocations) {
    return workload.claims().stream()
        .distinct()
        .filter(claim -> isPart(Optional.ofNullable(allocations.get(claim))))
        .sorted()
        .collect(ImmutableList.toImmutableList());
  }

  private boolean isPart(Optional<Allocation> allocation) {
    return allocation.stream()
        .flatMap(each -> each.devices().stream())
        .flatMap(result -> Optional.ofNullable(held.get(result.device())).stream())
        .anyMatch(Device::isPartOfNode);
  }
}
