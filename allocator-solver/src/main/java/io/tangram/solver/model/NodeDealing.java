package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.model.Serving.Hand;
import io.tangram.solver.nodesearch.NodeRoom;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.DeviceClass;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Group;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Deals counts over all nodes together out to the nodes there are. The counts say how many
 * components supply each pattern and how many devices of each class units take; which component
 * supplies what, and which unit takes which device, is free, and is chosen so that the devices of a
 * unit come to lie on one node and keep to its constraints. If that succeeds for all units, the
 * plan is as good as the counts, which are a relaxation of it, and so proven.
 *
 * <p>Units that take resources of nodes come first, spread evenly. Other units bound to nodes
 * follow, the largest of them before the others, each on the node that has least to offer to it. A
 * component is said to supply a pattern when a unit needs that; units of one device take what is
 * left. Greedy: where it fails for a unit, the unit is left out.
 */
final class NodeDealing {

  private final CompiledProblem problem;
  private final Supply supply;
  private final NodeRoom room;
  private final PatternQuotas quotas = new PatternQuotas();
  private final List<NodeShelf> shelves = new ArrayList<>();
  private final List<Serving> bound = new ArrayList<>();
  private final List<Serving> free = new ArrayList<>();
  private final Map<Serving, Double> components = new HashMap<>();
  private final Map<Demand, Integer> served = new HashMap<>();
  private final List<Placement> placements = new ArrayList<>();

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
    return shelves.get(problem.devices().nodesOf(problem.devices().site(device))[0]);
  }

  /** Says how many components of a group supply each of its patterns. */
  void layOut(Group group, long[] components) {
    quotas.put(group, components);
    for (int number = 0; number < group.size(); number++) {
      shelfOf(group.anyDevice(number)).add(new NodeShelf.Component(group, number));
    }
  }

  /** Serves units by an option; {@code taken} says what each leg takes from each place in all. */
  Serving serve(Demand demand, Option option, int units, List<Map<Place, Long>> taken) {
    List<Hand> hands = new ArrayList<>();
    for (int leg = 0; leg < taken.size(); leg++) {
      Hand hand =
          new Hand(
              option.way().picks().get(leg), option.legs().get(leg).count(), new LinkedHashMap<>());
      taken.get(leg).forEach((place, devices) -> hand.add(place.deviceClass().index(), devices));
      hands.add(hand);
    }
    Serving serving = new Serving(demand, hands, units);
    (Countability.takesOneDevice(demand.type()) ? free : bound).add(serving);
    return serving;
  }

  /** Returns the placements of all units for which that succeeds. */
  List<Placement> placements() {
    bound.sort(Comparator.comparingLong(Serving::devices).reversed());
    spread();
    bound.forEach(this::place);
    bound.forEach(this::placeByExchange);
    quotas.forEach(this::layOutRest);
    free.forEach(this::placeAnywhere);
    return placements;
  }

  // Units bound to nodes.

  /** Spreads units that take resources of nodes, the largest of them before the others. */
  private void spread() {
    double[] components = shelves.stream().mapToDouble(shelf -> shelf.open().size()).toArray();
    double[] left = components.clone();
    List<Serving> largestFirst = new ArrayList<>();
    for (Serving serving : bound) {
      if (serving.demand().type().takesResources()) {
        largestFirst.add(serving);
      }
    }
    largestFirst.sort(Comparator.comparingDouble((Serving each) -> -size(each, components)));
    for (Serving serving : largestFirst) {
      BitSet failed = new BitSet();
      while (serving.unplaced() > 0) {
        int node = roomiest(serving, failed, components, left);
        if (node < 0) {
          break;
        }
        if (place(serving, node, matches(serving), new HashMap<>())) {
          serving.placeOne();
          left[node] -= components(serving);
        } else {
          failed.set(node);
        }
      }
    }
  }

  /** Whether a unit may be on the node, which has room and needs devices for what it gets. */
  private boolean fits(Serving serving, int node) {
    return room.fits(serving.demand().type(), node) && serving.asksOn(node);
  }

  /** The node on which there is most of what a unit takes; -1 if none has room. */
  private int roomiest(Serving serving, BitSet failed, double[] components, double[] left) {
    int roomiest = -1;
    double most = -1;
    for (int node = 0; node < left.length; node++) {
      if (!failed.get(node) && fits(serving, node)) {
        double all = Math.max(1, components[node]);
        double affinity =
            room.affinity(serving.demand().type(), node)
                + components(serving) / all * (left[node] / all);
        if (affinity > most) {
          most = affinity;
          roomiest = node;
        }
      }
    }
    return roomiest;
  }

  /** The greatest part that a unit takes of anything on the node where that is least. */
  private double size(Serving serving, double[] components) {
    double size = Double.POSITIVE_INFINITY;
    for (int node = 0; node < components.length; node++) {
      double devices = components(serving) / Math.max(1, components[node]);
      size = Math.min(size, Math.max(devices, room.part(serving.demand().type(), node)));
    }
    return size;
  }

  /** How many components a unit takes, about: parts of those that supply several like devices. */
  private double components(Serving serving) {
    return components.computeIfAbsent(
        serving,
        each -> {
          double all = 0;
          for (Hand hand : each.hands()) {
            double one = 1;
            for (int deviceClass : hand.left().keySet()) {
              one = Math.min(one, 1.0 / Math.max(1, quotas.most(Set.of(deviceClass))));
            }
            all += hand.count() * one;
          }
          return all;
        });
  }

  private void place(Serving serving) {
    for (int node : nodesFor(serving)) {
      while (serving.unplaced() > 0
          && fits(serving, node)
          && place(serving, node, matches(serving), new HashMap<>())) {
        serving.placeOne();
      }
      if (serving.unplaced() == 0) {
        return;
      }
    }
  }

  /** The nodes that could serve a unit, those with least to offer first. */
  private List<Integer> nodesFor(Serving serving) {
    Set<Integer> wanted = serving.wanted();
    Map<Group, Integer> most = new HashMap<>();
    Map<Integer, Long> offered = new HashMap<>();
    List<Integer> nodes = new ArrayList<>();
    for (int node = 0; node < shelves.size(); node++) {
      if (!serving.demand().type().mayUse(node)) {
        continue;
      }
      long devices = 0;
      NodeShelf shelf = shelves.get(node);
      for (NodeShelf.Component component : shelf.open()) {
        devices += most.computeIfAbsent(component.group(), g -> quotas.most(g, wanted));
      }
      for (int deviceClass : wanted) {
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

  /** The constraints under which several devices must have one value. */
  private static List<ClaimShape.Tie> matches(Serving serving) {
    List<ClaimShape.Tie> matches = new ArrayList<>();
    for (Hand hand : serving.hands()) {
      for (ClaimShape.Tie tie : serving.constraintsOn(hand)) {
        if (tie.kind() == ClaimShape.Tie.Kind.MATCH && !matches.contains(tie)) {
          matches.add(tie);
        }
      }
    }
    return matches;
  }

  /** Places one unit, if some values of the constraints allow that. */
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
        Element value = TieFilter.value(problem.devices(), device, attribute);
        if (value != null) {
          values.add(value);
        }
      }
    }
    return values;
  }

  private boolean placeWith(Serving serving, int node, Map<ClaimShape.Tie, Element> values) {
    NodeShelf shelf = shelves.get(node);
    List<PatternQuotas.Choice> laidOut = new ArrayList<>();
    List<IntList> legs = new ArrayList<>();
    for (Hand hand : serving.hands()) {
      TieFilter filter = new TieFilter(problem.devices(), serving.constraintsOn(hand), values);
      IntList devices = new IntList();
      legs.add(devices);
      if (!draw(hand, shelf, filter, devices, laidOut)) {
        shelf.undo();
        laidOut.forEach(quotas::giveBack);
        for (int leg = 0; leg < legs.size(); leg++) {
          Hand drawn = serving.hands().get(leg);
          legs.get(leg).asList().forEach(device -> drawn.add(classOf(device), 1));
        }
        return false;
      }
    }
    shelf.commit();
    room.take(serving.demand().type(), node);
    add(serving, node, legs);
    return true;
  }

  private int classOf(int device) {
    return supply.placeOf(device).deviceClass().index();
  }

  /** Takes the devices for a hand from the shelf; returns whether there are enough. */
  private boolean draw(
      Hand hand,
      NodeShelf shelf,
      TieFilter filter,
      IntList into,
      List<PatternQuotas.Choice> laidOut) {
    while (into.size() < hand.count()) {
      if (!drawOne(hand, shelf, filter, into)) {
        Optional<PatternQuotas.Choice> choice =
            quotas.best(shelf.open(), hand, filter, hand.count() - into.size());
        if (choice.isEmpty()) {
          return false;
        }
        quotas.take(choice.get());
        laidOut.add(choice.get());
        shelf.layOut(choice.get().component(), choice.get().pattern());
      }
    }
    return true;
  }

  private static boolean drawOne(Hand hand, NodeShelf shelf, TieFilter filter, IntList into) {
    for (Map.Entry<Integer, Long> wanted : hand.left().entrySet()) {
      if (wanted.getValue() > 0) {
        for (Integer device : shelf.of(wanted.getKey())) {
          if (filter.admits(device)) {
            filter.take(device);
            shelf.take(wanted.getKey(), device);
            hand.add(wanted.getKey(), -1);
            into.add(device);
            return true;
          }
        }
      }
    }
    return false;
  }

  // Exchanges.

  /**
   * Places units for which the devices of their own counts lie on no node together: one of these is
   * exchanged for a device of another class that a unit of one device would take, and can do
   * without for it. All together take the same devices then, so the plan is worth the same.
   */
  private void placeByExchange(Serving serving) {
    boolean goesOn = true;
    while (goesOn && serving.unplaced() > 0) {
      goesOn = serving.hands().stream().anyMatch(hand -> exchangeFor(serving, hand));
    }
  }

  private boolean exchangeFor(Serving serving, Hand hand) {
    for (DeviceClass wanted : supply.classes()) {
      if (wanted.isFor(hand.pick().leaf())) {
        for (DeviceClass given : supply.classes()) {
          if (given.index() != wanted.index()
              && hand.left(given.index()) > 0
              && exchangeFor(serving, hand, given, wanted)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean exchangeFor(Serving serving, Hand hand, DeviceClass given, DeviceClass wanted) {
    for (Serving other : free) {
      Hand single = other.hands().get(0);
      if (single.left(wanted.index()) > 0 && given.isFor(single.pick().leaf())) {
        single.give(wanted, hand);
        hand.give(given, single);
        long before = serving.unplaced();
        place(serving);
        if (serving.unplaced() < before) {
          return true;
        }
        single.give(given, hand);
        hand.give(wanted, single);
      }
    }
    return false;
  }

  // Units that take one device from anywhere.

  private void layOutRest(Group group, long[] quota) {
    int pattern = 0;
    for (int number = 0; number < group.size(); number++) {
      NodeShelf.Component component = new NodeShelf.Component(group, number);
      NodeShelf shelf = shelfOf(group.anyDevice(number));
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
    Hand hand = serving.hands().get(0);
    for (int node = 0; node < shelves.size() && serving.unplaced() > 0; node++) {
      NodeShelf shelf = shelves.get(node);
      while (serving.unplaced() > 0) {
        TieFilter filter = new TieFilter(problem.devices(), serving.constraintsOn(hand), Map.of());
        IntList device = new IntList();
        if (!drawOne(hand, shelf, filter, device)) {
          break;
        }
        add(serving, node, List.of(device));
        serving.placeOne();
      }
      shelf.commit();
    }
  }

  private void add(Serving serving, int node, List<IntList> legs) {
    int unit = served.merge(serving.demand(), 1, Integer::sum) - 1;
    List<List<Placement.Choice>> choices = Ways.nothing(serving.demand().type());
    for (int leg = 0; leg < legs.size(); leg++) {
      Ways.Pick pick = serving.hands().get(leg).pick();
      choices
          .get(pick.claim())
          .set(
              pick.request(),
              new Placement.Choice(
                  pick.alternative(),
                  ImmutableIntArray.copyOf(problem.inOfferedOrder(node, legs.get(leg).toArray()))));
    }
    placements.add(
        new Placement(
            serving.demand().units().get(unit),
            node,
            choices.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList())));
  }
}
