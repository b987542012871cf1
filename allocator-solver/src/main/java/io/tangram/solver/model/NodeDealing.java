package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.nodesearch.NodeRoom;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.Pattern;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Group;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deals counts over all nodes together out to the nodes there are. The counts say how many
 * components supply each pattern and how many devices of each class units take; which component
 * supplies what, and which unit takes which device, is free, and is chosen so that the devices of a
 * unit come to lie on one node and keep to its constraints. If that succeeds for all units, the
 * plan is as good as the counts, which are a relaxation of it, and so proven.
 *
 * <p>Units bound to nodes come first, the largest of them before the others, each on the node that
 * has least to offer to it. A component is said to supply a pattern when a unit needs that; units
 * of one device take what is left. Greedy: where it fails for a unit, the unit is left out.
 */
final class NodeDealing {

  private final CompiledProblem problem;
  private final Supply supply;
  private final NodeRoom room;
  private final Map<Group, long[]> quotas = new LinkedHashMap<>();
  private final List<NodeShelf> shelves = new ArrayList<>();
  private final Map<Demand, Integer> served = new HashMap<>();
  private final List<Placement> placements = new ArrayList<>();

  /** How many devices of each class the leg of an option still takes. */
  private record Hand(Ways.Pick pick, long count, Map<Integer, Long> left) {}

  /** Units of a demand that are to be served by one option. */
  private static final class Serving {
    final Demand demand;
    final List<Hand> hands;
    long units;

    Serving(Demand demand, List<Hand> hands, long units) {
      this.demand = demand;
      this.hands = hands;
      this.units = units;
    }

    long devices() {
      return hands.stream().mapToLong(Hand::count).sum();
    }

    List<ClaimShape.Tie> constraintsOn(Hand hand) {
      return demand.type().claims().get(hand.pick().claim()).constraints().stream()
          .filter(tie -> tie.covers(hand.pick().request(), hand.pick().alternative()))
          .toList();
    }
  }

  private final List<Serving> bound = new ArrayList<>();
  private final List<Serving> free = new ArrayList<>();

  NodeDealing(CompiledProblem problem, Supply supply) {
    this.problem = problem;
    this.supply = supply;
    this.room = new NodeRoom(problem);
    for (int node = 0; node < problem.nodes(); node++) {
      shelves.add(new NodeShelf());
    }
    supply
        .lone()
        .forEach(
            (place, devices) ->
                devices
                    .asList()
                    .forEach(device -> shelfOf(device).add(place.deviceClass().index(), device)));
  }

  private NodeShelf shelfOf(int device) {
    return shelves.get(nodeOf(device));
  }

  private int nodeOf(int device) {
    return problem.devices().nodesOf(problem.devices().site(device))[0];
  }

  /** Says how many components of a group supply each of its patterns. */
  void layOut(Group group, long[] components) {
    quotas.put(group, components.clone());
    for (int number = 0; number < group.size(); number++) {
      NodeShelf.Component component = new NodeShelf.Component(group, number);
      shelves.get(nodeOf(group.anyDevice(number))).add(component);
    }
  }

  /** Serves units by an option; {@code taken} says what each leg takes from each place in all. */
  void serve(Demand demand, Option option, int units, List<Map<Place, Long>> taken) {
    if (units == 0) {
      return;
    }
    List<Hand> hands = new ArrayList<>();
    for (int leg = 0; leg < taken.size(); leg++) {
      Map<Integer, Long> left = new LinkedHashMap<>();
      taken
          .get(leg)
          .forEach(
              (place, devices) -> {
                if (devices > 0) {
                  left.merge(place.deviceClass().index(), devices, Long::sum);
                }
              });
      hands.add(new Hand(option.way().picks().get(leg), option.legs().get(leg).count(), left));
    }
    boolean isFree = Countability.takesOneDevice(demand.type());
    (isFree ? free : bound).add(new Serving(demand, hands, units));
  }

