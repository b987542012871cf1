package io.tangram.solver.search;

import com.google.common.primitives.ImmutableLongArray;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.NodeResources;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.Measures;
import io.tangram.solver.symmetry.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What nodes have and what units take of it, as numbers that can be added up: each resource of
 * nodes, and each kind of devices. Of devices it is an estimate, good enough to choose by: a unit
 * takes the share of each device that a request for one takes at least, and a component, such as a
 * GPU with its partitions, has what is left of its counters on average.
 *
 * <p>A kind is a set of components in which some leaf request finds its devices. To it count the
 * requests that find theirs nowhere else: large GPUs are a kind, and all GPUs are.
 */
final class NodeLoads {

  /** With more kinds than these, all devices are one. */
  private static final int MAX_KINDS = 12;

  private final CompiledProblem problem;
  private final Map<Leaf, BitSet> componentsOf = new LinkedHashMap<>();
  private final Map<Leaf, Long> shareOf = new HashMap<>();
  private final Map<Leaf, Long> shareOfAll = new HashMap<>();
  private final int nodes;
  private final List<BitSet> kinds;
  private final long[][] has;
  private final Map<UnitType, ImmutableLongArray> taken = new HashMap<>();

  /** Looks at all dedicated devices of a part, each of which is seen by one node. */
  NodeLoads(CompiledProblem problem, Candidates candidates, Part part) {
    this.problem = problem;
    this.nodes = part.nodes().cardinality();
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    List<Integer> nodeOf = new ArrayList<>();
    List<Double> left = new ArrayList<>();
    Measures measures = new Measures(problem);
    List<Leaf> leaves = problem.units().leaves();
    for (int device : part.dedicated()) {
      int[] sets = problem.devices().sets(device);
      int key = sets.length == 0 ? -device - 1 : sets[0];
      if (!numbers.containsKey(key)) {
        numbers.put(key, numbers.size());
        nodeOf.add(problem.devices().nodesOf(problem.devices().site(device))[0]);
        left.add(sets.length == 0 ? 1 : partLeft(sets[0]));
      }
      int component = numbers.getOrDefault(key, 0);
      long share = measures.share(device);
      candidates.admittedBy(device).stream()
          .mapToObj(leaves::get)
          .forEach(
              leaf -> {
                componentsOf.computeIfAbsent(leaf, l -> new BitSet()).set(component);
                shareOf.merge(leaf, share, Math::min);
                shareOfAll.merge(leaf, share, Long::sum);
              });
    }
    this.kinds = kinds();
    this.has = new long[problem.nodes()][size()];
    for (int resource = 0; resource < problem.resources().names().size(); resource++) {
      countResource(resource, part);
    }
    for (int component = 0; component < nodeOf.size(); component++) {
      for (int kind = 0; kind < kinds.size(); kind++) {
        if (kinds.get(kind).get(component)) {
          has[nodeOf.get(component)][problem.resources().names().size() + kind] +=
              Math.round(left.get(component) * Measures.WHOLE);
        }
      }
    }
  }

  /** What nodes have of a resource; nothing counts where some have it without limit. */
  private void countResource(int resource, Part part) {
    NodeResources resources = problem.resources();
    if (part.nodes().stream()
        .allMatch(node -> NodeResources.isLimited(resources.available(node)[resource]))) {
      part.nodes().stream()
          .forEach(node -> has[node][resource] = resources.available(node)[resource]);
    }
  }

  /** What is left of the counters of a set, on average. */
  private double partLeft(int set) {
    CounterTable counters = problem.counters();
    return IntStream.range(0, counters.size(set))
        .filter(local -> counters.declared(set, local) > 0)
        .mapToDouble(
            local ->
                Math.max(0, counters.available(set, local))
                    / (double) counters.declared(set, local))
        .average()
        .orElse(1);
  }

  private List<BitSet> kinds() {
    Set<BitSet> distinct = new LinkedHashSet<>(componentsOf.values());
    if (distinct.size() <= MAX_KINDS) {
      return List.copyOf(distinct);
    }
    BitSet all = new BitSet();
    distinct.forEach(all::or);
    return List.of(all);
  }

  /** How many numbers there are for each node and unit. */
  int size() {
    return problem.resources().names().size() + kinds.size();
  }

  /** What a node has, {@code [resources, then kinds of devices]}; don't change the array. */
  long[] of(int node) {
    return has[node];
  }

  /** What all nodes have together, likewise. */
  double[] ofAll() {
    double[] all = new double[size()];
    for (long[] each : has) {
      for (int i = 0; i < all.length; i++) {
        all[i] += each[i];
      }
    }
    return all;
  }

  /** What a unit of a type takes, likewise. */
  ImmutableLongArray of(UnitType type) {
    return taken.computeIfAbsent(type, this::add);
  }

  private ImmutableLongArray add(UnitType type) {
    long[] all = new long[size()];
    int resources = problem.resources().names().size();
    for (int i = 0; i < resources; i++) {
      all[i] = type.resources().get(i);
    }
    for (ClaimShape claim : type.claims()) {
      for (ClaimShape.Line line : claim.requests()) {
        Leaf leaf = lightest(line);
        BitSet components = componentsOf.getOrDefault(leaf, new BitSet());
        for (int kind = 0; kind < kinds.size(); kind++) {
          if (isWithin(components, kinds.get(kind))) {
            all[resources + kind] += share(leaf, 0);
          }
        }
      }
    }
    return ImmutableLongArray.copyOf(all);
  }

  /** The share of devices that a unit of a type takes at least, in millionths. */
  long share(UnitType type) {
    return type.claims().stream()
        .flatMap(claim -> claim.requests().stream())
        .map(this::lightest)
        .mapToLong(leaf -> share(leaf, 0))
        .sum();
  }

  private Leaf lightest(ClaimShape.Line line) {
    return Collections.min(
        line.leaves(), Comparator.comparingLong(leaf -> share(leaf, Measures.WHOLE)));
  }

  /**
   * The share of devices that a request takes at least; in mode All, on average over the nodes.
   *
   * @param ofNone what counts for each where no dedicated device of the part does
   */
  private long share(Leaf leaf, long ofNone) {
    return leaf.isAll()
        ? shareOfAll.getOrDefault(leaf, ofNone) / nodes
        : leaf.count() * shareOf.getOrDefault(leaf, ofNone);
  }

  private static boolean isWithin(BitSet some, BitSet all) {
    BitSet outside = (BitSet) some.clone();
    outside.andNot(all);
    return outside.isEmpty();
  }
}
