package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.device.AttributeValue.Element;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Trait;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.model.Serving.Hand;
import io.tangram.solver.nodesearch.NodeRoom;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.DeviceClass;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Deals counts over all nodes together out to the nodes there are. The counts say how many
 * components supply each pattern and how many devices of each class units take; which component
 * supplies what, and which unit takes which device, is free, and is chosen so that the devices of a
 * unit come to lie on one node and keep to its constraints. If that succeeds for all units, the
 * plan is as good as the counts, which are a relaxation of it, and so proven.
 *
 * <p>Units that take resources of nodes come first ({@link ResourceDealing}). Other units bound to
 * nodes follow, the largest of them before the others, each on the node that has least to offer to
 * it. A component is said to supply a pattern when a unit needs that; units of one device take what
 * is left. Greedy: where it fails for a unit, the unit gets what nobody takes, in any way, or
 * nothing.
 */
final class NodeDealing {

  private final CompiledProblem problem;
  private final Supply supply;
  private final NodeRoom room;
  private final PatternQuotas quotas = new PatternQuotas();
  private final List<NodeShelf> shelves = new ArrayList<>();
  private final List<Serving> bound = new ArrayList<>();
  private final List<Serving> free = new ArrayList<>();
  private List<Dealt> dealt = new ArrayList<>();

  /**
   * A unit that has a node and devices.
   *
   * @param devices what it takes, by hand of the serving
   */
  record Dealt(Serving serving, int node, List<IntList> devices) {}

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
  void layOut(ComponentGroup group, long[] components) {
    quotas.put(group, components);
    for (int number = 0; number < group.size(); number++) {
      shelfOf(group.anyDevice(number)).add(new NodeShelf.Component(group, number));
    }
  }

  /**
   * Has a component of a group on a node supply one of the patterns that are still to be supplied,
   * if that is good for something.
   *
   * @param good how good the pattern of a number is; for nothing at 0
   * @return how good the pattern is, 0 if there is none
   */
  int layOut(int node, ComponentGroup group, IntUnaryOperator good) {
    NodeShelf shelf = shelves.get(node);
    Optional<PatternQuotas.Choice> best =
        shelf.open().stream()
            .filter(component -> component.group().equals(group))
            .findFirst()
            .flatMap(component -> quotas.best(component, good));
    best.ifPresent(
        choice -> {
          quotas.take(choice);
          shelf.layOut(choice.component(), choice.pattern());
          shelf.commit();
        });
    return best.map(choice -> good.applyAsInt(choice.number())).orElse(0);
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
    List<Serving> takingResources =
        bound.stream().filter(each -> each.demand().type().takesResources()).toList();
    new ResourceDealing(problem, this, room, quotas, openComponents()).deal(takingResources);
    bound.forEach(this::place);
    bound.forEach(this::placeByExchange);
    quotas.forEach(this::layOutRest);
    free.forEach(this::placeAnywhere);
    bound.forEach(this::placeOtherwise);
    Map<Demand, Integer> served = new HashMap<>();
    return dealt.stream()
        .map(each -> placement(each, served.merge(each.serving().demand(), 1, Integer::sum) - 1))
        .toList();
  }

  // Units bound to nodes.

  /** Places a unit on a node if its devices lie there; returns whether they do. */
  boolean placeOne(Serving serving, int node) {
    boolean placed = place(serving, node, matches(serving), new HashMap<>());
    if (placed) {
      serving.placeOne();
    }
    return placed;
  }

  private double[] openComponents() {
    return shelves.stream().mapToDouble(shelf -> shelf.open().size()).toArray();
  }

  /** The units that have a node and devices so far. */
  List<Dealt> dealt() {
    return dealt;
  }

  /** Has the same units on other nodes, with devices that were given to some of them before. */
  void redeal(List<Dealt> units) {
    dealt.forEach(each -> room.giveBack(each.serving().demand().type(), each.node()));
    dealt = new ArrayList<>(units);
    dealt.forEach(each -> room.take(each.serving().demand().type(), each.node()));
  }

  /** Takes back what a unit was given. */
  void takeBack(Dealt unit) {
    dealt.remove(unit);
    NodeShelf shelf = shelves.get(unit.node());
    for (int leg = 0; leg < unit.devices().size(); leg++) {
      Hand hand = unit.serving().hands().get(leg);
      for (int device : unit.devices().get(leg).toArray()) {
        shelf.add(classOf(device), device);
        hand.add(classOf(device), 1);
      }
    }
    room.giveBack(unit.serving().demand().type(), unit.node());
    unit.serving().takeBackOne();
  }