  /** Returns the placements of all units for which that succeeds. */
  List<Placement> placements() {
    bound.sort(Comparator.comparingLong(Serving::devices).reversed());
    bound.forEach(this::place);
    quotas.forEach(this::layOutRest);
    free.forEach(this::placeAnywhere);
    return placements;
  }

  // Units bound to nodes.

  private void place(Serving serving) {
    for (int node : nodesFor(serving)) {
      while (serving.units > 0 && room.fits(serving.demand.type(), node) && place(serving, node)) {
        serving.units--;
      }
      if (serving.units == 0) {
        return;
      }
    }
  }

  /** The nodes that could serve a unit, those with least to offer first. */
  private List<Integer> nodesFor(Serving serving) {
    Map<Group, Integer> most = new HashMap<>();
    Map<Integer, Long> offered = new HashMap<>();
    List<Integer> nodes = new ArrayList<>();
    for (int node = 0; node < shelves.size(); node++) {
      if (!serving.demand.type().mayUse(node)) {
        continue;
      }
      long devices = 0;
      NodeShelf shelf = shelves.get(node);
      for (NodeShelf.Component component : shelf.open()) {
        devices += most.computeIfAbsent(component.group(), group -> most(group, serving));
      }
      for (int deviceClass : wanted(serving)) {
        devices += shelf.of(deviceClass).size();
      }
      if (devices >= serving.devices()) {
        offered.put(node, devices);
        nodes.add(node);
      }
    }
    nodes.sort(Comparator.comparingLong(node -> offered.getOrDefault(node, 0L)));
    return nodes;
  }

  private static Set<Integer> wanted(Serving serving) {
    Set<Integer> wanted = new LinkedHashSet<>();
    serving.hands.forEach(hand -> wanted.addAll(hand.left().keySet()));
    return wanted;
  }

  /** How many devices for the serving a component of the group can supply at most. */
  private int most(Group group, Serving serving) {
    Set<Integer> wanted = wanted(serving);
    int most = 0;
    for (int p = 0; p < group.patterns().size(); p++) {
      if (quotas.get(group)[p] > 0) {
        int devices = 0;
        for (int cell = 0; cell < group.places().size(); cell++) {
          if (wanted.contains(group.places().get(cell).deviceClass().index())) {
            devices += group.patterns().get(p).supply().get(cell);
          }
        }
        most = Math.max(most, devices);
      }
    }
    return most;
  }

  /** Places one unit on a node; returns whether that succeeded. */
  private boolean place(Serving serving, int node) {
    List<ClaimShape.Tie> matches = matches(serving);
    return place(serving, node, matches, new HashMap<>());
  }

  /** The constraints under which several devices must have one value. */
  private static List<ClaimShape.Tie> matches(Serving serving) {
    List<ClaimShape.Tie> matches = new ArrayList<>();
    for (Hand hand : serving.hands) {
      for (ClaimShape.Tie tie : serving.constraintsOn(hand)) {
        if (tie.kind() == ClaimShape.Tie.Kind.MATCH && !matches.contains(tie)) {
          matches.add(tie);
        }
      }
    }
    return matches;
  }

  /** Tries the values of one constraint after the other. */
  private boolean place(
      Serving serving,
      int node,
      List<ClaimShape.Tie> matches,
      Map<ClaimShape.Tie, Element> values) {
    if (values.size() == matches.size()) {
      return placeWith(serving, node, values);
    }
    ClaimShape.Tie next = matches.get(values.size());
    for (Element value : valuesOn(node, next.attribute())) {
      values.put(next, value);
      if (place(serving, node, matches, values)) {
        return true;
      }
      values.remove(next);
    }
    return false;
  }

  /** The values that devices of a node have, whether these are taken or not. */
  private Set<Element> valuesOn(int node, QualifiedName attribute) {
    Set<Element> values = new LinkedHashSet<>();
    for (int device : problem.devices().onNode(node)) {
      if (supply.knows(device)) {
        Element value = value(device, attribute);
        if (value != null) {
          values.add(value);
        }
      }
    }
    return values;
  }

