package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Node;
import io.tangram.api.plan.AllocationPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pending claims of a workload are allocated together on one node or not at all (R194), where
 * its held claims can be used (R186); a group has its least number of members or none.
 *
 * <p>A claim that several workloads reference is allocated with one of them, on the node of that
 * one; the others may run wherever its node selector allows. So an allocated claim that workloads
 * reference needs a workload that is admitted on the claim's node, and a workload of which some
 * claims are allocated for the sake of others is merely not admitted.
 */
final class WorkloadCheck {

  private final AllocationProblem problem;
  private final AllocationPlan plan;
  private final ClusterIndex cluster;
  private final ImmutableMap<ClaimId, Allocation> held;
  private final ImmutableListMultimap<ClaimId, Workload> users;
  private final ImmutableSet<WorkloadId> admitted;
  private final ImmutableSet<ClaimId> carried;

  WorkloadCheck(AllocationProblem problem, AllocationPlan plan, ClusterIndex cluster) {
    this.problem = problem;
    this.plan = plan;
    this.cluster = cluster;
    this.held = Maps.uniqueIndex(problem.held(), Allocation::claim);
    ImmutableListMultimap.Builder<ClaimId, Workload> byClaim = ImmutableListMultimap.builder();
    for (Workload workload : problem.workloads()) {
      workload.claims().forEach(claim -> byClaim.put(claim, workload));
    }
    this.users = byClaim.build();
    Map<WorkloadId, ImmutableSet<String>> nodes = new HashMap<>();
    for (Workload workload : problem.workloads()) {
      nodes.put(workload.id(), nodesOf(workload));
    }
    this.admitted = admitted(nodes);
    Set<ClaimId> allocatedWithWorkload = new HashSet<>();
    for (Workload workload : problem.workloads()) {
      if (admitted.contains(workload.id())) {
        for (ClaimId claim : workload.claims()) {
          Allocation allocation = plan.allocations().get(claim);
          ImmutableSet<String> own = nodes.getOrDefault(workload.id(), ImmutableSet.of());
          if (allocation != null && allocation.node().filter(own::contains).isPresent()) {
            allocatedWithWorkload.add(claim);
          }
        }
      }
    }
    this.carried = ImmutableSet.copyOf(allocatedWithWorkload);
  }

  /** The workloads whose pending claims are all allocated as they need them. */
  ImmutableSet<WorkloadId> admitted() {
    return admitted;
  }

  /** Returns a violation for each claim that is allocated for the sake of no workload. */
  ImmutableList<Violation> run() {
    ImmutableList.Builder<Violation> violations = ImmutableList.builder();
    for (Claim claim : problem.claims()) {
      boolean allocated = plan.allocations().containsKey(claim.id());
      if (allocated && !users.get(claim.id()).isEmpty() && !carried.contains(claim.id())) {
        violations.add(
            new Violation(
                "R194",
                Severity.VIOLATION,
                Optional.of(claim.id()),
                Optional.empty(),
                "is allocated, but no workload that references it has all its claims on that node"
                    + " and, in a group, enough other members placed"));
      }
    }
    return violations.build();
  }

  /** Returns the nodes on which the plan lets the workload run, judged by its claims. */
  private ImmutableSet<String> nodesOf(Workload workload) {
    ImmutableSet.Builder<String> nodes = ImmutableSet.builder();
    for (ClaimId claim : workload.claims()) {
      Allocation allocation = plan.allocations().get(claim);
      if (allocation != null) {
        allocation.node().filter(node -> canRun(workload, node)).ifPresent(nodes::add);
      } else if (!held.containsKey(claim)) {
        return ImmutableSet.of();
      }
    }
    return nodes.build();
  }

  private boolean canRun(Workload workload, String name) {
    Node node = cluster.node(name);
    return node != null
        && workload.claims().stream().allMatch(claim -> isUsable(workload, claim, node));
  }

  private boolean isUsable(Workload workload, ClaimId claim, Node node) {
    Allocation planned = plan.allocations().get(claim);
    if (planned == null) {
      Allocation before = held.get(claim);
      return before != null && allows(before, node);
    }
    boolean withThisWorkload = planned.node().filter(node.name()::equals).isPresent();
    boolean withAnother =
        users.get(claim).stream().anyMatch(user -> !user.id().equals(workload.id()));
    return withThisWorkload || (withAnother && allows(planned, node));
  }

  private static boolean allows(Allocation allocation, Node node) {
    return allocation.nodeSelector().map(selector -> selector.matches(node)).orElse(true);
  }

  private ImmutableSet<WorkloadId> admitted(Map<WorkloadId, ImmutableSet<String>> nodes) {
    Set<WorkloadId> placed = new HashSet<>();
    for (Workload workload : problem.workloads()) {
      boolean wantsNothing = workload.claims().stream().allMatch(held::containsKey);
      if (wantsNothing || !nodes.getOrDefault(workload.id(), ImmutableSet.of()).isEmpty()) {
        placed.add(workload.id());
      }
    }
    Set<WorkloadId> ready = new HashSet<>(placed);
    for (WorkloadGroup group : problem.groups()) {
      if (group.members().stream().filter(placed::contains).count() < group.minMembers()) {
        group.members().forEach(ready::remove);
      }
    }
    return ImmutableSet.copyOf(ready);
  }
}
