package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.GangShape;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.UnitType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a problem into parts that share neither devices nor counters, claims, groups of workloads
 * nor scarce resources of nodes. Administrative requests take nothing and tie nothing together.
 */
public final class Partition {

  private final CompiledProblem problem;
  private final Candidates candidates;
  private final int types;

  /** Types by number, then counter sets. */
  private final DisjointSets tied;

  private final List<BitSet> typesOfLeaf = new ArrayList<>();

  private Partition(CompiledProblem problem, Candidates candidates) {
    this.problem = problem;
    this.candidates = candidates;
    this.types = problem.units().types().size();
    this.tied = new DisjointSets(types + problem.counters().sets());
    problem.units().leaves().forEach(leaf -> typesOfLeaf.add(new BitSet()));
    for (UnitType type : problem.units().types()) {
      for (ClaimShape claim : type.claims()) {
        for (ClaimShape.Line line : claim.requests()) {
          for (Leaf leaf : line.leaves()) {
            typesOfLeaf.get(leaf.index()).set(type.index());
          }
        }
      }
    }
    tieByNeeds();
  }

  /**
   * Ties types that reference a common claim to it, those of a group, and those that take scarce
   * resources.
   */
  private void tieByNeeds() {
    int taker = -1;
    Map<WorkloadGroupId, Integer> members = new HashMap<>();
    for (UnitType type : problem.units().types()) {
      type.gang()
          .flatMap(GangShape::only)
          .ifPresent(
              gang -> tied.union(type.index(), members.computeIfAbsent(gang, g -> type.index())));
      type.common().forEach(common -> tied.union(type.index(), common.index()));
      if (type.takesResources()) {
        taker = taker < 0 ? type.index() : taker;
        tied.union(taker, type.index());
      }
    }
  }

  /** Returns the parts in the order of their first types. */
  public static List<Part> of(CompiledProblem problem, Candidates candidates) {
    Partition partition = new Partition(problem, candidates);
    candidates.dedicated().stream().forEach(partition::tie);
    candidates.shared().stream().forEach(partition::tie);
    candidates.bystanders().stream().forEach(partition::tieSets);
    return partition.parts();
  }

  /** Ties the types that admit a device to each other and to the counter sets it draws on. */
  private void tie(int device) {
    int first = aType(device);
    BitSet leaves = candidates.admittedBy(device);
    for (int leaf = leaves.nextSetBit(0); leaf >= 0; leaf = leaves.nextSetBit(leaf + 1)) {
      BitSet asking = typesOfLeaf.get(leaf);
      for (int type = asking.nextSetBit(0); type >= 0; type = asking.nextSetBit(type + 1)) {
        tied.union(first, type);
      }
    }
    for (int set : problem.devices().sets(device)) {
      tied.union(first, types + set);
    }
  }

  /** What is left for a bystander depends on all sets it draws on. */
  private void tieSets(int bystander) {
    int[] sets = problem.devices().sets(bystander);
    for (int set : sets) {
      tied.union(types + sets[0], types + set);
    }
  }

  private int aType(int device) {
    return typesOfLeaf.get(candidates.admittedBy(device).nextSetBit(0)).nextSetBit(0);
  }

  private List<Part> parts() {
    Map<Integer, ImmutableList.Builder<UnitType>> typesByRoot = new LinkedHashMap<>();
    Map<Integer, ImmutableList.Builder<Integer>> dedicated = new LinkedHashMap<>();
    Map<Integer, ImmutableList.Builder<Integer>> shared = new LinkedHashMap<>();
    for (UnitType type : problem.units().types()) {
      int root = tied.find(type.index());
      typesByRoot.computeIfAbsent(root, r -> ImmutableList.builder()).add(type);
      dedicated.computeIfAbsent(root, r -> ImmutableList.builder());
      shared.computeIfAbsent(root, r -> ImmutableList.builder());
    }
    candidates.dedicated().stream().forEach(d -> add(dedicated, d));
    candidates.shared().stream().forEach(d -> add(shared, d));
    Map<Integer, ImmutableList.Builder<Integer>> bystanders = new LinkedHashMap<>();
    candidates.bystanders().stream()
        .forEach(
            device -> {
              int root = tied.find(types + problem.devices().sets(device)[0]);
              bystanders.computeIfAbsent(root, r -> ImmutableList.builder()).add(device);
            });
    List<Part> parts = new ArrayList<>();
    BitSet nodes = new BitSet();
    nodes.set(0, problem.nodes());
    typesByRoot.forEach(
        (root, list) ->
            parts.add(
                new Part(
                    list.build(),
                    built(dedicated, root),
                    built(shared, root),
                    built(bystanders, root),
                    nodes)));
    return parts;
  }

  private void add(Map<Integer, ImmutableList.Builder<Integer>> into, int device) {
    into.computeIfAbsent(tied.find(aType(device)), r -> ImmutableList.builder()).add(device);
  }

  private static ImmutableList<Integer> built(
      Map<Integer, ImmutableList.Builder<Integer>> lists, int root) {
    return lists.getOrDefault(root, ImmutableList.builder()).build();
  }
}