  /** Whether a unit may be on the node, which has room and needs devices for what it gets. */
  private boolean fits(Serving serving, int node) {
    return room.fits(serving.demand().type(), node) && serving.asksOn(node);
  }

  private void place(Serving serving) {
    for (int node : nodesFor(serving)) {
      while (serving.unplaced() > 0 && fits(serving, node) && placeOne(serving, node)) {}
      if (serving.unplaced() == 0) {
        return;
      }
    }
  }

  /** The nodes that could serve a unit, those with least to offer first. */
  private List<Integer> nodesFor(Serving serving) {
    Set<Integer> wanted = serving.wanted();
    Map<ComponentGroup, Integer> most = new HashMap<>();
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
    for (Element value : valuesOn(node, next.trait())) {
      values.put(next, value);
      if (place(serving, node, matches, values)) {
        return true;
      }
      values.remove(next);
    }
    return false;
  }

  /** The values that devices of a node have, whether these are taken or not. */
  private Set<Element> valuesOn(int node, Trait trait) {
    Set<Element> values = new LinkedHashSet<>();
    for (int device : problem.devices().onNode(node)) {
      if (supply.knows(device)) {
        Element value = TieFilter.value(problem, device, trait);
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
      TieFilter filter = new TieFilter(problem, serving.constraintsOn(hand), values);
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
    dealt.add(new Dealt(serving, node, legs));
    return true;
  }

  /** The shares of the devices that a unit has, where they count, in millionths. */
  long share(Dealt unit) {
    return unit.devices().stream()
        .flatMapToInt(devices -> Arrays.stream(devices.toArray()))
        .mapToLong(device -> supply.placeOf(device).deviceClass().share())
        .sum();
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
   * without for it. All together take the same devices then, so the plan is worth the same; where
   * shares count, both are of one tier.
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
      boolean worthTheSame =
          given.share() == wanted.share()
              || other.demand().priority() == serving.demand().priority();
      if (worthTheSame && single.left(wanted.index()) > 0 && given.isFor(single.pick().leaf())) {
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

  private void layOutRest(ComponentGroup group, long[] quota) {
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
        TieFilter filter = new TieFilter(problem, serving.constraintsOn(hand), Map.of());
        IntList device = new IntList();
        if (!drawOne(hand, shelf, filter, device)) {
          break;
        }
        dealt.add(new Dealt(serving, node, List.of(device)));
        serving.placeOne();
      }
      shelf.commit();
    }
  }

  // Units that are left over.

  /** Has units in other ways than they were counted, from what nobody takes; the best first. */
  private void placeOtherwise(Serving serving) {
    UnitType type = serving.demand().type();
    if (serving.unplaced() == 0 || type.dependsOnNode()) {
      return;
    }
    List<Ways.Way> bestFirst = new ArrayList<>(Ways.of(type));
    bestFirst.sort(Comparator.comparingInt(Ways.Way::score).reversed());
    long left = serving.unplaced();
    for (Ways.Way way : bestFirst) {
      List<Hand> hands = new ArrayList<>();
      for (Ways.Pick pick : way.picks()) {
        Hand hand = new Hand(pick, pick.leaf().count(), new LinkedHashMap<>());
        for (DeviceClass deviceClass : supply.classes()) {
          if (deviceClass.isFor(pick.leaf())) {
            hand.add(deviceClass.index(), left * hand.count());
          }
        }
        hands.add(hand);
      }
      Serving otherwise = new Serving(serving.demand(), hands, left);
      place(otherwise);
      left = otherwise.unplaced();
      if (left == 0) {
        return;
      }
    }
  }

  private Placement placement(Dealt of, int unit) {
    Serving serving = of.serving();
    List<List<Placement.Choice>> choices = Ways.nothing(serving.demand().type());
    for (int leg = 0; leg < of.devices().size(); leg++) {
      Ways.Pick pick = serving.hands().get(leg).pick();
      int[] devices = of.devices().get(leg).toArray();
      choices
          .get(pick.claim())
          .set(
              pick.request(),
              new Placement.Choice(
                  pick.alternative(),
                  ImmutableIntArray.copyOf(problem.inOfferedOrder(of.node(), devices))));
    }
    return new Placement(
        serving.demand().units().get(unit),
        of.node(),
        choices.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList()));
  }
}
