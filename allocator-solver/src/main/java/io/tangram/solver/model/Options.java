package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.symmetry.DeviceClass;
import io.tangram.solver.symmetry.NodeKinds;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.PooledNodes;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Place;
import io.tangram.solver.symmetry.TiedTraits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Enumerates the options of demands for {@link PatternModel}. */
public final class Options {

  /** How many places all options together may draw on. */
  private static final int MAX_DRAWS = 600_000;

  private final CompiledProblem problem;
  private final Part part;
  private final TiedTraits ties;
  private final Map<Place, Integer> most;
  private final Map<Integer, List<Place>> placesByNode = new LinkedHashMap<>();
  private final BitSet nodes;
  private final NodeKinds kinds;
  private final boolean byNode;
  private final boolean relaxed;
  private final Deadline deadline;
  private Optional<PooledNodes> pooledNodes = Optional.empty();
  private final Map<Integer, List<Place>> families = new TreeMap<>();
  private long draws;

  private Options(
      CompiledProblem problem,
      Part part,
      Supply supply,
      TiedTraits ties,
      boolean byNode,
      boolean relaxed,
      Deadline deadline) {
    this.problem = problem;
    this.part = part;
    this.kinds = supply.kinds();
    this.nodes = kinds.all();
    this.nodes.and(part.nodes());
    this.byNode = byNode;
    this.relaxed = relaxed;
    this.ties = ties;
    this.deadline = deadline;
    this.most = supply.most();
    for (Place place : most.keySet()) {
      if (place.site() != Supply.ANYWHERE) {
        for (int node : problem.devices().nodesOf(place.site())) {
          placesByNode.computeIfAbsent(node, n -> new ArrayList<>()).add(place);
        }
      }
    }
  }

  /** Returns the options of a part's units on its supply. */
  public static Options exact(
      CompiledProblem problem, Part part, Supply supply, TiedTraits ties, Deadline deadline) {
    return new Options(problem, part, supply, ties, false, false, deadline);
  }

  /**
   * Returns the options of a part's units on its supply, which must tell sites apart, with the node
   * or kind of nodes also of those that take one device.
   */
  public static Options byNode(
      CompiledProblem problem, Part part, Supply supply, TiedTraits ties, Deadline deadline) {
    return new Options(problem, part, supply, ties, true, false, deadline);
  }

  /**
   * Returns options under which the devices of a unit may come from any nodes, whatever their
   * attributes. The supply must not tell sites apart.
   */
  public static Options relaxed(
      CompiledProblem problem, Part part, Supply supply, Deadline deadline) {
    return new Options(problem, part, supply, TiedTraits.none(), false, true, deadline);
  }

  /**
   * Returns the same where each device is on one node: devices of a unit come from places that some
   * node has together, and no more units are served than the nodes could each for itself.
   */
  public static Options pooled(
      CompiledProblem problem, Part part, Supply supply, Deadline deadline) {
    Options options = new Options(problem, part, supply, TiedTraits.none(), false, true, deadline);
    PooledNodes pooled = new PooledNodes(problem, supply);
    options.pooledNodes = Optional.of(pooled);
    options.families.putAll(pooled.families());
    return options;
  }

  /** Whether these are the relaxed options, of which the solutions are not plans. */
  boolean areRelaxed() {
    return relaxed;
  }

  /** What is known of the single nodes where all are taken as one. */
  Optional<PooledNodes> pooledNodes() {
    return pooledNodes;
  }

  /** Whether there were more options than a model can hold, or than the time let be found. */
  boolean areTooMany() {
    return draws > MAX_DRAWS || deadline.hasPassed();
  }

  /**
   * Returns the options of a demand; those without a way to serve a single unit are left out. Stops
   * early once there {@linkplain #areTooMany are too many}.
   */
  List<Option> of(Demand demand) {
    List<Option> options = new ArrayList<>();
    for (BitSet alike : alike(demand.type())) {
      for (Ways.Way way : ways(demand.type(), alike)) {
        if (pooledNodes.isPresent() && way.picks().isEmpty()) {
          addOption(demand, way, Supply.ANYWHERE, List.of(), Map.of(), options);
        } else if (pooledNodes.isPresent() && !Countability.takesOneDevice(demand.type())) {
          families.forEach(
              (family, places) -> addOption(demand, way, family, places, Map.of(), options));
        } else if (relaxed || (!byNode && Countability.takesOneDevice(demand.type()))) {
          addOption(demand, way, Supply.ANYWHERE, List.copyOf(most.keySet()), Map.of(), options);
        } else {
          addOnNodes(demand, way, alike, options);
        }
      }
    }
    return options;
  }

