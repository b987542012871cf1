package io.tangram.solver.symmetry;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nodes that objectives need not tell apart. Those of one kind are called by the first of them.
 *
 * <p>Where every unit takes one device, it doesn't matter on which node of a kind: a plan for a
 * number of such nodes is one for any so many. Then nodes not in use before are of one kind if they
 * have components and devices of the same classes and the same price, and let the same units be
 * placed; so are all nodes in use before that let the same units be placed, whatever they have.
 * Since nothing is held on the former, there are few kinds.
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

  /** Returns kinds of one node each. */
  public static NodeKinds each(int nodes) {
    int[] kindOf = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      kindOf[node] = node;
    }
    return new NodeKinds(kindOf);
  }

  private record Contents(ImmutableMultiset<Object> devices, BitSet types, long price) {}

  /**
   * Sorts nodes by what they have and whom they let in.
   *
   * @param supply what each node has; every device must be seen by one node only
   */
  static NodeKinds of(CompiledProblem problem, Part part, Supply supply, ReadNodes nodes) {
    List<Multiset<Object>> devices = new ArrayList<>();
    for (int node = 0; node < problem.nodes(); node++) {
      devices.add(HashMultiset.create());
    }
    for (Supply.Group group : supply.groups()) {
      group.onlySite().ifPresent(node -> devices.get(node).add(group.kind(), group.size()));
    }
    supply
        .lone()
        .forEach(
            (place, some) -> {
              if (place.site() != Supply.ANYWHERE) {
                devices.get(place.site()).add(place.deviceClass(), some.size());
              }
            });
    Map<Contents, Integer> first = new HashMap<>();
    int[] kindOf = new int[problem.nodes()];
    for (int node = 0; node < kindOf.length; node++) {
      BitSet types = new BitSet();
      for (UnitType type : part.types()) {
        types.set(type.index(), type.mayUse(node));
      }
      Contents contents =
          nodes.held().isInUse(node)
              ? new Contents(ImmutableMultiset.of(), types, -1)
              : new Contents(ImmutableMultiset.copyOf(devices.get(node)), types, nodes.price(node));
      Integer known = first.putIfAbsent(contents, node);
      kindOf[node] = known == null ? node : known;
    }
    return new NodeKinds(kindOf);
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
