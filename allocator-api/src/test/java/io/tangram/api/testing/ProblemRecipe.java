package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.device.TaintRule;
import io.tangram.api.device.TaintRules;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything random about a problem. Its parts don't depend on each other, so that each can shrink
 * by itself; what a feature needs is drawn whether the feature is in or not.
 *
 * @param features the features to build in
 * @param cluster what concerns the problem as a whole, by {@link ClusterAspect}
 * @param nodes for each node its devices, by {@link DeviceAspect}
 * @param hosts the nodes themselves, by {@link NodeAspect}, at least as many
 * @param network the devices that several nodes see, by {@link DeviceAspect}
 * @param held what is held already, by {@link HeldAspect}
 * @param claims the pending claims
 * @param workloads what workloads want of nodes, and with whom they share claims, by {@link
 *     WorkloadAspect}
 */
record ProblemRecipe(
    Set<Feature> features,
    Draw cluster,
    List<List<Draw>> nodes,
    List<Draw> hosts,
    List<Draw> network,
    List<Draw> held,
    List<ClaimRecipe> claims,
    List<Draw> workloads) {

  /**
   * What is random about a claim.
   *
   * @param draw the claim as a whole, by {@link ClaimAspect}
   * @param requests for each request its alternatives, by {@link RequestAspect}
   */
  record ClaimRecipe(Draw draw, List<List<Draw>> requests) {}

  /** What varies in a problem as a whole. */
  enum ClusterAspect {
    INCOMPLETE_POOL,
    INVALID_POOL,
    INVALID_HOW,
    OLD_POOL,
    OLD_HOW,
    SKIPPING,
    VANISHED_POOL,
    VANISHED_FREE,
    HOPELESS_JOINS,
    HOPELESS_ALTERNATIVE,
    UNSUPPORTED,
    EVICTED,
    GROUP_START,
    GROUP_SIZE,
    GROUP_LEAST,
    GROUP_CONSTRAINTS,
    GROUP_FIRST,
    GROUP_SECOND,
    GROUP_STRENGTH,
    GROUP_RUNNING
  }

  /** What varies between nodes. */
  enum NodeAspect {
    TAINT,
    EFFECT,
    KNOWN,
    CPU,
    SLOTS,
    GPUS,
    BIG_GPUS,
    MEMORY,
    RACK,
    LISTING
  }

  /** What varies between devices. */
  enum DeviceAspect {
    DRIVER,
    MODEL,
    MEMORY,
    CAPACITIES,
    ROOT,
    LIST,
    INDEX,
    TAINT,
    EFFECT,
    SHARED,
    POLICY,
    POLICY_FORM,
    CONDITIONS,
    BOARD_MEMORY,
    LANES,
    BOARD_GROUPS,
    LINK_GROUPS,
    ODD,
    NODES,
    PRESENT,
    SLICE,
    BARRIER,
    CONSUMPTION,
    LINKS,
    NUMA
  }

  /** What varies between held devices. */
  enum HeldAspect {
    DEVICE,
    AMOUNT,
    ADMIN,
    FLIPPED,
    TOLERATION,
    GROUPS
  }

  /** What varies between claims. */
  enum ClaimAspect {
    REQUESTS,
    MATCH,
    DISTINCT,
    SCOPE,
    CREATED,
    JOINS,
    PRIORITY,
    CONFIG,
    HELD_CLAIM,
    EXTENDED,
    LINKS
  }

  /** What varies between requests. */
  enum RequestAspect {
    CLASS,
    SELECTOR,
    COUNT,
    ALL,
    ADMIN,
    LIST,
    TOLERATION,
    CAPACITY,
    AMOUNT,
    FAILING,
    DERIVED,
    DERIVATION
  }

  /** What varies between workloads. */
  enum WorkloadAspect {
    PLAIN,
    CPU,
    SLOTS,
    TOLERATION,
    SELECTOR,
    SHARED,
    ALSO_SHARED,
    HELD_CLAIM,
    PRIORITY,
    CREATED,
    PRESENT,
    GPUS,
    CONTAINERS
  }

  boolean has(Feature feature) {
    return features.contains(feature);
  }

  /** The slices, where a device is to be vacated that a workload uses with its taint (R160). */
  private ImmutableList<ResourceSlice> slices(
      ClusterAssembly cluster, HeldAssembly held, WorkloadAssembly workloads) {
    Set<ClaimId> used = new HashSet<>();
    workloads.workloads().forEach(workload -> used.addAll(workload.claims()));
    List<DeviceId> devices =
        held.allocations().stream()
            .filter(allocation -> used.contains(allocation.claim()))
            .flatMap(allocation -> allocation.devices().stream())
            .map(DeviceAllocation::device)
            .toList();
    if (!has(Feature.EVICTED_CLAIMS) || devices.isEmpty()) {
      return cluster.slices();
    }
    DeviceId evicted = this.cluster.oneOf(ClusterAspect.EVICTED, devices);
    TaintRule.Selection selection =
        new TaintRule.Selection(
            Optional.of(evicted.driver()),
            Optional.of(evicted.pool()),
            Optional.of(evicted.device()));
    Taint taint =
        new Taint(DeviceAssembly.TAINT_KEY, "bad", Taint.Effect.NO_EXECUTE, Optional.empty());
    return TaintRules.of(List.of(new TaintRule("repair", Optional.of(selection), taint)))
        .applyTo(cluster.slices());
  }

  /** Builds the problem. */
  AllocationProblem problem() {
    ClusterAssembly cluster = new ClusterAssembly(this);
    HeldAssembly held = new HeldAssembly(this, cluster.slices());
    ClaimAssembly claims = new ClaimAssembly(this);
    WorkloadAssembly workloads = new WorkloadAssembly(this, claims, held.allocations());
    return AllocationProblem.builder()
        .nodes(cluster.nodes())
        .slices(slices(cluster, held, workloads))
        .deviceClasses(claims.classes())
        .claims(claims.claims())
        .held(held.allocations())
        .workloads(workloads.workloads())
        .groups(workloads.groups())
        .links(LinkAssembly.graphs(this, cluster.slices()))
        .adminNamespaces(ImmutableList.of(ClaimAssembly.ADMIN_NAMESPACE))
        .vanishedDevicesAreFree(
            has(Feature.VANISHED_DEVICES) && this.cluster.oneIn(3, ClusterAspect.VANISHED_FREE))
        .build();
  }
}
