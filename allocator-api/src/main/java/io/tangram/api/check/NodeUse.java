package io.tangram.api.check;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multiset;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.plan.AllocationPlan;
import java.util.HashSet;
import java.util.Set;

/**
 * Which nodes are in use and how many claims are on each: before a plan, by devices that are held
 * and that only one node sees, and by the plan.
 */
final class NodeUse {

  private final Multiset<String> held = HashMultiset.create();
  private final Multiset<String> planned = HashMultiset.create();
  private final Set<String> used = new HashSet<>();

  NodeUse(AllocationProblem problem, AllocationPlan plan, ClusterIndex cluster) {
    for (Allocation allocation : problem.held()) {
      Set<String> nodes = new HashSet<>();
      for (DeviceAllocation result : allocation.devices()) {
        if (!result.adminAccess()) {
          cluster
              .sight(result.device().poolId())
              .onlyNode(result.device().device())
              .ifPresent(nodes::add);
        }
      }
      held.addAll(nodes);
    }
    for (Allocation allocation : plan.allocations().values()) {
      if (!allocation.devices().isEmpty()) {
        planned.add(allocation.node().orElseThrow());
      }
    }
    used.addAll(planned.elementSet());
    used.addAll(plan.placements().values());
  }

  /** Returns the nodes that the plan takes into use. */
  ImmutableSet<String> newlyUsed() {
    return Sets.difference(used, held.elementSet()).immutableCopy();
  }

  /** Returns by how much the plan raises the sum of the squares of the numbers of claims. */
  long unevenness() {
    long growth = 0;
    for (Multiset.Entry<String> each : planned.entrySet()) {
      long before = held.count(each.getElement());
      long after = before + each.getCount();
      growth += after * after - before * before;
    }
    return growth;
  }
}
