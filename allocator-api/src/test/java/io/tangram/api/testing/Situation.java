package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Quantity;
import java.util.Optional;

/**
 * All that decides which units can still be placed.
 *
 * @param usage the devices in use
 * @param taken what the workloads on each node take of its resources, by node and resource
 * @param shared the claims newly allocated that units still to be decided reference
 * @param nodes what nodes are used for, as far as an objective looks at it
 * @param members how many members are placed of the group that is being decided
 */
record Situation(
    Usage usage,
    ImmutableMap<String, ImmutableMap<String, Quantity>> taken,
    ImmutableMap<ClaimId, SharedClaim> shared,
    NodeUse nodes,
    int members) {

  /** Returns the situation in which only this is known. */
  static Situation of(Usage usage, NodeUse nodes) {
    return new Situation(usage, ImmutableMap.of(), ImmutableMap.of(), nodes, 0);
  }

  /** Returns this with another usage of devices and nodes. */
  Situation with(Usage otherUsage, NodeUse otherNodes) {
    return new Situation(otherUsage, taken, shared, otherNodes, members);
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