  /** The value of an attribute, of which countable devices have one at most. */
  private @Nullable Element value(int device, QualifiedName attribute) {
    AttributeValue value =
        problem.devices().device(device).attribute(problem.devices().driver(device), attribute);
    return value == null ? null : Iterables.getOnlyElement(value.elements());
  }

  private boolean placeWith(Serving serving, int node, Map<ClaimShape.Tie, Element> values) {
    NodeShelf shelf = shelves.get(node);
    List<Map.Entry<Group, Integer>> laidOut = new ArrayList<>();
    List<IntList> legs = new ArrayList<>();
    for (Hand hand : serving.hands) {
      Optional<IntList> devices = draw(serving, hand, shelf, values, laidOut);
      if (devices.isEmpty()) {
        shelf.undo();
        laidOut.forEach(each -> quotas.get(each.getKey())[each.getValue()]++);
        for (int leg = 0; leg < legs.size(); leg++) {
          Hand before = serving.hands.get(leg);
          legs.get(leg)
              .asList()
              .forEach(device -> before.left().merge(classOf(device), 1L, Long::sum));
        }
        return false;
      }
      legs.add(devices.get());
    }
    shelf.commit();
    room.take(serving.demand.type(), node);
    add(serving, node, legs);
    return true;
  }

  private int classOf(int device) {
    return supply.placeOf(device).deviceClass().index();
  }

  /** Takes the devices for a leg from the shelf; nothing if there are not enough. */
  private Optional<IntList> draw(
      Serving serving,
      Hand hand,
      NodeShelf shelf,
      Map<ClaimShape.Tie, Element> values,
      List<Map.Entry<Group, Integer>> laidOut) {
    IntList devices = new IntList();
    Filter filter = new Filter(serving, hand, values);
    while (devices.size() < hand.count()) {
      if (!drawOne(hand, shelf, filter, devices)) {
        if (!layOutFor(hand, shelf, filter, hand.count() - devices.size(), laidOut)) {
          devices.asList().forEach(device -> hand.left().merge(classOf(device), 1L, Long::sum));
          return Optional.empty();
        }
      }
    }
    return Optional.of(devices);
  }

