package io.tangram.solver.model;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.Maps;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.GangShape;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.Pattern;
import io.tangram.solver.symmetry.PooledNodes;
import io.tangram.solver.symmetry.ReadNodes;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Counts over patterns: never a variable per interchangeable thing.
 *
 * <pre>
 * Sets        d  demands: units of one type and priority, N_d of them
 *             o  options of a demand: one alternative for each request that the node doesn't serve
 *                itself (R216), a node where the unit's devices have to be together, a value for
 *                each matchAttribute
 *             r  leaf requests of an option, asking for q_r devices each
 *             g  groups of n_g interchangeable components, with patterns p in P_g
 *             l  places: a device class at a site (or anywhere, where the place doesn't matter)
 * Parameters  s_gpl  devices that pattern p of group g supplies to place l
 *             c_l    lone devices of place l
 *             share_l, size_l  of a device of place l;  score_o  of an option (R80)
 * Variables   a[d]     in 0..N_d  units admitted
 *             z[d,o]   units served by option o
 *             f[d,o,r,l]  devices that leaf request r of option o takes from place l
 *             y[g,p]   in 0..n_g  components of group g that supply pattern p
 *             mended[C,g,k]  by how much components of group g lessen what is left over of C on
 *                      the nodes in k, those on which the same groups can do so
 *             used[n]  nodes of kind n taken into use, see {@link NodeTerms}, where that counts
 *
 * (1)  sum_o z[d,o] = a[d]                                         for each d
 * (2)  sum_l f[d,o,r,l] = q_r z[d,o]                               for each d, o, r
 * (3)  sum_(l with value v) f[d,o,r,l] &lt;= z[d,o]                   for distinctAttribute on r, each v
 * (4)  sum_p y[g,p] = n_g                                          for each g
 *      sum_p y[g,p] &lt;= n_g / m_n used[n]                            instead where g is on such nodes
 * (5)  sum_(d,o,r) f[d,o,r,l] &lt;= c_l + sum_(g,p) s_gpl y[g,p]      for each l
 * (6)  the same, summed over all places of a class, options without a node included
 * (7)  sum_(d, o on n) resource_or z[d,o] &lt;= available_nr           for each node n, scarce resource r
 * (8)  sum_(o on n) z[d,o] &lt;= N_d sum_(o on n) z[c,o]              for each d that uses common claim c, n
 * (9)  sum_(o on n) z[c,o] &lt;= sum_(d uses c, o on n) z[d,o]        for each c, n
 * (10) sum_(o on n) z[d,o] &lt;= m_dn used[n]                          for each n not in use before, d
 * (11) sum_(d,o,r with q_r = q) (sum_(l in C) f[d,o,r,l] - (q - 1) sum_(l not in C) f[d,o,r,l])
 *            &lt;= sum_(l in C) c_l + sum_(g,p) (s_gpC + e_gpC) y[g,p] - sum_n rest_nC
 *                                                                with nodes as one, for q &gt; 1 and
 *                                                                some sets C of places of an r
 * (12) the same with sum_(g,k) mended[C,g,k] in place of sum_(g,p) e_gpC y[g,p]
 *                                                                for C all places of an r
 * (13) sum_k mended[C,g,k] &lt;= sum_p e_gpC y[g,p]                   for each C, g
 * (14) sum_g mended[C,g,k] &lt;= sum_(n in k) rest_nC                 for each C, k
 *
 * Objectives  claims(t)   see {@link AdmissionModel}
 *             share(t)    sum_(d of tier t, o, r, l) share_l f[d,o,r,l]
 *             fragmentation  sum_(g,p) loss_gp y[g,p] + sum_(d,o,r,l) loss_l f[d,o,r,l]
 *             preference  sum_(d,o) score_o z[d,o]
 *             size        sum_(d,o,r,l) size_l f[d,o,r,l]
 * </pre>
 *
 * <p>A common claim c is a demand of one unit that counts for nobody's admission but in the tier of
 * its users, see {@link CommonTiers}.
 *
 * <p>Counts are exact: equal units take equal devices, so any split of f among the units served by
 * an option is legal. Under (3) devices are dealt round by round: a value given at most z times
 * falls on z different units. (2) needs no variable where only one place serves r.
 *
 * <p>With nodes as one, (11) says that a unit takes all its q devices of one node: if each
 * component supplies the most it can of C, then rest_nC of these are left over on node n, less than
 * q, but for units that take some of C and some of other places. A component that supplies another
 * pattern leaves less over by e_gpC at most, which is how much more than s_gpC the most is, modulo
 * q. A rounding cut, of all nodes together; C is all places of an r, all but one, or one.
 *
 * <p>(12) says in addition that a component lessens only what is left over on its own node: if the
 * components of node n supply D_n less than the most they can, (rest_nC - D_n) modulo q devices are
 * left over there, which is less than rest_nC by no more than rest_nC and no more than the sum of
 * their e_gpC. How much less is in a plan satisfies (13) and (14), summed over the nodes in k.
 * Written where not all groups can do the same on all nodes where something is left over, since
 * else (11) and (5) say as much.
 *
 * <p>The idea of counting patterns of equal bins is Gilmore and Gomory's for cutting stock
 * (Operations Research 9, 1961); that of flows from item types to pattern supply avoids one pattern
 * per mix of claims.
 */
public final class PatternModel extends AdmissionModel {

  /** The name of the formulation. */
  public static final String NAME = "patterns";

  /** The name of the formulation that takes all nodes as one. */
  public static final String POOLED = "pooled patterns";

  private static final double MOST_ROOM = 0.02;

  private final CompiledProblem problem;
  private final Supply supply;
  private final boolean relaxed;
  private final Unplaced unplaced = new Unplaced();
  private final NodeTerms nodes;
  private final Map<ComponentGroup, List<IntVar>> patternsUsed = new LinkedHashMap<>();
  private KnownPlacements known = new KnownPlacements(List.of(), Map.of());
  private final List<ServedOption> served = new ArrayList<>();
  private final Map<Place, LinearExprBuilder> drawn = new LinkedHashMap<>();
  private final Map<Integer, LinearExprBuilder> drawnAnywhere = new LinkedHashMap<>();
  private final PatternNodes rows;
  private final Optional<PatternRests> rests;
  private final GangRows gangs;
  private double roomLeft;
  private double roomMissing;

  /** An option with its variables: the amount each leaf request takes from each place. */
  record ServedOption(Demand demand, Option option, IntVar units, List<List<Take>> takes) {}

  /** Devices taken from a place: a variable, or a multiple of the option's units. */
  record Take(Place place, IntVar variable, long factor) {}

  private PatternModel(
      CompiledProblem problem,
      Supply supply,
      Demands demands,
      Map<Demand, List<Option>> options,
      ReadNodes nodes,
      boolean relaxed,
      Optional<PooledNodes> pooled) {
    super(relaxed ? POOLED : NAME, demands);
    this.problem = problem;
    this.supply = supply;
    this.relaxed = relaxed;
    this.nodes = new NodeTerms(model, nodes, supply.kinds());
    this.rows = new PatternNodes(problem, model, supply, this.nodes);
    addPatternVariables();
    options.forEach(this::addDemand);
    addSupplyLimits();
    rows.close(demands, relaxed);
    this.rests = pooled.map(each -> new PatternRests(model, supply, each, served, patternsUsed));
    this.gangs = new GangRows(model, problem.nodes(), !relaxed);
    addGangs();
    addTiers();
  }

  /**
   * Builds the model of a part.
   *
   * @param nodes what objectives read of nodes; where they read anything, the options must say on
   *     which node or kind of nodes each unit is
   * @return the model, or nothing if there are {@linkplain Options#areTooMany too many} options
   */
  public static Optional<PartModel> of(
      CompiledProblem problem, Supply supply, Demands demands, Options options, ReadNodes nodes) {
    Map<Demand, List<Option>> byDemand = new LinkedHashMap<>();
    for (Demand demand : demands.all()) {
      byDemand.put(demand, options.of(demand));
      if (options.areTooMany()) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new PatternModel(
            problem,
            supply,
            demands,
            byDemand,
            nodes,
            options.areRelaxed(),
            options.pooledNodes()));
  }

  // Variables and the constraints that define them.

  /** y[g,p] and (4). */
  private void addPatternVariables() {
    for (ComponentGroup group : supply.groups()) {
      List<IntVar> used = new ArrayList<>();
      for (int p = 0; p < group.patterns().size(); p++) {
        used.add(model.newIntVar(0, group.size(), "y[" + patternsUsed.size() + "," + p + "]"));
      }
      patternsUsed.put(group, used);
      LinearExpr components = LinearExpr.sum(used.toArray(new IntVar[0]));
      usedNodes(group)
          .ifPresentOrElse(
              taken -> model.addLessOrEqual(components, each(taken, group)),
              () -> model.addEquality(components, group.size()));
    }
  }

  /** How many nodes of those with the group's components are taken into use, where that counts. */
  private Optional<IntVar> usedNodes(ComponentGroup group) {
    return group.onlySite().flatMap(nodes::used);
  }

  private LinearExpr each(IntVar used, ComponentGroup group) {
    return LinearExpr.term(used, group.size() / nodes.size(group.onlySite().orElseThrow()));
  }

  /** a[d], z[d,o] and (1). */
  private void addDemand(Demand demand, List<Option> options) {
    IntVar units = addAdmitted(demand);
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (Option option : options) {
      String name = demand.index() + "," + served.size();
      IntVar byOption = model.newIntVar(0, option.most(), "z[" + name + "]");
      sum.add(byOption);
      rows.place(demand, option, byOption);
      List<List<Take>> takes = new ArrayList<>();
      for (Option.Leg leg : option.legs()) {
        takes.add(addTakes(leg, option, byOption, name + "," + takes.size()));
      }
      served.add(new ServedOption(demand, option, byOption, takes));
    }
    model.addEquality(sum, units);
  }

  /** f[d,o,r,l], (2) and (3). */
  private List<Take> addTakes(Option.Leg leg, Option option, IntVar units, String name) {
    List<Take> takes = new ArrayList<>();
    if (leg.places().size() == 1 && leg.distinct().isEmpty()) {
      takes.add(new Take(leg.places().get(0), units, leg.count()));
    } else {
      LinearExprBuilder sum = LinearExpr.newBuilder();
      for (Place place : leg.places()) {
        IntVar devices =
            model.newIntVar(0, (long) option.most() * leg.count(), "f[" + name + "," + place + "]");
        takes.add(new Take(place, devices, 1));
        sum.add(devices);
      }
      model.addEquality(sum, LinearExpr.term(units, leg.count()));
      for (List<Place> sameValue : leg.placesByDistinctValue()) {
        LinearExprBuilder withValue = LinearExpr.newBuilder();
        for (Take take : takes) {
          if (sameValue.contains(take.place())) {
            withValue.add(take.variable());
          }
        }
        model.addLessOrEqual(withValue, units);
      }
    }
    for (Take take : takes) {
      if (option.isAnywhere()) {
        expression(drawnAnywhere, take.place().deviceClass().index())
            .addTerm(take.variable(), take.factor());
      } else {
        expression(drawn, take.place()).addTerm(take.variable(), take.factor());
      }
    }
    return takes;
  }

  private static <K> LinearExprBuilder expression(Map<K, LinearExprBuilder> by, K key) {
    return by.computeIfAbsent(key, k -> LinearExpr.newBuilder());
  }

  // Constraints.

  /**
   * {@link GangRows} and {@link GangBins}: a counted demand is of whole groups; others are of one.
   */
  private void addGangs() {
    ListMultimap<GangShape, Demand> ofGroup =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (Demand demand : demands().units()) {
      Optional<GangShape> shape = demand.type().gang();
      if (shape.filter(GangShape::isCounted).isPresent()) {
        gangs.add(shape.get(), List.of(members(demand)));
      } else {
        shape.ifPresent(each -> ofGroup.put(each, demand));
      }
    }
    Multimaps.asMap(ofGroup)
        .forEach((shape, some) -> gangs.add(shape, some.stream().map(this::members).toList()));
    if (!gangs.cells().isEmpty()) {
      new GangBins(model, problem.resources(), served, suppliedByPlace()).add(gangs.cells());
    }
  }

  private GangRows.Members members(Demand demand) {
    return new GangRows.Members(
        Optional.of(demand), demand.units(), admitted(demand), rows.unitsOf(demand));
  }

  /** (5) and (6). */
  private void addSupplyLimits() {
    Map<Place, LinearExprBuilder> supplied = suppliedByPlace();
    Map<Integer, LinearExprBuilder> ofClass = new LinkedHashMap<>();
    Map<Integer, LinearExprBuilder> drawnOfClass = new LinkedHashMap<>();
    drawnAnywhere.forEach((deviceClass, taken) -> expression(drawnOfClass, deviceClass).add(taken));
    supplied.forEach(
        (place, devices) -> {
          int deviceClass = place.deviceClass().index();
          expression(ofClass, deviceClass).add(devices);
          LinearExprBuilder taken = drawn.get(place);
          if (taken != null) {
            model.addLessOrEqual(taken, devices);
            expression(drawnOfClass, deviceClass).add(taken);
          }
        });
    drawnAnywhere
        .keySet()
        .forEach(
            deviceClass ->
                model.addLessOrEqual(
                    expression(drawnOfClass, deviceClass), expression(ofClass, deviceClass)));
  }

  private Map<Place, LinearExprBuilder> suppliedByPlace() {
    Map<Place, LinearExprBuilder> supplied = new LinkedHashMap<>();
    supply
        .lone()
        .forEach(
            (place, devices) ->
                nodes
                    .used(place.site())
                    .ifPresentOrElse(
                        taken ->
                            expression(supplied, place)
                                .addTerm(taken, devices.size() / nodes.size(place.site())),
                        () -> expression(supplied, place).add(devices.size())));
    patternsUsed.forEach(
        (group, used) -> {
          for (int p = 0; p < used.size(); p++) {
            Pattern pattern = group.patterns().get(p);
            for (int cell = 0; cell < group.places().size(); cell++) {
              if (pattern.supply().get(cell) > 0) {
                expression(supplied, group.places().get(cell))
                    .addTerm(used.get(p), pattern.supply().get(cell));
              }
            }
          }
        });
    return supplied;
  }

  // Objectives.

  @Override
  LinearExpr shareOf(Predicate<Demand> which) {
    return overTakes(which, place -> place.deviceClass().share());
  }

  @Override
  public Optional<LinearExpr> objective(Objective objective) {
    return switch (objective) {
      case PREFERENCE -> Optional.of(preference());
      case TOPOLOGY -> relaxed ? Optional.empty() : Optional.of(gangs.missed());
      case FIT -> Optional.of(overTakes(demand -> true, place -> place.deviceClass().size()));
      case FRAGMENTATION -> Optional.of(loss());
      case PACKING, COST, SPREAD -> nodes.objective(objective);
      case BANDWIDTH, STABILITY -> Optional.empty();
    };
  }

  @Override
  public LinearExpr on(int node, ToLongFunction<Demand> weight) {
    return rows.on(node, weight);
  }

  private LinearExpr overTakes(Predicate<Demand> which, ToLongFunction<Place> weight) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (ServedOption option : served) {
      if (which.test(option.demand())) {
        for (List<Take> takes : option.takes()) {
          takes.forEach(
              take ->
                  sum.addTerm(take.variable(), take.factor() * weight.applyAsLong(take.place())));
        }
      }
    }
    return sum.build();
  }

  private LinearExpr loss() {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    sum.add(overTakes(demand -> true, place -> place.deviceClass().loss()));
    patternsUsed.forEach(
        (group, used) -> {
          for (int p = 0; p < used.size(); p++) {
            sum.addTerm(used.get(p), group.patterns().get(p).loss());
          }
        });
    return sum.build();
  }

  private LinearExpr preference() {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    served.forEach(option -> sum.addTerm(option.units(), option.option().way().score()));
    return sum.build();
  }

  // Hints and solutions.

  @Override
  public void hint(List<Placement> placements) {
    Map<Unit, Demand> demandOf = new HashMap<>();
    demands().all().forEach(demand -> demand.units().forEach(unit -> demandOf.put(unit, demand)));
    ListMultimap<Demand, Option> options = MultimapBuilder.hashKeys().arrayListValues().build();
    served.forEach(each -> options.put(each.demand(), each.option()));
    if (supply.kinds().tellAllApart()) {
      // Else nodes of a kind fill in order, so that no more of them are used than were counted.
      known = new KnownPlacements(placements, demandOf);
    }
    PatternHint hint = new PatternHint(supply);
    Map<Demand, Long> units = new HashMap<>();
    for (Placement placement : placements) {
      Demand demand = demandOf.get(placement.unit());
      if (demand == null || !hint.count(placement, options.get(demand))) {
        return;
      }
      units.merge(demand, 1L, Long::sum);
    }
    model.clearHints();
    demands().all().forEach(d -> model.addHint(admitted(d), units.getOrDefault(d, 0L)));
    for (ServedOption each : served) {
      model.addHint(each.units(), hint.units(each.option()));
      for (int leg = 0; leg < each.takes().size(); leg++) {
        for (Take take : each.takes().get(leg)) {
          if (take.variable().getIndex() != each.units().getIndex()) {
            model.addHint(take.variable(), hint.taken(each.option(), leg, take.place()));
          }
        }
      }
    }
    nodes.hint(placements);
    gangs.hint(placements);
    patternsUsed.forEach(
        (group, used) -> {
          Optional<long[]> counts = hint.patterns(group, usedNodes(group).isEmpty());
          for (int p = 0; counts.isPresent() && p < used.size(); p++) {
            model.addHint(used.get(p), counts.get()[p]);
          }
        });
  }

  @Override
  public List<Placement> placements(CpOutcome solution) {
    if (relaxed) {
      return dealt(solution);
    }
    PatternDecoder decoder = new PatternDecoder(problem, supply, known);
    patternsUsed.forEach(
        (group, used) -> decoder.layOut(group, used.stream().mapToLong(solution::value).toArray()));
    for (ServedOption option : served) {
      long units = solution.value(option.units());
      decoder.serve(
          option.demand(), option.option(), Math.toIntExact(units), taken(option, solution));
    }
    return new GangDealing(problem.nodes()).deal(decoder.placements());
  }

  /** Those placements of a relaxed solution that come out on the nodes there are. */
  private List<Placement> dealt(CpOutcome solution) {
    NodeDealing dealing = new NodeDealing(problem, supply);
    UsefulPatterns useful = new UsefulPatterns(surplus(solution), takenTogether(solution));
    patternsUsed.forEach(
        (group, used) ->
            dealing.layOut(
                group, useful.improve(group, used.stream().mapToLong(solution::value).toArray())));
    Map<ServedOption, Serving> servings = new LinkedHashMap<>();
    for (ServedOption option : served) {
      int units = Math.toIntExact(solution.value(option.units()));
      if (units > 0) {
        servings.put(
            option,
            dealing.serve(option.demand(), option.option(), units, taken(option, solution)));
      }
    }
    rests.ifPresent(each -> each.mend(dealing, solution));
    List<Placement> placements = dealing.placements();
    unplaced.clear();
    roomMissing = 0;
    servings.forEach(
        (option, serving) -> {
          long missing = serving.unplaced();
          unplaced.add(option.units(), solution.value(option.units()) - missing, missing);
          roomMissing += rows.partOfAll(option.option(), missing);
        });
    return placements;
  }

  /** How many devices of each place are supplied and not taken. */
  private Map<Place, Long> surplus(CpOutcome solution) {
    Map<Place, Long> surplus = new LinkedHashMap<>();
    suppliedByPlace()
        .forEach((place, devices) -> surplus.put(place, solution.value(devices.build())));
    for (ServedOption option : served) {
      taken(option, solution)
          .forEach(
              leg -> leg.forEach((place, devices) -> surplus.merge(place, -devices, Long::sum)));
    }
    return surplus;
  }

  /** The places from which units take devices that have to be on one node. */
  private Set<Place> takenTogether(CpOutcome solution) {
    Set<Place> together = new HashSet<>();
    for (ServedOption option : served) {
      if (option.option().legs().stream().mapToLong(Option.Leg::count).sum() > 1) {
        for (Map<Place, Long> leg : taken(option, solution)) {
          together.addAll(Maps.filterValues(leg, devices -> devices > 0).keySet());
        }
      }
    }
    return together;
  }

  @Override
  public long unplaced() {
    return unplaced.count();
  }

  /**
   * Nodes can hardly be filled to the brim: at first, about as much room is left as was missing.
   */
  @Override
  public void excludeUnplaced() {
    if (roomMissing > 0 && roomLeft < MOST_ROOM) {
      roomLeft = Math.max(roomMissing, 2 * roomLeft);
      rows.leaveRoom(roomLeft);
    } else {
      unplaced.exclude(model);
    }
  }

  private static List<Map<Place, Long>> taken(ServedOption option, CpOutcome solution) {
    List<Map<Place, Long>> taken = new ArrayList<>();
    for (List<Take> takes : option.takes()) {
      Map<Place, Long> byPlace = new LinkedHashMap<>();
      takes.forEach(
          take -> byPlace.put(take.place(), solution.value(take.variable()) * take.factor()));
      taken.add(byPlace);
    }
    return taken;
  }
}
