package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.plan.Placement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which units are on which nodes, while that is being changed. Not thread-safe. */
final class PlacedUnits {

  private final Map<Integer, Map<Unit, Placement>> onNode = new LinkedHashMap<>();
  private final Map<Unit, Integer> nodeOf = new HashMap<>();

  PlacedUnits(List<Placement> placements) {
    placements.forEach(this::add);
  }

  private void add(Placement placement) {
    onNode
        .computeIfAbsent(placement.node(), node -> new LinkedHashMap<>())
        .put(placement.unit(), placement);
    nodeOf.put(placement.unit(), placement.node());
  }

  private void remove(Placement placement) {
    onNode.getOrDefault(placement.node(), Map.of()).remove(placement.unit());
    nodeOf.remove(placement.unit());
  }

  /** Takes some placements off, and has others instead. */
  void replace(List<Placement> before, List<Placement> after) {
    before.forEach(this::remove);
    after.forEach(this::add);
  }

  boolean isPlaced(Unit unit) {
    return nodeOf.containsKey(unit);
  }

  /** The node of a unit that is placed. */
  int nodeOf(Unit unit) {
    Integer node = nodeOf.get(unit);
    if (node == null) {
      throw new IllegalArgumentException("Unit " + unit.order() + " has no place.");
    }
    return node;
  }

  /** What is on some nodes. */
  ImmutableList<Placement> on(BitSet nodes) {
    return nodes.stream()
        .boxed()
        .flatMap(node -> onNode.getOrDefault(node, Map.of()).values().stream())
        .collect(ImmutableList.toImmutableList());
  }

  /** All placements. */
  ImmutableList<Placement> placements() {
    return onNode.values().stream()
        .flatMap(each -> each.values().stream())
        .collect(ImmutableList.toImmutableList());
  }
}
