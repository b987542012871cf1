package io.tangram.solver.diagnose;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.ExcludedNodes;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the nodes on which workloads may not be, by what rules them out. Not thread-safe. */
final class NodeExclusions {

  private final AllocationProblem problem;
  private final Map<ClaimId, Allocation> held = new HashMap<>();
  private final Map<List<Object>, ExcludedNodes> known = new HashMap<>();

  NodeExclusions(AllocationProblem problem) {
    this.problem = problem;
    problem.held().forEach(allocation -> held.put(allocation.claim(), allocation));
  }

  /** The reason of a unit that fits on none of the nodes that it may be placed on. */
  Reason reason(Unit unit) {
    int nodes = problem.nodes().size();
    ExcludedNodes excluded = unit.workload().map(this::of).orElse(ExcludedNodes.NONE);
    return new Reason.NodesExcluded(nodes - excluded.count(), nodes, excluded);
  }

  private ExcludedNodes of(Workload workload) {
    ImmutableList<NodeSelector> ofHeldClaims =
        workload.claims().stream()
            .map(held::get)
            .filter(allocation -> allocation != null)
            .flatMap(allocation -> allocation.nodeSelector().stream())
            .collect(ImmutableList.toImmutableList());
    return known.computeIfAbsent(
        List.of(workload.nodeSelectors(), workload.tolerations(), ofHeldClaims),
        key -> count(workload, ofHeldClaims));
  }

  private ExcludedNodes count(Workload workload, List<NodeSelector> ofHeldClaims) {
    Multiset<NodeSelector> selectors = LinkedHashMultiset.create();
    Multiset<Taint> taints = LinkedHashMultiset.create();
    int bySelectors = 0;
    int byClaims = 0;
    int unschedulable = 0;
    int byTaints = 0;
    for (Node node : problem.nodes()) {
      List<NodeSelector> against =
          workload.nodeSelectors().stream().filter(each -> !each.matches(node)).toList();
      List<Taint> untolerated = untolerated(workload, node);
      if (!against.isEmpty()) {
        bySelectors++;
        selectors.addAll(against);
      } else if (!ofHeldClaims.stream().allMatch(selector -> selector.matches(node))) {
        byClaims++;
      } else if (untolerated.stream().anyMatch(t -> t.key().equals(Taint.UNSCHEDULABLE))) {
        unschedulable++;
      } else if (!untolerated.isEmpty()) {
        byTaints++;
        taints.addAll(untolerated);
      }
    }
    return new ExcludedNodes(
        bySelectors,
        mostFrequent(selectors),
        byClaims,
        unschedulable,
        byTaints,
        mostFrequent(taints));
  }

  /** The taints in the way, without the times at which they were added. */
  private static List<Taint> untolerated(Workload workload, Node node) {
    return node.taints().stream()
        .filter(Taint::blocksAllocation)
        .filter(taint -> workload.tolerations().stream().noneMatch(t -> t.tolerates(taint)))
        .map(taint -> new Taint(taint.key(), taint.value(), taint.effect(), Optional.empty()))
        .toList();
  }

  private static <T> Optional<T> mostFrequent(Multiset<T> counted) {
    return Multisets.copyHighestCountFirst(counted).elementSet().stream().findFirst();
  }
}
