package io.tangram.solver.greedy;

import io.tangram.api.device.PoolId;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.PoolView;
import io.tangram.solver.plan.Placement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts how often something was taken that a node may miss: a device of a pool that the node sees,
 * or counters behind it, which nodes that see other devices of the pool draw on too (R121).
 */
final class NodeChanges {

  private final CompiledProblem problem;
  private final Map<PoolId, IntList> nodesByPool = new HashMap<>();
  private final int[] changes;

  NodeChanges(CompiledProblem problem) {
    this.problem = problem;
    this.changes = new int[problem.nodes()];
    for (int node = 0; node < changes.length; node++) {
      for (PoolView view : problem.pools().onNode(node)) {
        nodesByPool.computeIfAbsent(view.pool().id(), pool -> new IntList()).add(node);
      }
    }
  }

  /** How often the node changed. */
  int of(int node) {
    return changes[node];
  }

  /** Counts the change that a placement is. */
  void count(Placement placement) {
    Set<PoolId> pools = new HashSet<>();
    placement.choices().stream()
        .flatMap(claim -> claim.stream())
        .forEach(
            choice ->
                choice
                    .devices()
                    .forEach(device -> pools.add(problem.devices().slice(device).pool())));
    for (PoolId pool : pools) {
      IntList nodes = nodesByPool.getOrDefault(pool, new IntList());
      for (int i = 0; i < nodes.size(); i++) {
        changes[nodes.get(i)]++;
      }
    }
  }
}
