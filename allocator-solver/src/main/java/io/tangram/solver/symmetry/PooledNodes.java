package io.tangram.solver.symmetry;

import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Multiset;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is still known of the single nodes when all are taken as one: which classes of devices are
 * on some node together, and how many units each node could serve if it had nobody else to serve.
 */
public final class PooledNodes {

  private final CompiledProblem problem;
  private final Supply supply;
  private final List<Multiset<ComponentGroup>> groups = new ArrayList<>();
  private final List<Multiset<Place>> lone = new ArrayList<>();
  private final Map<Place, Integer> familyOf = new LinkedHashMap<>();

  /** Sorts a supply, each component of which is on one node, by nodes. */
  public PooledNodes(CompiledProblem problem, Supply supply) {
    this.problem = problem;
    this.supply = supply;
    for (int node = 0; node < problem.nodes(); node++) {
      groups.add(LinkedHashMultiset.create());
      lone.add(LinkedHashMultiset.create());
    }
    for (ComponentGroup group : supply.groups()) {
      for (int component = 0; component < group.size(); component++) {
        groups.get(nodeOf(group.anyDevice(component))).add(group);
      }
    }
    supply
        .lone()
        .forEach(
            (place, devices) ->
                devices.asList().forEach(device -> lone.get(nodeOf(device)).add(place)));
    sortIntoFamilies(List.copyOf(supply.most().keySet()));
  }

  private int nodeOf(int device) {
    return problem.devices().nodesOf(problem.devices().site(device))[0];
  }

  private void sortIntoFamilies(List<Place> places) {
    Map<Place, Integer> numbers = new HashMap<>();
    places.forEach(place -> numbers.put(place, numbers.size()));
    DisjointSets together = new DisjointSets(places.size());
    for (int node = 0; node < groups.size(); node++) {
      Set<Place> here = new HashSet<>(lone.get(node).elementSet());
      groups.get(node).elementSet().forEach(group -> here.addAll(group.places()));
      Integer first = null;
      for (Place place : here) {
        Integer number = numbers.get(place);
        if (number != null) {
          first = first == null ? number : first;
          together.union(first, number);
        }
      }
    }
    places.forEach(place -> familyOf.put(place, together.find(numbers.getOrDefault(place, 0))));
  }

  /**
   * Returns places by families: a node has only places of one family, so that the devices of a unit
   * on one node are from one.
   */
  public List<List<Place>> families() {
    Map<Integer, List<Place>> families = new LinkedHashMap<>();
    familyOf.forEach(
        (place, family) -> families.computeIfAbsent(family, f -> new ArrayList<>()).add(place));
    return List.copyOf(families.values());
  }

  /**
   * Devices that a unit needs.
   *
   * @param count how many
   * @param places where they may come from
   */
  public record Want(long count, Collection<Place> places) {}

  /** How many units of a type all nodes together could serve at most. */
  public long mostUnits(UnitType type, List<Want> wants) {
    List<Map<ComponentGroup, Integer>> most = new ArrayList<>();
    for (Want want : wants) {
      Map<ComponentGroup, Integer> each = new HashMap<>();
      groups.forEach(
          here ->
              here.elementSet()
                  .forEach(group -> each.computeIfAbsent(group, g -> mostDevices(g, want))));
      most.add(each);
    }
    long units = 0;
    for (int node = 0; node < groups.size(); node++) {
      if (type.mayUse(node)) {
        units += mostUnits(node, wants, most);
      }
    }
    return units;
  }

  private long mostUnits(int node, List<Want> wants, List<Map<ComponentGroup, Integer>> most) {
    long units = Integer.MAX_VALUE;
    for (int i = 0; i < wants.size(); i++) {
      long devices = 0;
      for (Multiset.Entry<Place> each : lone.get(node).entrySet()) {
        devices += wants.get(i).places().contains(each.getElement()) ? each.getCount() : 0;
      }
      for (Multiset.Entry<ComponentGroup> each : groups.get(node).entrySet()) {
        devices += (long) most.get(i).getOrDefault(each.getElement(), 0) * each.getCount();
      }
      units = Math.min(units, devices / wants.get(i).count());
    }
    return units;
  }

  /** What could be left over of the wanted devices on each node. */
  public Rests rests(Want want) {
    return new Rests(want, supply.groups(), groups, lone);
  }

  private static int mostDevices(ComponentGroup group, Want want) {
    return group.patterns().stream().mapToInt(p -> devices(group, p, want)).max().orElse(0);
  }

  /** How much of what is wanted a component of a group supplies by a pattern. */
  static int devices(ComponentGroup group, Pattern pattern, Want want) {
    int devices = 0;
    for (int cell = 0; cell < group.places().size(); cell++) {
      devices += want.places().contains(group.places().get(cell)) ? pattern.supply().get(cell) : 0;
    }
    return devices;
  }
}
