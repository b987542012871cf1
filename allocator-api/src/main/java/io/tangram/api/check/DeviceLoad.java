package io.tangram.api.check;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.MultimapBuilder;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Device;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What devices take of the nodes of their workloads (R239). Each workload takes it for each of its
 * claims, held ones and those it shares included; a claim without a workload takes nothing. A claim
 * with a device that is a part of a node is for one workload, of which a container references it
 * (R238); what is asked for as extended resources comes from containers.
 */
final class DeviceLoad {

  private final AllocationPlan plan;
  private final ClusterIndex cluster;
  private final ImmutableMap<ClaimId, Allocation> held;
  private final ImmutableMap<ClaimId, Claim> pending;

  DeviceLoad(AllocationProblem problem, AllocationPlan plan, ClusterIndex cluster) {
    this.plan = plan;
    this.cluster = cluster;
    this.held = Maps.uniqueIndex(problem.held(), Allocation::claim);
    this.pending = Maps.uniqueIndex(problem.claims(), Claim::id);
  }

  /** Returns what the workload takes by its devices, by resource. */
  Map<String, Quantity> of(Workload workload) {
    Map<String, Quantity> taken = new HashMap<>();
    for (ClaimId claim : ImmutableSet.copyOf(workload.claims())) {
      int containers = workload.containers().getOrDefault(claim, 0);
      for (DeviceAllocation result : results(claim)) {
        Device device = device(claim, result);
        if (device != null) {
          device
              .nodeConsumption()
              .forEach(
                  (resource, consumption) ->
                      taken.merge(
                          resource,
                          quantity(consumption, device, result, containers),
                          Quantity::plus));
        }
      }
    }
    return taken;
  }

  private static Quantity quantity(
      NodeConsumption consumption, Device device, DeviceAllocation result, int containers) {
    BigDecimal amount = consumption.amount(device, result.consumedCapacity(), containers);
    return Quantity.of(amount, Quantity.Format.DECIMAL_SI);
  }

  /** Adds what is wrong with who uses claims with parts of nodes (R238). */
  void requireOneUser(List<Workload> workloads, List<Violation> violations) {
    ListMultimap<ClaimId, Workload> users =
        MultimapBuilder.linkedHashKeys().arrayListValues(1).build();
    for (Workload workload : workloads) {
      if (plan.placements().containsKey(workload.id())) {
        ImmutableSet.copyOf(workload.claims()).forEach(claim -> users.put(claim, workload));
      }
    }
    for (ClaimId claim : users.keySet()) {
      Optional<DeviceAllocation> part =
          results(claim).stream().filter(isPartOfNode(claim)).findFirst();
      if (part.isPresent()) {
        judge(claim, part.get(), users.get(claim)).ifPresent(violations::add);
      }
    }
  }

  private Optional<Violation> judge(ClaimId id, DeviceAllocation part, List<Workload> users) {
    Claim claim = pending.get(id);
    boolean isExtended = claim != null && !claim.extendedResources().isEmpty();
    boolean isReferenced = isExtended || users.get(0).containers().getOrDefault(id, 0) > 0;
    if (users.size() == 1 && isReferenced) {
      return Optional.empty();
    }
    String message =
        users.size() > 1
            ? "is a part of its node, but given to " + users.size() + " workloads at a time"
            : "is a part of its node, but no container of workload "
                + users.get(0).id()
                + " references the claim";
    return Optional.of(
        new Violation(
            "R238", Severity.VIOLATION, Optional.of(id), Optional.of(part.device()), message));
  }

  private Predicate<DeviceAllocation> isPartOfNode(ClaimId claim) {
    return result -> {
      Device device = device(claim, result);
      return device != null && device.isPartOfNode();
    };
  }

  private List<DeviceAllocation> results(ClaimId claim) {
    Allocation allocation = held.getOrDefault(claim, plan.allocations().get(claim));
    return allocation == null ? List.of() : allocation.devices();
  }

  /** The device as the node sees it for which it is given; a held one as it is published last. */
  private @Nullable Device device(ClaimId claim, DeviceAllocation result) {
    PublishedPool pool = cluster.pools().find(result.device().poolId());
    if (pool == null) {
      return null;
    }
    Allocation allocation = plan.allocations().get(claim);
    Optional<DeviceTable> seen =
        Optional.ofNullable(allocation)
            .flatMap(Allocation::node)
            .flatMap(name -> Optional.ofNullable(cluster.node(name)))
            .flatMap(node -> cluster.pools().seenFrom(node, pool.id()))
            .map(PoolView::devices);
    Published published =
        seen.orElseGet(() -> pool.newest().devices()).find(result.device().device());
    return published == null ? null : published.device();
  }
}
