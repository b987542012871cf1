package io.tangram.solver.model;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import com.google.common.collect.Multimaps;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.NodeResources;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.model.NodeDealing.Dealt;
import io.tangram.solver.model.Serving.Hand;
import io.tangram.solver.nodesearch.NodeRoom;
import io.tangram.solver.packing.LoadExchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deals units that take resources of their nodes, besides devices: the largest before the others,
 * each to the node with devices for it that has most left of what it takes, be it enough or not.
 * Then units that ask for the same devices exchange their nodes until no node has to give more than
 * it has ({@link LoadExchange}), or few have to, but much. What is too much there is taken back and
 * dealt again, a few times.
 */
final class ResourceDealing {

  private static final int ROUNDS = 3;

  /** The affinity of a unit to a node that can't take it. */
  private static final double NONE = Double.NEGATIVE_INFINITY;

  private final CompiledProblem problem;
  private final NodeDealing dealing;
  private final NodeRoom room;
  private final PatternQuotas quotas;
  private final double[] components;
  private final double[] left;
  private final Map<Serving, Double> componentsTaken = new HashMap<>();
  private final Map<Serving, Double> sizes = new HashMap<>();

  /**
   * Prepares to deal units.
   *
   * @param components how many components each node has
   */
  ResourceDealing(
      CompiledProblem problem,
      NodeDealing dealing,
      NodeRoom room,
      PatternQuotas quotas,
      double[] components) {
    this.problem = problem;
    this.dealing = dealing;
    this.room = room;
    this.quotas = quotas;
    this.components = components;
    this.left = components.clone();
  }

