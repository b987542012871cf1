package io.tangram.solver.symmetry;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import com.google.common.primitives.Longs;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Nodes that need not be told apart. Those of one kind are called by the first of them. Nodes not
 * in use before are alike if they have components and devices of the same classes and the same
 * price; since nothing is held on them, there are few kinds.
 */
public final class NodeKinds {

  private final int[] kindOf;
  private final int[] sizes;

  private NodeKinds(int[] kindOf) {
    this.kindOf = kindOf;
    this.sizes = new int[kindOf.length];
    for (int kind : kindOf) {
      sizes[kind]++;
    }
  }

  /** Whether each kind is one node. */
  public boolean tellAllApart() {
    for (int node = 0; node < kindOf.length; node++) {
      if (kindOf[node] != node) {
        return false;
      }
    }
    return true;
  }

  /** Returns kinds of one node each. */
  public static NodeKinds each(int nodes) {
    int[] kindOf = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      kindOf[node] = node;
    }
    return new NodeKinds(kindOf);
  }

  /**
   * Returns kinds to whose nodes units of one device can be dealt as one likes: a plan for a number
   * of such nodes is one for any so many. Nodes in use before are alike whatever they have.
   *
   * @param types the types of the units, which tell nodes apart by where they may be
   * @param supply what each node has; every device must be seen by one node only
   */
  public static NodeKinds forSingleDevices(
      CompiledProblem problem, List<UnitType> types, Supply supply, ReadNodes nodes) {
    List<Multiset<Object>> contents = contents(problem, supply);
    return by(
        problem.nodes(),
        node ->
            nodes.held().isInUse(node)
                ? List.of(allowed(types, node))
                : List.of(allowed(types, node), contents.get(node), nodes.price(node)));
  }

  /** Returns kinds by what nodes have and cost, whoever may use them. */
  public static NodeKinds byContents(CompiledProblem problem, Supply supply, ReadNodes nodes) {
    return forSingleDevices(problem, List.of(), supply, nodes);
  }

  /**
   * Returns kinds of nodes whose names could be exchanged in every plan, as far as devices and
   * resources go.
   *
   * @param types the types of all units
   * @param supply what each node has; every device must be seen by one node only
   */
  public static NodeKinds alike(CompiledProblem problem, List<UnitType> types, Supply supply) {
    return by(problem.nodes(), alikeBy(problem, types, supply));
  }

  private static IntFunction<Object> alikeBy(
      CompiledProblem problem, List<UnitType> types, Supply supply) {
    List<Multiset<Object>> contents = contents(problem, supply);
    return node ->
        List.of(
            allowed(types, node),
            contents.get(node),
            Longs.asList(problem.resources().available(node)),
            types.stream().filter(UnitType::dependsOnNode).map(type -> type.asking(node)).toList());
  }

  /** Returns kinds of nodes whose names could be exchanged in every plan, also for objectives. */
  public static NodeKinds twins(
      CompiledProblem problem, List<UnitType> types, Supply supply, ReadNodes nodes) {
    IntFunction<Object> alike = alikeBy(problem, types, supply);
    return by(
        problem.nodes(),
        node ->
            nodes.held().isInUse(node)
                ? List.of(node)
                : List.of(alike.apply(node), nodes.price(node)));
  }

  /** Returns kinds of nodes that agree in something. */
  static NodeKinds by(int nodes, IntFunction<Object> traits) {
    Map<Object, Integer> first = new HashMap<>();
    int[] kindOf = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      Integer known = first.putIfAbsent(traits.apply(node), node);
      kindOf[node] = known == null ? node : known;
    }
    return new NodeKinds(kindOf);
  }

  private static BitSet allowed(List<UnitType> types, int node) {
    BitSet allowed = new BitSet();
    for (UnitType type : types) {
      allowed.set(type.index(), type.mayUse(node));
    }
    return allowed;
  }

  /** The components and lone devices of each node, by class. */
  private static List<Multiset<Object>> contents(CompiledProblem problem, Supply supply) {
    List<Multiset<Object>> contents = new ArrayList<>();
    for (int node = 0; node < problem.nodes(); node++) {
      contents.add(HashMultiset.create());
    }
    for (ComponentGroup group : supply.groups()) {
      group
          .onlySite()
          .filter(site -> site < problem.nodes())
          .ifPresent(node -> contents.get(node).add(group.repertoire(), group.size()));
    }
    supply
        .lone()
        .forEach(
            (place, some) -> {
              if (place.site() != Supply.ANYWHERE && place.site() < problem.nodes()) {
                contents.get(place.site()).add(place.deviceClass(), some.size());
              }
            });
    return contents;
  }

  /** How many nodes there are. */
  public int nodes() {
    return kindOf.length;
  }

  /** The kind of a node. */
  public int of(int node) {
    return kindOf[node];
  }

  /** How many nodes are of a kind. */
  public int size(int kind) {
    return sizes[kind];
  }

  /** The kinds: the first node of each. */
  public BitSet all() {
    BitSet kinds = new BitSet();
    for (int kind : kindOf) {
      kinds.set(kind);
    }
    return kinds;
  }
}
