package io.tangram.solver.symmetry;

import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Maps;
import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
import io.tangram.solver.compile.CompiledProblem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sorts nodes by the classes of devices that they have, such as those with one model of GPU apart
 * from those with another. Half-used nodes can be of many sorts: each set of classes that no other
 * contains makes a family, and so do the others that most nodes have, up to some number; further
 * nodes belong to the smallest family that has all that they have.
 *
 * @param kinds one kind of nodes for each family
 * @param shareClasses whether nodes of two families have devices of one class
 */
public record NodeFamilies(NodeKinds kinds, boolean shareClasses) {

  private static final int MOST_FAMILIES = 12;

  /**
   * Sorts nodes; all are one family where there would be too many.
   *
   * @param supply what each node has; every device must be seen by one node only
   */
  public static NodeFamilies of(CompiledProblem problem, Supply supply) {
    List<BitSet> contents = contents(problem, supply);
    Multiset<BitSet> sets = LinkedHashMultiset.create(contents);
    List<BitSet> families = largest(sets.elementSet());
    if (families.size() > MOST_FAMILIES) {
      return new NodeFamilies(NodeKinds.by(problem.nodes(), node -> 0), false);
    }
    for (BitSet frequent : Multisets.copyHighestCountFirst(sets).elementSet()) {
      if (families.size() < MOST_FAMILIES && !families.contains(frequent)) {
        families.add(frequent);
      }
    }
    families.sort(Comparator.comparingInt(BitSet::cardinality));
    Map<BitSet, BitSet> familyOf =
        Maps.toMap(
            sets.elementSet(),
            some ->
                families.stream().filter(each -> isWithin(some, each)).findFirst().orElseThrow());
    int classes = families.stream().mapToInt(BitSet::cardinality).sum();
    return new NodeFamilies(
        NodeKinds.by(problem.nodes(), node -> familyOf.get(contents.get(node))),
        classes > union(families).cardinality());
  }

  /** The classes of devices on each node. */
  private static List<BitSet> contents(CompiledProblem problem, Supply supply) {
    List<BitSet> contents = new ArrayList<>();
    for (int node = 0; node < problem.nodes(); node++) {
      contents.add(new BitSet());
    }
    supply
        .lone()
        .forEach(
            (place, devices) ->
                devices
                    .asList()
                    .forEach(
                        device ->
                            contents.get(supply.nodeOf(device)).set(place.deviceClass().index())));
    for (ComponentGroup group : supply.groups()) {
      BitSet classes = new BitSet();
      group.places().forEach(place -> classes.set(place.deviceClass().index()));
      for (int component = 0; component < group.size(); component++) {
        contents.get(supply.nodeOf(group.anyDevice(component))).or(classes);
      }
    }
    return contents;
  }

  private static List<BitSet> largest(Set<BitSet> sets) {
    return sets.stream()
        .filter(some -> sets.stream().noneMatch(each -> !each.equals(some) && isWithin(some, each)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static BitSet union(List<BitSet> sets) {
    BitSet union = new BitSet();
    sets.forEach(union::or);
    return union;
  }

  private static boolean isWithin(BitSet some, BitSet set) {
    BitSet missing = (BitSet) some.clone();
    missing.andNot(set);
    return missing.isEmpty();
  }
}