  /** Deals what units of some servings take. */
  void deal(List<Serving> servings) {
    List<Serving> largestFirst = new ArrayList<>(servings);
    largestFirst.sort(Comparator.comparingDouble((Serving each) -> -size(each)));
    long before = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && unplaced(servings) < before; round++) {
      before = unplaced(servings);
      largestFirst.forEach(serving -> place(serving, true));
      exchange(before);
      tooMuch().forEach(this::takeBack);
      largestFirst.forEach(serving -> place(serving, false));
    }
  }

  private static long unplaced(List<Serving> servings) {
    return servings.stream().mapToLong(Serving::unplaced).sum();
  }

  private void place(Serving serving, boolean overdrawing) {
    double[] affinities = new double[left.length];
    Arrays.setAll(affinities, node -> affinity(serving, node, overdrawing));
    int node = greatest(affinities);
    while (serving.unplaced() > 0 && affinities[node] > NONE) {
      if (dealing.placeOne(serving, node)) {
        left[node] -= components(serving);
        affinities[node] = affinity(serving, node, overdrawing);
      } else {
        affinities[node] = NONE;
      }
      node = greatest(affinities);
    }
  }

  private static int greatest(double[] affinities) {
    int greatest = 0;
    for (int node = 1; node < affinities.length; node++) {
      greatest = affinities[node] > affinities[greatest] ? node : greatest;
    }
    return greatest;
  }

  /** How much there is on a node of what a unit takes. */
  private double affinity(Serving serving, int node, boolean overdrawing) {
    UnitType type = serving.demand().type();
    boolean suits = overdrawing ? type.mayUse(node) : room.fits(type, node);
    if (!suits || !serving.asksOn(node)) {
      return NONE;
    }
    double all = Math.max(1, components[node]);
    return room.affinity(type, node) + components(serving) / all * (left[node] / all);
  }

  /** The greatest part that a unit takes of anything on the node where that is least. */
  private double size(Serving serving) {
    return sizes.computeIfAbsent(
        serving,
        each -> {
          double taken = components(each);
          double size = Double.POSITIVE_INFINITY;
          for (int node = 0; node < components.length; node++) {
            double devices = taken / Math.max(1, components[node]);
            size = Math.min(size, Math.max(devices, room.part(each.demand().type(), node)));
          }
          return size;
        });
  }

  /** How many components a unit takes, about: parts of those that supply several like devices. */
  private double components(Serving serving) {
    return componentsTaken.computeIfAbsent(
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

  // What is too much on some nodes.

  /**
   * What units have in common that can exchange their nodes with all devices.
   *
   * @param claims what they ask for
   * @param picks which alternatives they get
   * @param share of their devices, where that counts
   */
  private record Kind(List<ClaimShape> claims, List<Ways.Pick> picks, long share) {}

  /** Exchanges nodes, unless more units than these would have to be taken back then. */
  private void exchange(long most) {
    List<Dealt> units = dealing.dealt();
    Map<Kind, Integer> numbers = new HashMap<>();
    int[] kinds = new int[units.size()];
    int[] nodes = new int[units.size()];
    double[][] taken = new double[units.size()][];
    for (int i = 0; i < units.size(); i++) {
      Serving serving = units.get(i).serving();
      nodes[i] = units.get(i).node();
      taken[i] = serving.demand().type().resources().stream().asDoubleStream().toArray();
      kinds[i] =
          serving.demand().type().dependsOnNode()
              ? -1 - i
              : numbers.computeIfAbsent(kind(units.get(i)), kind -> numbers.size());
    }
    LoadExchange exchange =
        new LoadExchange(
            capacities(),
            nodes,
            kinds,
            taken,
            (unit, node) -> units.get(unit).serving().demand().type().mayUse(node));
    exchange.run();
    List<Dealt> exchanged = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      Dealt place = units.get(exchange.place(i));
      exchanged.add(new Dealt(units.get(i).serving(), place.node(), place.devices()));
    }
    dealing.redeal(exchanged);
    if (tooMuch().size() > most) {
      dealing.redeal(units);
    }
  }

  private Kind kind(Dealt unit) {
    Serving serving = unit.serving();
    return new Kind(
        serving.demand().type().claims(),
        serving.hands().stream().map(Hand::pick).toList(),
        dealing.share(unit));
  }

  private double[][] capacities() {
    double[][] capacities = new double[problem.nodes()][];
    for (int node = 0; node < capacities.length; node++) {
      long[] available = problem.resources().available(node);
      capacities[node] = new double[available.length];
      for (int i = 0; i < available.length; i++) {
        capacities[node][i] =
            NodeResources.isLimited(available[i]) ? available[i] : Double.POSITIVE_INFINITY;
      }
    }
    return capacities;
  }

  /** The units without which no node has to give too much. */
  private List<Dealt> tooMuch() {
    List<Dealt> tooMuch = new ArrayList<>();
    ListMultimap<Integer, Dealt> onNode = Multimaps.index(dealing.dealt(), Dealt::node);
    for (int node : onNode.keySet()) {
      if (room.isOverdrawn(node)) {
        tooMuch.addAll(tooMuch(onNode.get(node), node));
      }
    }
    return tooMuch;
  }

  private List<Dealt> tooMuch(List<Dealt> units, int node) {
    List<Dealt> tooMuch = new ArrayList<>();
    List<Dealt> largestFirst = new ArrayList<>(units);
    largestFirst.sort(Comparator.comparingDouble((Dealt unit) -> -size(unit.serving())));
    while (room.isOverdrawn(node)) {
      Dealt unit = leastThatDoes(largestFirst, node);
      largestFirst.remove(unit);
      tooMuch.add(unit);
      room.giveBack(unit.serving().demand().type(), node);
    }
    tooMuch.forEach(unit -> room.take(unit.serving().demand().type(), node));
    return tooMuch;
  }

  private void takeBack(Dealt unit) {
    dealing.takeBack(unit);
    left[unit.node()] += components(unit.serving());
  }

  /** The smallest unit without which nothing is too much; the largest if one is not enough. */
  private Dealt leastThatDoes(List<Dealt> largestFirst, int node) {
    for (Dealt unit : Lists.reverse(largestFirst)) {
      if (room.wouldDo(unit.serving().demand().type(), node)) {
        return unit;
      }
    }
    return largestFirst.get(0);
  }
}
