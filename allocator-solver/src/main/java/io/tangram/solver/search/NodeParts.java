package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.Demands;
import io.tangram.solver.symmetry.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Parts of a part: a few nodes with all devices on them, where no device is seen by two nodes. */
final class NodeParts {

  private final CompiledProblem problem;
  private final Map<Integer, List<Integer>> dedicated;
  private final Map<Integer, List<Integer>> shared;

  NodeParts(CompiledProblem problem, Part part) {
    this.problem = problem;
    this.dedicated = byNode(part.dedicated());
    this.shared = byNode(part.shared());
  }

  private Map<Integer, List<Integer>> byNode(List<Integer> devices) {
    Map<Integer, List<Integer>> byNode = new HashMap<>();
    for (int device : devices) {
      int node = problem.devices().nodesOf(problem.devices().site(device))[0];
      byNode.computeIfAbsent(node, n -> new ArrayList<>()).add(device);
    }
    return byNode;
  }

  /** Returns these nodes with their devices, for these demands. */
  Part part(BitSet nodes, Demands demands) {
    ImmutableList.Builder<Integer> someDedicated = ImmutableList.builder();
    ImmutableList.Builder<Integer> someShared = ImmutableList.builder();
    nodes.stream()
        .forEach(
            node -> {
              someDedicated.addAll(dedicated.getOrDefault(node, List.of()));
              someShared.addAll(shared.getOrDefault(node, List.of()));
            });
    ImmutableList<UnitType> types =
        demands.all().stream()
            .map(Demand::type)
            .distinct()
            .collect(ImmutableList.toImmutableList());
    return new Part(types, someDedicated.build(), someShared.build(), ImmutableList.of(), nodes);
  }
}
