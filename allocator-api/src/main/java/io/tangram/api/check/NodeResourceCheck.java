package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The workloads placed on a node together take no more of a resource than the node has available;
 * one that takes nothing of it, or less, needs nothing of it, and neither does one that has devices
 * instead (R216). What its devices take counts with what it takes itself (R239).
 */
final class NodeResourceCheck {

  private final AllocationProblem problem;
  private final AllocationPlan plan;
  private final ImmutableMap<String, Node> nodes;
  private final ImmutableMap<ClaimId, Claim> claims;
  private final DeviceLoad devices;

  NodeResourceCheck(AllocationProblem problem, AllocationPlan plan, ClusterIndex cluster) {
    this.problem = problem;
    this.plan = plan;
    this.nodes = Maps.uniqueIndex(problem.nodes(), Node::name);
    this.claims = Maps.uniqueIndex(problem.claims(), Claim::id);
    this.devices = new DeviceLoad(problem, plan, cluster);
  }

  /** Runs the check and returns what is wrong, by node. */
  ImmutableList<Violation> run() {
    Map<String, Map<String, Quantity>> taken = taken();
    List<Violation> violations = new ArrayList<>();
    devices.requireOneUser(problem.workloads(), violations);
    for (Node node : problem.nodes()) {
      ImmutableMap<String, Quantity> available = node.available().orElse(null);
      if (available != null) {
        taken
            .getOrDefault(node.name(), Map.of())
            .forEach(
                (resource, sum) -> {
                  Quantity left = available.getOrDefault(resource, Quantity.ZERO);
                  if (sum.compareTo(left) > 0) {
                    violations.add(overdrawn(node.name(), resource, sum, left));
                  }
                });
      }
    }
    return ImmutableList.copyOf(violations);
  }

  /** Returns what is taken of each resource, by node. */
  private Map<String, Map<String, Quantity>> taken() {
    Map<String, Map<String, Quantity>> taken = new HashMap<>();
    for (Workload workload : problem.workloads()) {
      Node node = nodes.get(plan.placements().getOrDefault(workload.id(), ""));
      if (node != null) {
        Map<String, Quantity> ofNode =
            taken.computeIfAbsent(node.name(), n -> new LinkedHashMap<>());
        add(workload.resourcesOn(node, claims(workload)), ofNode);
        add(devices.of(workload), ofNode);
      }
    }
    return taken;
  }

  private static void add(Map<String, Quantity> taken, Map<String, Quantity> sums) {
    taken.forEach(
        (resource, amount) -> {
          if (amount.signum() > 0) {
            sums.merge(resource, amount, Quantity::plus);
          }
        });
  }

  private List<Claim> claims(Workload workload) {
    return workload.claims().stream().map(claims::get).filter(Objects::nonNull).toList();
  }

  private static Violation overdrawn(String node, String resource, Quantity sum, Quantity left) {
    return Violation.of(
        PlanChecker.PLACEMENT,
        "the workloads placed on node %s take %s of %s, of which %s is available"
            .formatted(node, sum, resource, left));
  }
}
