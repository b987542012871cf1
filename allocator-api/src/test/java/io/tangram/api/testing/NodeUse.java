package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a plan uses nodes for.
 *
 * @param claims the nodes with a workload or with devices that are given, with the number of claims
 *     that have devices there
 */
record NodeUse(ImmutableMap<String, Integer> claims) {

  static final NodeUse NONE = new NodeUse(ImmutableMap.of());

  /** Returns this and what the placement uses nodes for. */
  NodeUse plus(Placement placement) {
    NodeUse before =
        placement.unit().workload().isPresent() ? plus(placement.node().name(), 0) : this;
    return before.plus(placement.claims());
  }

  /** Returns this and these claims. */
  NodeUse plus(List<PlannedClaim> more) {
    NodeUse sum = this;
    for (PlannedClaim claim : more) {
      if (!claim.devices().isEmpty()) {
        sum = sum.plus(claim.node(), 1);
      }
    }
    return sum;
  }

  /** Returns this and so many claims on a node, which is in use now. */
  NodeUse plus(String node, int more) {
    Map<String, Integer> sum = new HashMap<>(claims);
    sum.merge(node, more, Integer::sum);
    return new NodeUse(ImmutableMap.copyOf(sum));
  }

  /** Returns the use of these nodes. */
  NodeUse only(Set<String> nodes) {
    return nodes.containsAll(claims.keySet())
        ? this
        : new NodeUse(ImmutableMap.copyOf(Maps.filterKeys(claims, nodes::contains)));
  }
}
