package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.Demands;
import io.tangram.solver.symmetry.Part;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Cuts a part of the problem down to some of its nodes. */
final class NodeCut {

  private final CompiledProblem problem;
  private final Part part;
  private final ImmutableListMultimap<Integer, Integer> dedicated;
  private final ImmutableListMultimap<Integer, Integer> shared;
  private final ImmutableListMultimap<Integer, Integer> bystanders;

  NodeCut(CompiledProblem problem, Part part) {
    this.problem = problem;
    this.part = part;
    this.dedicated = Multimaps.index(part.dedicated(), problem.devices()::site);
    this.shared = Multimaps.index(part.shared(), problem.devices()::site);
    this.bystanders = Multimaps.index(part.bystanders(), problem.devices()::site);
  }

  /**
   * Whether what is placed on a node touches no other: devices and counters belong to one node, no
   * unit is placed only if others are, wherever these are, and no common claim without devices
   * serves units on any nodes.
   */
  boolean isClean() {
    if (part.types().stream().anyMatch(type -> type.gang().isPresent() || servesAnyNode(type))) {
      return false;
    }
    DeviceTable devices = problem.devices();
    Map<Integer, Integer> nodeOfSet = new HashMap<>();
    for (List<Integer> some : List.of(part.dedicated(), part.shared(), part.bystanders())) {
      for (int device : some) {
        int site = devices.site(device);
        if (devices.nodesOf(site).length != 1) {
          return false;
        }
        for (int set : devices.sets(device)) {
          if (nodeOfSet.computeIfAbsent(set, s -> site) != site) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean servesAnyNode(UnitType type) {
    return type.isCommon()
        && part.nodes().stream().anyMatch(node -> type.claimsForDevices(node) == 0);
  }

  /** Returns what the demands may take on these nodes, as a part of its own; it must be clean. */
  Part to(BitSet nodes, Demands demands) {
    ImmutableList<UnitType> types =
        demands.all().stream()
            .map(Demand::type)
            .distinct()
            .collect(ImmutableList.toImmutableList());
    return new Part(types, on(nodes, dedicated), on(nodes, shared), on(nodes, bystanders), nodes);
  }

  private static ImmutableList<Integer> on(
      BitSet nodes, ImmutableListMultimap<Integer, Integer> devicesOfNode) {
    return nodes.stream()
        .boxed()
        .flatMap(node -> devicesOfNode.get(node).stream())
        .collect(ImmutableList.toImmutableList());
  }
}
