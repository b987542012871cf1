package io.tangram.solver.symmetry;

import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Maps;
import com.google.common.collect.Multiset;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is still known of the single nodes when all are taken as one: which classes of devices are
 * on some node together, and how many units each node could serve if it had nobody else to serve.
 */
public final class PooledNodes {

  private final Supply supply;
  private final List<Multiset<ComponentGroup>> groups = new ArrayList<>();
  private final List<Multiset<Place>> lone = new ArrayList<>();

  /** Sorts a supply, each component of which is on one node, by nodes. */
  public PooledNodes(CompiledProblem problem, Supply supply) {
    this.supply = supply;
    for (int node = 0; node < problem.nodes(); node++) {
      groups.add(LinkedHashMultiset.create());
      lone.add(LinkedHashMultiset.create());
    }
    for (ComponentGroup group : supply.groups()) {
      for (int component = 0; component < group.size(); component++) {
        groups.get(supply.nodeOf(group.anyDevice(component))).add(group);
      }
    }
    supply
        .lone()
        .forEach(
            (place, devices) ->
                devices.asList().forEach(device -> lone.get(supply.nodeOf(device)).add(place)));
  }

  /**
   * Returns places by the kinds of nodes that have them, which are families of nodes: the devices
   * of a unit on one node are from the places of one kind.
   */
  public Map<Integer, List<Place>> families() {
    Map<Integer, Set<Place>> families = new TreeMap<>();
    for (int node = 0; node < groups.size(); node++) {
      Set<Place> places =
          families.computeIfAbsent(supply.kinds().of(node), kind -> new LinkedHashSet<>());
      places.addAll(lone.get(node).elementSet());
      groups.get(node).elementSet().forEach(group -> places.addAll(group.places()));
    }
    return Maps.transformValues(families, List::copyOf);
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
