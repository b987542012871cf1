package io.tangram.solver.model;

import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.math.LongMath;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.NodeResources;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.Supply;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The constraints of {@link PatternModel} on what is on each node: (7) to (10). */
final class PatternNodes {

  private final CompiledProblem problem;
  private final CpModelBuilder model;
  private final Supply supply;
  private final NodeTerms nodes;
  private final Map<Demand, Map<Integer, LinearExprBuilder>> placed = new LinkedHashMap<>();
  private final ListMultimap<Integer, Placed> byNode =
      MultimapBuilder.treeKeys().arrayListValues().build();
  private final Map<Demand, Map<Integer, Long>> mostEach = new HashMap<>();
  private final List<Limit> together = new ArrayList<>();

  /** What all nodes together, or those of a kind, have of a resource, and what is taken of it. */
  private record Limit(int resource, int kind, LinearExpr taken, long available) {

    boolean isFor(Option option) {
      return kind == Supply.ANYWHERE || kind == option.node();
    }
  }

  /** An option and how many units it serves. */
  private record Placed(Option option, IntVar units) {}

  PatternNodes(CompiledProblem problem, CpModelBuilder model, Supply supply, NodeTerms nodes) {
    this.problem = problem;
    this.model = model;
    this.supply = supply;
    this.nodes = nodes;
  }

  /** Adds the units that an option serves. */
  void place(Demand demand, Option option, IntVar units) {
    expression(placed.computeIfAbsent(demand, d -> new LinkedHashMap<>()), option.node())
        .add(units);
    byNode.put(option.node(), new Placed(option, units));
    mostEach
        .computeIfAbsent(demand, d -> new HashMap<>())
        .merge(option.node(), (long) option.mostEach(), Long::sum);
  }

  private static LinearExprBuilder expression(Map<Integer, LinearExprBuilder> by, int node) {
    return by.computeIfAbsent(node, n -> LinearExpr.newBuilder());
  }

  /**
   * Writes the constraints, once all options are added.
   *
   * @param relaxed whether it is not known on which node units are
   */
  void close(Demands demands, boolean relaxed) {
    if (relaxed) {
      addResourceLimit();
      addResourceLimitsOfKinds();
    } else {
      addResourceLimits();
    }
    demands.common().forEach(this::addCommonClaim);
    placed.forEach(this::addUse);
    if (nodes.countClaims()) {
      addClaims(relaxed);
    }
  }

  /** How many units of a demand there are on each node. */
  Map<Integer, LinearExprBuilder> unitsOf(Demand demand) {
    return placed.getOrDefault(demand, Map.of());
  }