  private static List<Ways.Way> ways(UnitType type, BitSet alike) {
    return type.dependsOnNode() ? Ways.on(alike.nextSetBit(0), type) : Ways.of(type);
  }

  /** The nodes that units of the type may use, apart by what they serve themselves (R216). */
  private Collection<BitSet> alike(UnitType type) {
    if (!type.dependsOnNode()) {
      return List.of(nodes);
    }
    Map<List<Boolean>, BitSet> alike = new LinkedHashMap<>();
    part.nodes().stream()
        .filter(type::mayUse)
        .forEach(node -> alike.computeIfAbsent(type.asking(node), a -> new BitSet()).set(node));
    return alike.values();
  }

  private void addOnNodes(Demand demand, Ways.Way way, BitSet alike, List<Option> options) {
    for (int node = alike.nextSetBit(0);
        node >= 0 && !areTooMany();
        node = alike.nextSetBit(node + 1)) {
      if (demand.type().mayJoin(node)) {
        addOnNode(demand, way, node, options);
        if (way.picks().isEmpty() && !options.isEmpty() && !isNodeOf(demand.type())) {
          break; // Nothing to take: one node is as good as all.
        }
      }
    }
  }

  /** Whether it matters on which node a unit of the type is that takes nothing. */
  private boolean isNodeOf(UnitType type) {
    return Countability.isTiedToNode(type) || (byNode && type.takesNode());
  }

  private void addOnNode(Demand demand, Ways.Way way, int node, List<Option> options) {
    List<Place> places = placesByNode.getOrDefault(node, List.of());
    List<Tied> matches = matches(demand.type(), way);
    addValueChoices(demand, way, node, places, matches, 0, new LinkedHashMap<>(), options);
  }

  /** A matchAttribute with the picks it covers. */
  private record Tied(int attribute, List<Ways.Pick> picks) {}

  /** The constraints that need a value to agree on: those over more than one device. */
  private List<Tied> matches(UnitType type, Ways.Way way) {
    List<Tied> matches = new ArrayList<>();
    for (int claim = 0; claim < type.claims().size(); claim++) {
      for (ClaimShape.Tie tie : type.claims().get(claim).constraints()) {
        List<Ways.Pick> covered = way.coveredBy(claim, tie);
        long devices = covered.stream().mapToLong(pick -> pick.leaf().count()).sum();
        if (tie.kind() == ClaimShape.Tie.Kind.MATCH && devices > 1) {
          matches.add(new Tied(ties.index(tie.trait()), covered));
        }
      }
    }
    return matches;
  }

  private void addValueChoices(
      Demand demand,
      Ways.Way way,
      int node,
      List<Place> places,
      List<Tied> matches,
      int next,
      Map<Tied, Integer> chosen,
      List<Option> options) {
    if (next == matches.size()) {
      addOption(demand, way, node, places, chosen, options);
      return;
    }
    Tied match = matches.get(next);
    for (int value : commonValues(match, places)) {
      if (areTooMany()) {
        return;
      }
      chosen.put(match, value);
      addValueChoices(demand, way, node, places, matches, next + 1, chosen, options);
      chosen.remove(match);
    }
  }

  private static Set<Integer> commonValues(Tied match, List<Place> places) {
    Set<Integer> common = new LinkedHashSet<>();
    for (Place place : places) {
      common.add(place.deviceClass().ties().get(match.attribute()));
    }
    common.remove(DeviceClass.NO_VALUE);
    for (Ways.Pick pick : match.picks()) {
      Set<Integer> offered = new LinkedHashSet<>();
      for (Place place : places) {
        if (Supply.admits(pick.leaf(), place)) {
          offered.add(place.deviceClass().ties().get(match.attribute()));
        }
      }
      common.retainAll(offered);
    }
    return common;
  }

