package io.tangram.api;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.topology.LinkGraph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.immutables.value.Value;

/**
 * A cluster and what is wanted of it. Immutable; {@link ImmutableAllocationProblem}'s {@code with}
 * methods give a changed problem that shares what did not change.
 */
@Value.Immutable
public interface AllocationProblem {

  /** The nodes, of distinct names. */
  ImmutableList<Node> nodes();

  /**
   * The slices, as published: older generations, incomplete and invalid pools included. Two of one
   * name are two slices (R20).
   */
  ImmutableList<ResourceSlice> slices();

  /** The device classes, of distinct names. */
  ImmutableList<DeviceClass> deviceClasses();

  /** The pending claims, of distinct identities, in input order. */
  ImmutableList<Claim> claims();

  /**
   * The allocations that claims hold already, in-flight ones included. None of their claims is
   * pending. A device that no slice publishes any more stays blocked (R94).
   */
  ImmutableList<Allocation> held();

  /**
   * The claims behind held allocations, as far as they are known, by identity. Allocating needs
   * none of them; judging what is held does.
   */
  ImmutableMap<ClaimId, Claim> heldClaims();

  /** The workloads that reference claims, of distinct identities, in input order. */
  ImmutableList<Workload> workloads();

  /** Groups of workloads that are placed together, of distinct identities and members. */
  ImmutableList<WorkloadGroup> groups();

  /**
   * How the devices of nodes are joined, by the name of the node, where more is known than
   * {@linkplain io.tangram.api.topology.DeviceLinks what follows from their attributes}; of other
   * nodes that is what is known. A graph stands for all that is known of its node; what it says of
   * devices that are not published for the node by its name doesn't count, nor do graphs of other
   * names.
   */
  ImmutableMap<String, LinkGraph<DeviceId>> links();

  /** The namespaces that are allowed administrative access (R81). */
  ImmutableSet<String> adminNamespaces();

  /**
   * Whether held devices that no slice publishes any more draw on no counters. By default their
   * draw is unknown, and no counter-consuming device of their pool is given on the nodes the pool
   * serves (R116).
   */
  @Value.Default
  default boolean vanishedDevicesAreFree() {
    return false;
  }

  /**
   * Refuses problems that name one thing twice or reference what isn't there.
   *
   * @throws IllegalArgumentException on two nodes, classes, claims or workloads of one name, a
   *     claim both pending and held, a held claim without an allocation, a workload that references
   *     an unknown claim, two groups of one identity, a group that references an unknown workload
   *     or one of another group, or whose members differ in priority, or a claim for {@linkplain
   *     Claim#extendedResources extended resources} that several workloads reference, that stands
   *     for one that its workload doesn't take, or that names a class that is not there
   */
  @Value.Check
  default void check() {
    Set<String> nodeNames = new HashSet<>();
    nodes().forEach(node -> requireNew(nodeNames, node.name(), "node"));
    Set<String> classNames = new HashSet<>();
    deviceClasses().forEach(each -> requireNew(classNames, each.name(), "device class"));
    Set<ClaimId> claimIds = new HashSet<>();
    claims().forEach(claim -> requireNew(claimIds, claim.id(), "claim"));
    held().forEach(allocation -> requireNew(claimIds, allocation.claim(), "claim"));
    requireHeld();
    Set<WorkloadId> workloadIds = new HashSet<>();
    for (Workload workload : workloads()) {
      requireNew(workloadIds, workload.id(), "workload");
      for (ClaimId claim : workload.claims()) {
        if (!claimIds.contains(claim)) {
          throw new IllegalArgumentException(
              "Workload " + workload.id() + " references claim " + claim + ", which is not there.");
        }
      }
    }
    requireExtendedResources(classNames);
    requireGroups();
  }

  private void requireGroups() {
    Map<WorkloadId, Workload> byId = new HashMap<>();
    workloads().forEach(workload -> byId.put(workload.id(), workload));
    Set<WorkloadGroupId> ids = new HashSet<>();
    Map<WorkloadId, WorkloadGroupId> groupOf = new HashMap<>();
    for (WorkloadGroup group : groups()) {
      requireNew(ids, group.id(), "group");
      Set<Integer> priorities = new TreeSet<>();
      for (WorkloadId member : group.members()) {
        Workload workload = byId.get(member);
        if (workload == null) {
          throw new IllegalArgumentException(
              "Group " + group.id() + " references workload " + member + ", which is not there.");
        }
        priorities.add(workload.priority());
        WorkloadGroupId other = groupOf.put(member, group.id());
        if (other != null) {
          throw new IllegalArgumentException(
              "Workload "
                  + member
                  + " is in the groups "
                  + other
                  + " and "
                  + group.id()
                  + "; a workload is in one group at most.");
        }
      }
      if (priorities.size() > 1) {
        throw new IllegalArgumentException(
            "Group " + group.id() + " has members of priorities " + priorities + "; give all one.");
      }
    }
  }

  private void requireExtendedResources(Set<String> classNames) {
    ListMultimap<ClaimId, Workload> users = MultimapBuilder.hashKeys().arrayListValues(1).build();
    List<Claim> extended =
        claims().stream().filter(claim -> !claim.extendedResources().isEmpty()).toList();
    if (!extended.isEmpty()) {
      workloads()
          .forEach(workload -> workload.claims().forEach(claim -> users.put(claim, workload)));
    }
    extended.forEach(claim -> ExtendedClaims.require(claim, users.get(claim.id()), classNames));
  }

  private void requireHeld() {
    Set<ClaimId> holders = new HashSet<>();
    held().forEach(allocation -> holders.add(allocation.claim()));
    heldClaims()
        .forEach(
            (id, claim) -> {
              if (!id.equals(claim.id())) {
                throw new IllegalArgumentException(
                    "Held claim " + claim.id() + " is listed as " + id + "; list it as itself.");
              }
              if (!holders.contains(id)) {
                throw new IllegalArgumentException(
                    "Held claim " + id + " has no allocation; give it one, or list it as pending.");
              }
            });
  }

  private static <T> void requireNew(Set<T> seen, T name, String what) {
    if (!seen.add(name)) {
      throw new IllegalArgumentException(
          "The problem has two " + what + "s called " + name + "; names are unique.");
    }
  }

  /** Returns an empty builder. */
  static ImmutableAllocationProblem.Builder builder() {
    return ImmutableAllocationProblem.builder();
  }
}
