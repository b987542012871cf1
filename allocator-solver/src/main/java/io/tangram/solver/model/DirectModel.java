package io.tangram.solver.model;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Gang;
import io.tangram.solver.compile.GangShape;
import io.tangram.solver.compile.NodeResources;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.DirectUnit.Use;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.NodeKinds;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.ReadMeasures;
import io.tangram.solver.symmetry.ReadNodes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The problem as it reads, one boolean for each unit and device: exact for everything the rules
 * say, for parts that {@link PatternModel} can't count.
 *
 * <pre>
 * Sets        u  units, of demand d(u)
 *             n  nodes the unit may be placed on; some serve a request r themselves (R216)
 *             k  picks: alternative k of request r of claim c of the unit, asking for q_k devices
 *             i  devices
 * Parameters  share_i, size_i, score_k  as {@link ReadMeasures} and R80 have them
 * Variables   a[d]      in 0..N_d  units admitted
 *             in[u]     the unit is admitted
 *             at[u,n]   it is placed on the node
 *             pick[u,k] the alternative is chosen
 *             all[u,k,n] an alternative of mode All takes its set S_kn on the node
 *             take[u,k,i] it takes the device
 *             value[u,t,e] constraint t of the unit settles on attribute value e
 *             paid[i]   a shared device draws on its counters
 *             group[s,g] counter set s settles on compatibility group g, one of those that all held
 *                       devices on it list
 *
 * (1)  sum_n at[u,n] = in[u];  sum_k of r pick[u,k] + sum_(n serves r) at[u,n] = in[u]
 * (2)  sum_i take[u,k,i] = q_k pick[u,k];  take[u,k,i] &lt;= sum_(n sees i) at[u,n]
 * (3)  sum_n all[u,k,n] = pick[u,k];  all[u,k,n] &lt;= at[u,n]
 * (4)  a dedicated device is taken once, and once in a claim even for administration (R83, R90)
 * (5)  counters: sum of draws &lt;= what is available (R112); a shared device draws once (R113)
 * (6)  capacity of shared devices: sum of amounts &lt;= what is left (R128)
 * (7)  matchAttribute: sum_e value[u,t,e] &lt;= 1; take &lt;= sum_(e in the device's values) value[u,t,e]
 * (8)  distinctAttribute: sum of takes with value e &lt;= 1, for each e
 * (9)  a claim takes at most 32 devices (R204)
 * (10) a[d] = sum_u in[u];  in[u] &gt;= in[u+1] for units of one demand, where they are
 *      alike: no objective tells them apart
 * (11) resources of nodes: sum_u resource_ur at[u,n] + what devices take ({@link DirectLoads})
 *      &lt;= available_nr for each scarce r on n
 * (12) at[u,n] &lt;= used[n] of {@link NodeTerms} for each u that takes its node into use
 * (13) sum_g group[s,g] &lt;= 1; take or paid &lt;= sum_(g of the device on s) group[s,g], for each s
 *      that the device draws on (R122)
 *
 * Objectives  claims(t)   see {@link AdmissionModel}
 *             share(t)    sum_(u of tier t, k, i) share_i take[u,k,i], administration apart
 *             preference  sum_(u,k) score_k pick[u,k]
 *             size        sum_(u,k,i) size_i take[u,k,i]
 *             bandwidth   see {@link DirectBandwidth}
 * </pre>
 *
 * <p>A claim that several workloads reference is a unit too, that counts for nobody's admission but
 * in the tier of its users ({@link CommonTiers}); {@link CommonPlacement} ties it to them.
 */
public final class DirectModel extends AdmissionModel {

  /** The name of the formulation. */
  public static final String NAME = "direct";

  /** How many choices of a device for a unit a model has that is small. */
  private static final long FEW_CHOICES = 20_000;

  /** How many choices of a device for a unit the model may have. */
  private static final long MOST_CHOICES = 600_000;

  private final CompiledProblem problem;
  private final ReadMeasures measures;
  private final boolean alike;
  private final NodeTerms nodes;
  private final GangRows gangs;
  private final List<DirectUnit> units = new ArrayList<>();
  private final Map<Objective, LinearExpr> objectives = new EnumMap<>(Objective.class);

  private DirectModel(
      CompiledProblem problem,
      ReadMeasures measures,
      ReadNodes nodes,
      Demands demands,
      boolean alike) {
    super(NAME, demands);
    this.problem = problem;
    this.measures = measures;
    this.alike = alike;
    this.nodes = new NodeTerms(model, nodes, NodeKinds.each(problem.nodes()));
    this.gangs = new GangRows(model, problem.nodes(), true);
  }

  /**
   * Builds the model of a part.
   *
   * @param measures what objectives read of devices
   * @param nodes what they read of nodes
   * @param values what an earlier plan gave, and the supply of expected requests
   * @param alike whether it doesn't matter which units of a demand are admitted
   * @return the model, or nothing if it would be too large or the deadline passed before it was
   *     built
   */
  public static Optional<PartModel> of(
      CompiledProblem problem,
      Candidates candidates,
      Part part,
      ReadMeasures measures,
      ReadNodes nodes,
      Demands demands,
      PlacementValues values,
      boolean alike,
      Deadline deadline) {
    if (size(problem, part, demands) > MOST_CHOICES) {
      return Optional.empty();
    }
    DirectModel model = new DirectModel(problem, measures, nodes, demands, alike);
    if (!model.build(new DirectDevices(problem, candidates, part), deadline)) {
      return Optional.empty();
    }
    model.addObjectives(part, values, deadline);
    return Optional.of(model);
  }

  private void addObjectives(Part part, PlacementValues values, Deadline deadline) {
    objectives.put(Objective.PREFERENCE, preference());
    objectives.put(Objective.TOPOLOGY, gangs.missed());
    objectives.put(Objective.FIT, overUses(demand -> true, use -> use.size(measures)));
    List<Taking> takings = new ArrayList<>();
    units.forEach(unit -> unit.uses().forEach(use -> takings.add(use.taking())));
    new DirectSupply(problem, model, measures.expectation(), values.supply(), part)
        .loss(takings, deadline)
        .ifPresent(loss -> objectives.put(Objective.FRAGMENTATION, loss));
    if (values.count(Objective.BANDWIDTH)) {
      new DirectBandwidth(problem, model, values.bandwidth().objective())
          .between(units)
          .ifPresent(between -> objectives.put(Objective.BANDWIDTH, between));
    }
    objectives.put(Objective.STABILITY, new DirectStability(model, values.earlier()).kept(units));
  }

  /** Returns whether the deadline let it be done. */
  private boolean build(DirectDevices devices, Deadline deadline) {
    for (Demand demand : demands().all()) {
      if (!addDemand(demand, devices, deadline)) {
        return false;
      }
    }
    DirectLoads loads = new DirectLoads(problem, model, units);
    addCommonClaims(loads);
    addGangs();
    addResourceLimits(loads);
    addNodeUse();
    if (nodes.countClaims()) {
      addNodeClaims();
    }
    DirectRows rows = new DirectRows(problem, model);
    units.forEach(unit -> unit.uses().forEach(use -> rows.add(use.taking())));
    return rows.close(deadline);
  }

  /** Whether the model of a part is so small that its search is quick, whatever the objective. */
  public static boolean isSmall(CompiledProblem problem, Part part, Demands demands) {
    return size(problem, part, demands) <= FEW_CHOICES;
  }

  /** About how many variables the model of a part would have. */
  private static long size(CompiledProblem problem, Part part, Demands demands) {
    long devices = (long) part.dedicated().size() + part.shared().size();
    long size = 0;
    for (Demand demand : demands.all()) {
      long choices =
          demand.type().claims().stream()
              .flatMap(claim -> claim.requests().stream())
              .flatMap(line -> line.leaves().stream())
              .mapToLong(leaf -> leaf.request().adminAccess() ? problem.devices().size() : devices)
              .sum();
      size += demand.size() * (choices + part.nodes().cardinality());
    }
    return size;
  }

  /** (10), and everything about a single unit. */
  private boolean addDemand(Demand demand, DirectDevices devices, Deadline deadline) {
    IntVar count = addAdmitted(demand);
    LinearExprBuilder sum = LinearExpr.newBuilder();
    Literal before = model.trueLiteral();
    for (int i = 0; i < demand.size(); i++) {
      if (deadline.hasPassed()) {
        return false;
      }
      DirectUnit unit = new DirectUnit(problem, model, devices, demand, i);
      units.add(unit);
      sum.add(unit.in());
      if (alike) {
        model.addImplication(unit.in(), before);
        before = unit.in();
      }
    }
    model.addEquality(sum, count);
    return true;
  }

  /** (11). */
  private void addResourceLimits(DirectLoads loads) {
    NodeResources resources = problem.resources();
    for (int node = 0; node < problem.nodes(); node++) {
      for (int resource : resources.scarce(node).stream().toArray()) {
        LinearExprBuilder taken = LinearExpr.newBuilder();
        for (DirectUnit unit : units) {
          BoolVar here = unit.at().get(node);
          if (here != null) {
            taken.addTerm(here, unit.demand().type().resources().get(resource));
          }
        }
        loads.addTo(taken, node, resource);
        model.addLessOrEqual(taken, resources.available(node)[resource]);
      }
    }
  }

  /** {@link GangRows}, with each group by itself. */
  private void addGangs() {
    ListMultimap<Gang, DirectUnit> members =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    units.forEach(unit -> unit.unit().gang().ifPresent(gang -> members.put(gang, unit)));
    for (Gang gang : members.keySet()) {
      GangShape shape = members.get(gang).get(0).demand().type().gang().orElseThrow();
      gangs.add(
          shape,
          members.get(gang).stream()
              .map(
                  unit ->
                      new GangRows.Members(
                          Optional.empty(), List.of(unit.unit()), unit.in(), unit.at()))
              .toList());
    }
  }

  /** (12). */
  private void addNodeUse() {
    for (DirectUnit unit : units) {
      if (unit.demand().type().takesNode()) {
        unit.at()
            .forEach(
                (node, here) ->
                    nodes.used(node).ifPresent(used -> model.addLessOrEqual(here, used)));
      }
    }
  }

  /** c[n] of {@link NodeTerms}. */
  private void addNodeClaims() {
    Map<Integer, LinearExprBuilder> claims = new TreeMap<>();
    Map<Integer, Long> most = new HashMap<>();
    for (DirectUnit unit : units) {
      unit.at()
          .forEach(
              (node, here) -> {
                long each = unit.demand().type().claimsForDevices(node);
                claims.computeIfAbsent(node, n -> LinearExpr.newBuilder()).addTerm(here, each);
                most.merge(node, each, Long::sum);
              });
    }
    claims.forEach((node, sum) -> nodes.setClaims(node, sum, most.getOrDefault(node, 0L)));
  }

  /** {@link CommonPlacement}, {@link CommonTiers} and {@link DirectLoads}. */
  private void addCommonClaims(DirectLoads loads) {
    Map<UnitType, DirectUnit> claims = new HashMap<>();
    ListMultimap<UnitType, DirectUnit> users =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (DirectUnit unit : units) {
      UnitType type = unit.demand().type();
      if (type.isCommon()) {
        claims.put(type, unit);
      }
      type.common().forEach(common -> users.put(common, unit));
    }
    claims.forEach(
        (type, claim) -> {
          new CommonPlacement(problem, model, claim).tieTo(users.get(type));
          loads.requireOneUser(claim, users.get(type));
        });
    loads.add(claims);
    addTiers();
  }

  // Objectives.

  @Override
  LinearExpr shareOf(Predicate<Demand> which) {
    return overUses(which, use -> use.isAdmin() ? 0 : use.share(measures));
  }

  @Override
  public Optional<LinearExpr> objective(Objective objective) {
    return Optional.ofNullable(objectives.get(objective)).or(() -> nodes.objective(objective));
  }

  @Override
  public LinearExpr on(int node, ToLongFunction<Demand> weight) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (DirectUnit unit : units) {
      BoolVar here = unit.at().get(node);
      if (here != null) {
        sum.addTerm(here, weight.applyAsLong(unit.demand()));
      }
    }
    return sum.build();
  }

  private LinearExpr overUses(Predicate<Demand> which, ToLongFunction<Use> weight) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (DirectUnit unit : units) {
      if (which.test(unit.demand())) {
        unit.uses().forEach(use -> sum.addTerm(use.taken(), weight.applyAsLong(use)));
      }
    }
    return sum.build();
  }

  private LinearExpr preference() {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    units.forEach(unit -> unit.addScore(sum));
    return sum.build();
  }

  // Hints and solutions.

  /** Where units of a demand are alike, (10) wants the first of them admitted. */
  @Override
  public void hint(List<Placement> placements) {
    Map<Unit, Placement> placed = new HashMap<>();
    placements.forEach(placement -> placed.put(placement.unit(), placement));
    if (!alike) {
      model.clearHints();
      units.forEach(unit -> unit.hint(Optional.ofNullable(placed.get(unit.unit()))));
      gangs.hint(placements);
      return;
    }
    Map<Demand, Iterator<Placement>> ofDemand = new HashMap<>();
    for (Demand demand : demands().all()) {
      ofDemand.put(
          demand,
          demand.units().stream()
              .map(placed::get)
              .filter(placement -> placement != null)
              .iterator());
    }
    model.clearHints();
    List<Placement> alikePlaced = new ArrayList<>();
    for (DirectUnit unit : units) {
      Iterator<Placement> next = ofDemand.getOrDefault(unit.demand(), Collections.emptyIterator());
      Optional<Placement> place = next.hasNext() ? Optional.of(next.next()) : Optional.empty();
      unit.hint(place);
      place.ifPresent(p -> alikePlaced.add(new Placement(unit.unit(), p.node(), p.choices())));
    }
    gangs.hint(alikePlaced);
    nodes.hint(placements);
  }

  @Override
  public List<Placement> placements(CpOutcome solution) {
    return units.stream()
        .filter(unit -> solution.isTrue(unit.in()))
        .map(unit -> unit.placement(solution))
        .toList();
  }
}