  private boolean drawOne(Hand hand, NodeShelf shelf, Filter filter, IntList into) {
    for (Map.Entry<Integer, Long> wanted : hand.left().entrySet()) {
      if (wanted.getValue() > 0) {
        for (Integer device : shelf.of(wanted.getKey())) {
          if (filter.admits(device)) {
            filter.take(device);
            shelf.take(wanted.getKey(), device);
            wanted.setValue(wanted.getValue() - 1);
            into.add(device);
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Has the component supply that pattern which gives most of what is missing, and least else. */
  private boolean layOutFor(
      Hand hand,
      NodeShelf shelf,
      Filter filter,
      long missing,
      List<Map.Entry<Group, Integer>> laidOut) {
    NodeShelf.Component best = null;
    int bestPattern = -1;
    long bestGain = 0;
    long bestWaste = Long.MAX_VALUE;
    for (NodeShelf.Component component : shelf.open()) {
      Group group = component.group();
      long[] quota = quotas.get(group);
      for (int p = 0; p < quota.length; p++) {
        if (quota[p] > 0) {
          Pattern pattern = group.patterns().get(p);
          long gain = Math.min(missing, gain(component, pattern, hand, filter));
          long waste = pattern.supply().stream().sum() - gain;
          if (gain > bestGain || (gain == bestGain && gain > 0 && waste < bestWaste)) {
            best = component;
            bestPattern = p;
            bestGain = gain;
            bestWaste = waste;
          }
        }
      }
    }
    if (best == null) {
      return false;
    }
    quotas.get(best.group())[bestPattern]--;
    laidOut.add(Map.entry(best.group(), bestPattern));
    shelf.layOut(best, best.group().patterns().get(bestPattern));
    return true;
  }

  private static long gain(
      NodeShelf.Component component, Pattern pattern, Hand hand, Filter filter) {
    long gain = 0;
    List<Place> places = component.group().places();
    List<IntList> devices = null;
    for (int cell = 0; cell < places.size(); cell++) {
      long wanted = hand.left().getOrDefault(places.get(cell).deviceClass().index(), 0L);
      int supplied = pattern.supply().get(cell);
      if (wanted > 0 && supplied > 0) {
        if (filter.isOpen()) {
          gain += Math.min(wanted, supplied);
        } else {
          devices = devices == null ? component.devices(pattern) : devices;
          gain +=
              Math.min(wanted, devices.get(cell).asList().stream().filter(filter::admits).count());
        }
      }
    }
    return gain;
  }

  /** Which devices keep to the constraints of a leg. */
  private final class Filter {
    private final Map<QualifiedName, Element> matched = new LinkedHashMap<>();
    private final Map<QualifiedName, Set<Element>> distinct = new LinkedHashMap<>();

    Filter(Serving serving, Hand hand, Map<ClaimShape.Tie, Element> values) {
      for (ClaimShape.Tie tie : serving.constraintsOn(hand)) {
        Element value = values.get(tie);
        if (value != null) {
          matched.put(tie.attribute(), value);
        } else {
          distinct.put(tie.attribute(), new HashSet<>());
        }
      }
    }

    boolean isOpen() {
      return matched.isEmpty() && distinct.isEmpty();
    }

    boolean admits(int device) {
      for (Map.Entry<QualifiedName, Element> each : matched.entrySet()) {
        if (!each.getValue().equals(value(device, each.getKey()))) {
          return false;
        }
      }
      for (Map.Entry<QualifiedName, Set<Element>> each : distinct.entrySet()) {
        Element value = value(device, each.getKey());
        if (value == null || each.getValue().contains(value)) {
          return false;
        }
      }
      return true;
    }

    void take(int device) {
      distinct.forEach((attribute, taken) -> taken.add(value(device, attribute)));
    }
  }

  // Units that take one device from anywhere.

  private void layOutRest(Group group, long[] quota) {
    int pattern = 0;
    for (int number = 0; number < group.size(); number++) {
      NodeShelf.Component component = new NodeShelf.Component(group, number);
      NodeShelf shelf = shelves.get(nodeOf(group.anyDevice(number)));
      if (shelf.open().contains(component)) {
        while (pattern < quota.length && quota[pattern] == 0) {
          pattern++;
        }
        if (pattern == quota.length) {
          return;
        }
        quota[pattern]--;
        shelf.layOut(component, group.patterns().get(pattern));
        shelf.commit();
      }
    }
  }

  private void placeAnywhere(Serving serving) {
    Hand hand = serving.hands.get(0);
    for (int node = 0; node < shelves.size() && serving.units > 0; node++) {
      NodeShelf shelf = shelves.get(node);
      Filter filter = new Filter(serving, hand, Map.of());
      IntList devices = new IntList();
      while (serving.units > 0 && drawOne(hand, shelf, filter, devices)) {
        int device = devices.get(devices.size() - 1);
        add(serving, node, List.of(new IntList().add(device)));
        serving.units--;
      }
      shelf.commit();
    }
  }

  private void add(Serving serving, int node, List<IntList> legs) {
    int unit = served.merge(serving.demand, 1, Integer::sum) - 1;
    List<List<Placement.Choice>> choices = new ArrayList<>();
    serving.demand.type().claims().forEach(claim -> choices.add(new ArrayList<>()));
    for (int leg = 0; leg < legs.size(); leg++) {
      Ways.Pick pick = serving.hands.get(leg).pick();
      choices
          .get(pick.claim())
          .add(
              new Placement.Choice(
                  pick.alternative(),
                  ImmutableIntArray.copyOf(problem.inOfferedOrder(node, legs.get(leg).toArray()))));
    }
    placements.add(
        new Placement(
            serving.demand.units().get(unit),
            node,
            choices.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList())));
  }
}
