package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the devices behind counts: components take patterns in order, places fill with devices,
 * units take them in the order of the queue. Units bound to a node are served first; the others
 * take what is left of a class wherever it is.
 */
final class PatternDecoder {

  private final CompiledProblem problem;
  private final Supply supply;
  private final KnownPlacements known;
  private final Map<Place, ArrayDeque<Integer>> stock = new LinkedHashMap<>();
  private final Map<Integer, List<Place>> placesOfClass = new HashMap<>();
  private final List<Serving> servings = new ArrayList<>();

  private record Serving(Demand demand, Option option, int units, List<Map<Place, Long>> taken) {}

  /**
   * Prepares to name devices.
   *
   * @param known placements to keep to where there is a choice
   */
  PatternDecoder(CompiledProblem problem, Supply supply, KnownPlacements known) {
    this.problem = problem;
    this.supply = supply;
    this.known = known;
    supply.lone().forEach(this::stock);
  }

  private void stock(Place place, IntList devices) {
    ArrayDeque<Integer> shelf = stock.get(place);
    if (shelf == null) {
      shelf = new ArrayDeque<>();
      stock.put(place, shelf);
      placesOfClass.computeIfAbsent(place.deviceClass().index(), c -> new ArrayList<>()).add(place);
    }
    shelf.addAll(devices.asList());
  }

  /** Stocks what the group's components supply when so many of them take each pattern. */
  void layOut(ComponentGroup group, long[] components) {
    int[] patterns = known.patterns(group, components);
    for (int component = 0; component < patterns.length; component++) {
      if (patterns[component] == KnownPlacements.NONE) {
        continue;
      }
      List<IntList> devices = group.devices(component, group.patterns().get(patterns[component]));
      for (int cell = 0; cell < devices.size(); cell++) {
        stock(group.places().get(cell), devices.get(cell));
      }
    }
  }

  /** Serves units by an option; {@code taken} says what each leg takes from each place in all. */
  void serve(Demand demand, Option option, int units, List<Map<Place, Long>> taken) {
    if (units > 0) {
      servings.add(new Serving(demand, option, units, taken));
    }
  }

  /** Returns the placements of all units served. */
  List<Placement> placements() {
    List<Serving> ordered = new ArrayList<>(servings);
    ordered.sort(Comparator.comparing((Serving s) -> s.option().isAnywhere()));
    Map<Serving, List<List<IntList>>> devices = new LinkedHashMap<>();
    ordered.forEach(serving -> devices.put(serving, draw(serving)));
    Map<Demand, Integer> next = new HashMap<>();
    List<Placement> placements = new ArrayList<>();
    for (Serving serving : servings) {
      int first = next.merge(serving.demand(), serving.units(), Integer::sum) - serving.units();
      List<List<IntList>> byLeg = devices.getOrDefault(serving, List.of());
      for (int unit = 0; unit < serving.units(); unit++) {
        List<IntList> legs = new ArrayList<>();
        for (List<IntList> leg : byLeg) {
          legs.add(leg.get(unit));
        }
        placements.add(placement(serving, first + unit, legs));
      }
    }
    return known.isEmpty() ? placements : asKnown(placements);
  }

  private List<Placement> asKnown(List<Placement> placements) {
    Map<Unit, Demand> demandOf = new HashMap<>();
    servings.forEach(
        serving -> serving.demand().units().forEach(unit -> demandOf.put(unit, serving.demand())));
    ListMultimap<Demand, Placement> byDemand =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    placements.forEach(each -> byDemand.put(demandOf.get(each.unit()), each));
    List<Placement> dealt = new ArrayList<>();
    byDemand.asMap().values().forEach(some -> dealt.addAll(known.dealtAnew(List.copyOf(some))));
    return dealt;
  }

  /** Takes the serving's devices from stock, as {@code [leg][unit]}. */
  private List<List<IntList>> draw(Serving serving) {
    List<List<IntList>> byLeg = new ArrayList<>();
    for (int l = 0; l < serving.option().legs().size(); l++) {
      Option.Leg leg = serving.option().legs().get(l);
      IntList all = new IntList();
      inDealingOrder(leg, serving.taken().get(l))
          .forEach((place, count) -> take(place, count, serving, all));
      byLeg.add(deal(all, serving.units(), leg));
    }
    return byLeg;
  }

  /** Places of one distinct value stay together, so that dealing spreads them over units. */
  private static Map<Place, Long> inDealingOrder(Option.Leg leg, Map<Place, Long> taken) {
    if (leg.distinct().isEmpty()) {
      return taken;
    }
    Map<Place, Long> ordered = new LinkedHashMap<>();
    leg.placesByDistinctValue()
        .forEach(
            places -> places.forEach(place -> ordered.put(place, taken.getOrDefault(place, 0L))));
    return ordered;
  }

  private void take(Place place, long count, Serving serving, IntList into) {
    List<Place> places =
        serving.option().isAnywhere()
            ? placesOfClass.getOrDefault(place.deviceClass().index(), List.of())
            : List.of(place);
    if (!known.isEmpty()) {
      places.forEach(from -> sortFor(serving.demand(), from));
    }
    long missing = count;
    for (Place from : places) {
      ArrayDeque<Integer> shelf = stock.getOrDefault(from, new ArrayDeque<>());
      while (missing > 0 && !shelf.isEmpty()) {
        into.add(shelf.remove());
        missing--;
      }
    }
    if (missing > 0) {
      throw new IllegalStateException(
          "The counts take " + count + " devices of " + place + ", " + missing + " too many.");
    }
  }

  /** Puts what units of the demand had first, and what others had last. */
  private void sortFor(Demand demand, Place place) {
    ArrayDeque<Integer> shelf = stock.get(place);
    if (shelf != null) {
      List<Integer> sorted = new ArrayList<>(shelf);
      sorted.sort(Comparator.comparingInt(device -> known.strangeness(device, demand)));
      shelf.clear();
      shelf.addAll(sorted);
    }
  }

  /**
   * Deals devices to units: in turn where values must differ, else in runs, which keeps the devices
   * of a unit together.
   */
  private static List<IntList> deal(IntList devices, int units, Option.Leg leg) {
    List<IntList> hands = new ArrayList<>();
    for (int unit = 0; unit < units; unit++) {
      IntList hand = new IntList();
      for (int i = 0; i < leg.count(); i++) {
        int at =
            leg.distinct().isEmpty() ? unit * Math.toIntExact(leg.count()) + i : unit + i * units;
        hand.add(devices.get(at));
      }
      hands.add(hand);
    }
    return hands;
  }

  /** Nodes of a kind are filled one after the other, the one that gave its name first. */
  private int node(Option option, List<IntList> legs) {
    boolean isKnown = !option.isAnywhere() && supply.kinds().size(option.node()) == 1;
    return isKnown || legs.isEmpty()
        ? option.node()
        : problem.devices().nodesOf(problem.devices().site(legs.get(0).get(0)))[0];
  }

  private Placement placement(Serving serving, int unit, List<IntList> legs) {
    int node = node(serving.option(), legs);
    List<List<Placement.Choice>> choices = Ways.nothing(serving.demand().type());
    List<Ways.Pick> picks = serving.option().way().picks();
    for (int l = 0; l < picks.size(); l++) {
      Ways.Pick pick = picks.get(l);
      choices
          .get(pick.claim())
          .set(
              pick.request(),
              new Placement.Choice(
                  pick.alternative(),
                  ImmutableIntArray.copyOf(problem.inOfferedOrder(node, legs.get(l).toArray()))));
    }
    return new Placement(
        serving.demand().units().get(unit),
        node,
        choices.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList()));
  }
}