  /** The sum of weights over the units on a node. */
  LinearExpr on(int node, ToLongFunction<Demand> weight) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    placed.forEach(
        (demand, unitsByNode) -> {
          LinearExprBuilder units = unitsByNode.get(node);
          if (units != null) {
            sum.addTerm(units, weight.applyAsLong(demand));
          }
        });
    return sum.build();
  }

  /** (7). */
  private void addResourceLimits() {
    NodeResources resources = problem.resources();
    for (int node = 0; node < problem.nodes(); node++) {
      for (int resource : resources.scarce(node).stream().toArray()) {
        long available = resources.available(node)[resource];
        LinearExprBuilder taken = taken(node, resource);
        nodes
            .used(node)
            .ifPresentOrElse(
                used -> model.addLessOrEqual(taken, LinearExpr.term(used, available)),
                () -> model.addLessOrEqual(taken, available));
      }
    }
  }

  /** (7) summed over all nodes, of a kind that may be taken into use over so many as are. */
  private void addResourceLimit() {
    for (int resource = 0; resource < problem.resources().names().size(); resource++) {
      long anyway = 0;
      Map<Integer, Long> each = new TreeMap<>();
      for (int node = 0; node < problem.nodes(); node++) {
        if (problem.resources().isKnown(node) && !problem.resources().isTaken(resource, node)) {
          continue;
        }
        int kind = supply.kinds().of(node);
        long available = problem.resources().available(node)[resource];
        if (nodes.used(kind).isPresent()) {
          each.merge(kind, available, Math::max);
        } else {
          anyway = LongMath.saturatedAdd(anyway, available);
        }
      }
      LinearExprBuilder taken = LinearExpr.newBuilder();
      for (int kind : byNode.keySet()) {
        addTaken(kind, resource, taken);
      }
      each.forEach(
          (kind, available) -> nodes.used(kind).ifPresent(used -> taken.addTerm(used, -available)));
      if (each.values().stream().allMatch(NodeResources::isLimited)) {
        model.addLessOrEqual(taken, anyway);
        if (each.isEmpty() && NodeResources.isLimited(anyway)) {
          together.add(new Limit(resource, Supply.ANYWHERE, taken.build(), anyway));
        }
      }
    }
  }

  /** (7) summed over the nodes of each kind, for units of which that is known. */
  private void addResourceLimitsOfKinds() {
    Map<Integer, long[]> available = new TreeMap<>();
    for (int node = 0; node < problem.nodes(); node++) {
      int kind = supply.kinds().of(node);
      if (byNode.containsKey(kind)) {
        long[] here = problem.resources().available(node);
        long[] sums = available.computeIfAbsent(kind, k -> new long[here.length]);
        Arrays.setAll(sums, resource -> LongMath.saturatedAdd(sums[resource], here[resource]));
      }
    }
    available.forEach(
        (kind, sums) -> {
          for (int resource = 0; resource < sums.length; resource++) {
            if (NodeResources.isLimited(sums[resource])) {
              LinearExprBuilder taken = LinearExpr.newBuilder();
              addTaken(kind, resource, taken);
              model.addLessOrEqual(taken, sums[resource]);
              together.add(new Limit(resource, kind, taken.build(), sums[resource]));
            }
          }
        });
  }

  /** Lets nodes together keep a part of each resource that was limited over them. */
  void leaveRoom(double part) {
    together.forEach(
        limit -> model.addLessOrEqual(limit.taken(), (long) (limit.available() * (1 - part))));
  }

  /** The greatest part of such a resource that so many units of an option take. */
  double partOfAll(Option option, long units) {
    double part = 0;
    for (Limit each : together) {
      if (each.isFor(option)) {
        double taken = (double) option.resources().get(each.resource()) * units;
        part = Math.max(part, taken / Math.max(1, each.available()));
      }
    }
    return part;
  }

  private LinearExprBuilder taken(int node, int resource) {
    LinearExprBuilder taken = LinearExpr.newBuilder();
    addTaken(node, resource, taken);
    return taken;
  }

  private void addTaken(int node, int resource, LinearExprBuilder taken) {
    for (Placed each : byNode.get(node)) {
      long amount = each.option().resources().get(resource);
      if (amount > 0) {
        taken.addTerm(each.units(), amount);
      }
    }
  }

  /** (8) and (9). */
  private void addCommonClaim(CommonClaim common) {
    Map<Integer, LinearExprBuilder> at = placed.getOrDefault(common.claim(), Map.of());
    Map<Integer, LinearExprBuilder> users = new LinkedHashMap<>();
    for (Demand user : common.users()) {
      placed
          .getOrDefault(user, Map.of())
          .forEach(
              (node, units) -> {
                LinearExprBuilder most = LinearExpr.newBuilder();
                if (at.containsKey(node)) {
                  most.addTerm(at.get(node), user.size());
                }
                model.addLessOrEqual(units, most);
                expression(users, node).add(units);
              });
    }
    at.forEach((node, claim) -> model.addLessOrEqual(claim, expression(users, node)));
  }

  /** (10). */
  private void addUse(Demand demand, Map<Integer, LinearExprBuilder> unitsByNode) {
    if (demand.type().takesNode()) {
      unitsByNode.forEach(
          (node, units) ->
              nodes
                  .used(node)
                  .ifPresent(
                      used -> {
                        long each = Math.min(demand.size(), most(demand, node));
                        model.addLessOrEqual(units, LinearExpr.term(used, each));
                      }));
    }
  }

  private long most(Demand demand, int node) {
    return mostEach.getOrDefault(demand, Map.of()).getOrDefault(node, 0L);
  }

  /** c[n] of {@link NodeTerms}. */
  private void addClaims(boolean relaxed) {
    Map<Integer, LinearExprBuilder> claims = new TreeMap<>();
    byNode.forEach(
        (node, each) ->
            expression(claims, node).addTerm(each.units(), each.option().way().claims()));
    if (relaxed) {
      claims.values().forEach(nodes::setAllClaims);
      return;
    }
    Map<Integer, Long> wanted = new HashMap<>();
    placed.forEach(
        (demand, unitsByNode) ->
            unitsByNode
                .keySet()
                .forEach(
                    node ->
                        wanted.merge(
                            node,
                            demand.type().claimsForDevices(node) * demand.size(),
                            Long::sum)));
    Map<Integer, Long> devices = mostDevices();
    claims.forEach(
        (node, sum) ->
            nodes.setClaims(
                node,
                sum,
                Math.min(wanted.getOrDefault(node, 0L), devices.getOrDefault(node, 0L))));
  }

  /** How many devices each node can give at once; a claim takes at least one. */
  private Map<Integer, Long> mostDevices() {
    Map<Integer, Long> most = new HashMap<>();
    supply.lone().forEach((place, devices) -> addMost(place.site(), devices.size(), most));
    for (ComponentGroup group : supply.groups()) {
      int best = group.patterns().stream().mapToInt(p -> p.supply().stream().sum()).max().orElse(0);
      group.places().stream()
          .map(Place::site)
          .distinct()
          .forEach(site -> addMost(site, (long) best * group.size(), most));
    }
    return most;
  }

  private void addMost(int site, long devices, Map<Integer, Long> most) {
    if (site != Supply.ANYWHERE) {
      for (int node : problem.devices().nodesOf(site)) {
        most.merge(node, devices, Long::sum);
      }
    }
  }
}
