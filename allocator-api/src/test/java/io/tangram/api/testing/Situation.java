package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Quantity;
import java.util.List;
import java.util.Optional;

/**
 * All that decides which units can still be placed.
 *
 * @param usage the devices in use
 * @param taken what the workloads on each node take of its resources, by node and resource
 * @param shared the claims newly allocated that units still to be decided reference
 * @param nodes what nodes are used for, as far as an objective looks at it
 * @param groups the members that are placed of each group that is being decided
 */
record Situation(
    Usage usage,
    ImmutableMap<String, ImmutableMap<String, Quantity>> taken,
    ImmutableMap<ClaimId, SharedClaim> shared,
    NodeUse nodes,
    ImmutableList<GroupMembers> groups) {

  /** Returns the situation in which only this is known. */
  static Situation of(Usage usage, NodeUse nodes, List<GroupMembers> groups) {
    return new Situation(
        usage, ImmutableMap.of(), ImmutableMap.of(), nodes, ImmutableList.copyOf(groups));
  }

  /** Returns this with another usage of devices and nodes, and these groups. */
  Situation with(Usage otherUsage, NodeUse otherNodes, ImmutableList<GroupMembers> otherGroups) {
    return new Situation(otherUsage, taken, shared, otherNodes, otherGroups);
  }

  /** The members of a group that are placed. */
  GroupMembers members(WorkloadGroup group) {
    return groups.stream()
        .filter(each -> each.group().equals(group))
        .findFirst()
        .orElseGet(() -> GroupMembers.none(group));
  }

  /**
   * A claim that is allocated and that other workloads may use.
   *
   * @param node the node for which it is allocated
   * @param selector the nodes on which it can be used; any where absent
   * @param isCarried whether a workload that references it is placed on its node (R194)
   * @param loading the claim itself where its devices take something of nodes
   */
  record SharedClaim(
      String node,
      Optional<NodeSelector> selector,
      boolean isCarried,
      Optional<PlannedClaim> loading) {

    /** Returns a claim that no workload uses yet. */
    static SharedClaim of(PlannedClaim planned) {
      return new SharedClaim(
          planned.node(),
          ResultBuilder.nodeSelector(planned.node(), planned.devices()),
          false,
          Optional.of(planned).filter(PlannedClaim::loadsNodes));
    }

    /** R186. */
    boolean isUsableOn(Node other) {
      return node.equals(other.name()) || selector.map(each -> each.matches(other)).orElse(true);
    }

    /** Returns the claim once a workload on this node uses it. */
    SharedClaim usedOn(Node other) {
      return new SharedClaim(node, selector, isCarried || node.equals(other.name()), loading);
    }
  }
}
