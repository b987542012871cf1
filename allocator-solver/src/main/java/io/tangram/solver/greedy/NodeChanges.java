package io.tangram.solver.greedy;

import io.tangram.api.device.PoolId;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.PoolView;
import io.tangram.solver.plan.Placement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lists, one after the other, the nodes on which something was taken or given back: a device of a
 * pool that the node sees, counters behind it, which nodes that see other devices of the pool draw
 * on too (R121), or resources of the node itself.
 */
final class NodeChanges {

  private final CompiledProblem problem;
  private final Map<PoolId, IntList> nodesByPool = new HashMap<>();
  private final IntList changed = new IntList();
  private final BitSet givenBack = new BitSet();

  NodeChanges(CompiledProblem problem) {
    this.problem = problem;
    for (int node = 0; node < problem.nodes(); node++) {
      for (PoolView view : problem.pools().onNode(node)) {
        nodesByPool.computeIfAbsent(view.pool().id(), pool -> new IntList()).add(node);
      }
    }
  }

  /** How many changes there are. */
  int size() {
    return changed.size();
  }

  /** The node of the i-th change. */
  int node(int i) {
    return changed.get(i);
  }

  /** Whether the i-th change gave something back, so that there is more room than before. */
  boolean isGivenBack(int i) {
    return givenBack.get(i);
  }

  /** Adds what a placement changes that is taken back; returns the nodes. */
  BitSet addTakenBack(Placement placement) {
    BitSet nodes = nodes(placement);
    givenBack.set(changed.size(), changed.size() + nodes.cardinality());
    nodes.stream().forEach(changed::add);
    return nodes;
  }

  /** Adds what a placement changes. */
  void add(Placement placement) {
    nodes(placement).stream().forEach(changed::add);
  }

  private BitSet nodes(Placement placement) {
    Set<PoolId> pools = new HashSet<>();
    placement.choices().stream()
        .flatMap(claim -> claim.stream())
        .forEach(
            choice ->
                choice
                    .devices()
                    .forEach(device -> pools.add(problem.devices().slice(device).pool())));
    BitSet nodes = new BitSet();
    nodes.set(placement.node());
    for (PoolId pool : pools) {
      IntList seeing = nodesByPool.getOrDefault(pool, new IntList());
      for (int i = 0; i < seeing.size(); i++) {
        nodes.set(seeing.get(i));
      }
    }
    return nodes;
  }
}
