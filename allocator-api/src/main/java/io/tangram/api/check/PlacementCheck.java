package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.AllocationPlan;
import java.util.Optional;

/**
 * A workload is placed on a node that its selectors and tolerations allow, with all its claims: the
 * held ones and those that are allocated for another node can be used there (R186), the other
 * pending ones are allocated there (R194). No held one is to be vacated (R160). A group has its
 * least number of members placed or none, and the topology that it requires.
 *
 * <p>A claim that several workloads reference is allocated with one of them, on the node of that
 * one; the others are placed wherever its node selector allows. So a claim that workloads reference
 * is allocated only where one of them is placed. What a node has of resources is for {@link
 * NodeResourceCheck}.
 */
final class PlacementCheck {

  private final AllocationProblem problem;
  private final AllocationPlan plan;
  private final ClusterIndex cluster;
  private final ImmutableMap<ClaimId, Allocation> held;
  private final ImmutableList.Builder<Violation> violations = ImmutableList.builder();

  PlacementCheck(AllocationProblem problem, AllocationPlan plan, ClusterIndex cluster) {
    this.problem = problem;
    this.plan = plan;
    this.cluster = cluster;
    this.held = Maps.uniqueIndex(problem.held(), Allocation::claim);
  }

  /** Runs the check and returns what is wrong, by workload, claim and group. */
  ImmutableList<Violation> run() {
    for (Workload workload : problem.workloads()) {
      String node = plan.placements().get(workload.id());
      if (node != null) {
        requirePlace(workload, node);
      }
    }
    requireCarriers();
    problem.groups().forEach(this::requireMembers);
    GroupSpread.all(problem, plan, cluster).flatMap(GroupSpread::faults).forEach(this::report);
    return violations.build();
  }

  private void requirePlace(Workload workload, String name) {
    String placed = "workload " + workload.id() + " is placed on node " + name;
    Node node = cluster.node(name);
    if (node == null) {
      report(placed + ", which is not there");
      return;
    }
    if (!workload.unsupported().isEmpty()) {
      report(placed + ", but not supported is " + String.join(", ", workload.unsupported()));
    }
    for (NodeSelector selector : workload.nodeSelectors()) {
      if (!selector.matches(node)) {
        report(placed + ", but may use only nodes with " + selector);
      }
    }
    for (Taint taint : node.taints()) {
      if (taint.blocksAllocation()
          && workload.tolerations().stream().noneMatch(each -> each.tolerates(taint))) {
        report(placed + ", which has taint " + taint + ", and doesn't tolerate it");
      }
    }
    ImmutableSet.copyOf(workload.claims())
        .forEach(claim -> requireUsable(claim, node, "workload " + workload.id()));
  }

  private void requireUsable(ClaimId claim, Node node, String workload) {
    Allocation before = held.get(claim);
    Allocation allocation = before == null ? plan.allocations().get(claim) : before;
    if (allocation == null) {
      report("R194", claim, "is not allocated, but " + workload + ", which needs it, is placed");
      return;
    }
    if (before != null) {
      requireStays(before, workload);
    }
    boolean isForNode = before == null && allocation.node().filter(node.name()::equals).isPresent();
    boolean canBeUsed =
        allocation.nodeSelector().map(selector -> selector.matches(node)).orElse(true);
    if (!isForNode && !canBeUsed) {
      report(
          "R186",
          claim,
          "can't be used on node " + node.name() + ", where " + workload + " is placed");
    }
  }

  /** Every workload that is to be placed is new, so that none may use a claim that has to go. */
  private void requireStays(Allocation allocation, String workload) {
    for (DeviceAllocation result : allocation.devices()) {
      PublishedPool pool = cluster.pools().find(result.device().poolId());
      Published published =
          pool == null ? null : pool.newest().devices().find(result.device().device());
      if (published == null) {
        continue;
      }
      for (Taint taint : published.device().taints()) {
        if (taint.effect() == Taint.Effect.NO_EXECUTE
            && result.tolerations().stream().noneMatch(each -> each.tolerates(taint))) {
          violations.add(
              new Violation(
                  "R160",
                  Severity.VIOLATION,
                  Optional.of(allocation.claim()),
                  Optional.of(result.device()),
                  "has taint "
                      + taint
                      + ", which is not tolerated, but "
                      + workload
                      + " is to use it"));
        }
      }
    }
  }

  private void requireCarriers() {
    ImmutableListMultimap.Builder<ClaimId, Workload> byClaim = ImmutableListMultimap.builder();
    for (Workload workload : problem.workloads()) {
      workload.claims().forEach(claim -> byClaim.put(claim, workload));
    }
    byClaim
        .build()
        .asMap()
        .forEach(
            (claim, users) -> {
              Allocation allocation = plan.allocations().get(claim);
              if (allocation != null
                  && users.stream().noneMatch(user -> carries(user, allocation))) {
                report(
                    "R194",
                    claim,
                    "is allocated for "
                        + allocation.node().map(node -> "node " + node).orElse("no node")
                        + ", but no workload that references it is placed there");
              }
            });
  }

  private boolean carries(Workload workload, Allocation allocation) {
    return Optional.ofNullable(plan.placements().get(workload.id()))
        .filter(node -> allocation.node().filter(node::equals).isPresent())
        .isPresent();
  }

  private void requireMembers(WorkloadGroup group) {
    long placed = group.members().stream().filter(plan.placements()::containsKey).count();
    if (placed > 0 && placed < group.minMembers()) {
      report(
          "group %s has %d members placed; none may be without %d"
              .formatted(group.id(), placed, group.minMembers()));
    }
  }

  private void report(String message) {
    violations.add(Violation.of(PlanChecker.PLACEMENT, message));
  }

  private void report(String rule, ClaimId claim, String message) {
    violations.add(
        new Violation(rule, Severity.VIOLATION, Optional.of(claim), Optional.empty(), message));
  }
}