  private void addOption(
      Demand demand,
      Ways.Way way,
      int node,
      List<Place> places,
      Map<Tied, Integer> values,
      List<Option> options) {
    ImmutableList.Builder<Option.Leg> legs = ImmutableList.builder();
    int alike = node == Supply.ANYWHERE ? 1 : kinds.size(node);
    long units =
        Math.min(demand.size(), relaxed ? Long.MAX_VALUE : mostByResources(demand.type(), node));
    long unitsEach = units;
    for (Ways.Pick pick : way.picks()) {
      ImmutableList<Place> usable =
          places.stream()
              .filter(place -> Supply.admits(pick.leaf(), place))
              .filter(place -> most.getOrDefault(place, 0) > 0)
              .filter(place -> hasTiedTraits(demand.type(), pick, place))
              .filter(place -> hasValues(pick, place, values))
              .collect(ImmutableList.toImmutableList());
      long offered = usable.stream().mapToLong(place -> most.getOrDefault(place, 0)).sum();
      units = Math.min(units, offered / pick.leaf().count());
      unitsEach = Math.min(unitsEach, offered / alike / pick.leaf().count());
      legs.add(
          new Option.Leg(pick.leaf().count(), usable, distinctAttributes(demand.type(), pick)));
    }
    if (pooledNodes.isPresent() && !Countability.takesOneDevice(demand.type())) {
      units = Math.min(units, mostOnNodes(demand.type(), legs.build()));
    }
    if (units > 0) {
      Option option =
          new Option(
              way, node, legs.build(), resources(demand.type(), way), (int) units, (int) unitsEach);
      draws += option.legs().stream().mapToInt(leg -> leg.places().size()).sum();
      options.add(option);
    }
  }

  private long mostOnNodes(UnitType type, List<Option.Leg> legs) {
    return pooledNodes
        .map(
            nodes ->
                nodes.mostUnits(
                    type,
                    legs.stream()
                        .map(leg -> new PooledNodes.Want(leg.count(), Set.copyOf(leg.places())))
                        .toList()))
        .orElse(Long.MAX_VALUE);
  }

  /** What a unit takes of resources of its node: not of those for which it has devices. */
  private static ImmutableLongArray resources(UnitType type, Ways.Way way) {
    long[] amounts = type.resources().toArray();
    for (Ways.Pick pick : way.picks()) {
      int resource =
          type.claims().get(pick.claim()).requests().get(pick.request()).own().resource();
      if (resource >= 0) {
        amounts[resource] = 0;
      }
    }
    return ImmutableLongArray.copyOf(amounts);
  }

  /** How many units of a type a node's resources would do for if it had them all. */
  private long mostByResources(UnitType type, int node) {
    long most = Long.MAX_VALUE;
    for (int i = 0; type.takesResources() && i < type.resources().length(); i++) {
      if (type.resources().get(i) > 0) {
        most = Math.min(most, problem.resources().available(node)[i] / type.resources().get(i));
      }
    }
    return most;
  }

  /** R97: a covered device without the attribute violates the constraint, even alone. */
  private boolean hasTiedTraits(UnitType type, Ways.Pick pick, Place place) {
    return relaxed
        || type.claims().get(pick.claim()).constraints().stream()
            .filter(tie -> tie.covers(pick.request(), pick.alternative()))
            .allMatch(
                tie ->
                    place.deviceClass().ties().get(ties.index(tie.trait()))
                        != DeviceClass.NO_VALUE);
  }

  private static boolean hasValues(Ways.Pick pick, Place place, Map<Tied, Integer> values) {
    return values.entrySet().stream()
        .filter(chosen -> chosen.getKey().picks().contains(pick))
        .allMatch(
            chosen ->
                place
                    .deviceClass()
                    .ties()
                    .get(chosen.getKey().attribute())
                    .equals(chosen.getValue()));
  }

  private ImmutableList<Integer> distinctAttributes(UnitType type, Ways.Pick pick) {
    return relaxed || pick.leaf().count() == 1
        ? ImmutableList.of()
        : type.claims().get(pick.claim()).constraints().stream()
            .filter(tie -> tie.kind() == ClaimShape.Tie.Kind.DISTINCT)
            .filter(tie -> tie.covers(pick.request(), pick.alternative()))
            .map(tie -> ties.index(tie.trait()))
            .distinct()
            .collect(ImmutableList.toImmutableList());
  }
}
