package io.tangram.solver.diagnose;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.RequestNames;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.NodeSearch;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stands in the way of a unit while the cluster is in one state: nodes that are too small,
 * nodes where it may not be, devices. Not thread-safe.
 */
final class Obstacles {

  private final CompiledProblem problem;
  private final SearchRules rules;
  private final SearchBudget budget;
  private final ClusterState state;
  private final RequestCauses requests;
  private final NodeExclusions exclusions;
  private final PublishedAttributes attributes;
  private final MissingLinks links;
  private final boolean empty;

  private Obstacles(
      CompiledProblem problem, SearchRules rules, SearchBudget budget, boolean empty) {
    this.problem = problem;
    this.rules = rules;
    this.budget = budget;
    this.state = empty ? ClusterState.empty(problem) : new ClusterState(problem);
    this.requests = new RequestCauses(problem, state, budget);
    this.exclusions = new NodeExclusions(problem.problem());
    this.attributes = new PublishedAttributes(problem.problem());
    this.links = new MissingLinks(problem);
    this.empty = empty;
  }

  /** Those while all that is held is in use. */
  static Obstacles now(CompiledProblem problem, SearchRules rules, SearchBudget budget) {
    return new Obstacles(problem, rules, budget, false);
  }

  /** Those that would stay if no claim were held and no workload placed. */
  static Obstacles ofEmptyCluster(CompiledProblem problem, SearchRules rules, SearchBudget budget) {
    return new Obstacles(problem, rules, budget, true);
  }

  /** Returns what stands in the way of units of the unit's type, if anything does. */
  Findings of(Unit unit) {
    UnitType type = unit.type();
    SearchGoal loading = SearchGoal.of(type);
    SearchGoal goal = loading.withoutNeeds();
    BitSet everywhere = new BitSet();
    everywhere.set(0, problem.nodes());
    BitSet allowed = type.allowed().orElse(everywhere);
    BitSet large = largeEnough(unit, allowed);
    SearchOutcome alone = search(loading, rules, large);
    if (alone instanceof SearchOutcome.Found) {
      return Findings.NONE;
    }
    BitSet tooSmall = new BitSet();
    tooSmall.or(allowed);
    if (goal.equals(loading)) {
      tooSmall.andNot(large);
    }
    tooSmall = fitting(goal, tooSmall);
    if (tooSmall.intersects(large)) {
      Reason loads = loads(unit, loading, tooSmall);
      return Findings.ofPlacement(each -> loads);
    }
    if (!tooSmall.isEmpty()) {
      Reason resources = resources(unit, tooSmall);
      return Findings.ofPlacement(each -> resources);
    }
    if (problem.nodes() == 0 || fits(goal, everywhere)) {
      return Findings.ofPlacement(exclusions::reason);
    }
    List<ImmutableList<Cause>> causes = none(type);
    if (alone instanceof SearchOutcome.SelectorFailed failed) {
      SearchGoal.Line line = goal.lines().get(failed.line());
      causes.set(line.claim(), ImmutableList.of(selectorFailed(line, failed)));
    } else {
      lookAtClaims(type, goal, everywhere, causes);
    }
    return Findings.ofClaims(causes);
  }

  /** The cause that is a search ending on a failing selector. */
  Cause selectorFailed(SearchGoal.Line line, SearchOutcome.SelectorFailed failed) {
    Leaf leaf = line.leaves().get(failed.alternative());
    return requests.selectorFailed(leaf, failed.device(), line.request(), failed.alternative());
  }

  private static List<ImmutableList<Cause>> none(UnitType type) {
    List<ImmutableList<Cause>> none = new ArrayList<>();
    type.allClaims().forEach(claim -> none.add(ImmutableList.of()));
    return none;
  }

  /** The nodes among these that have enough of every resource. */
  private BitSet largeEnough(Unit unit, BitSet nodes) {
    if (!empty || unit.workload().isEmpty()) {
      return unit.type().nodes().orElse(nodes);
    }
    BitSet large = new BitSet();
    nodes.stream().filter(node -> isLargeEnough(unit, node)).forEach(large::set);
    return large;
  }

  private boolean isLargeEnough(Unit unit, int node) {
    return wanted(unit, node).entrySet().stream().noneMatch(wanted -> isShort(node, wanted));
  }

  /** What a workload takes of a node, by devices that it holds too (R239). */
  private ImmutableMap<String, Quantity> wanted(Unit unit, int node) {
    Workload workload = unit.workload().orElseThrow();
    return withHeld(
        workload, workload.resourcesOn(problem.problem().nodes().get(node), unit.claims()));
  }

  private ImmutableMap<String, Quantity> withHeld(
      Workload workload, ImmutableMap<String, Quantity> resources) {
    ImmutableMap<String, Quantity> byDevices = problem.units().heldLoad(workload.id());
    if (byDevices.isEmpty()) {
      return resources;
    }
    Map<String, Quantity> sums = new LinkedHashMap<>(resources);
    byDevices.forEach(
        (resource, amount) ->
            sums.merge(resource, amount, (own, more) -> own.signum() > 0 ? own.plus(more) : more));
    return ImmutableMap.copyOf(sums);
  }

  /** The nodes among these on which the goal could be met. */
  private BitSet fitting(SearchGoal goal, BitSet nodes) {
    BitSet fitting = new BitSet();
    nodes.stream().filter(node -> fits(goal, only(node))).forEach(fitting::set);
    return fitting;
  }

  /** What a node has of a resource in this state, if that is known. */
  private Optional<Quantity> amount(int node, String resource) {
    Node known = problem.problem().nodes().get(node);
    return (empty ? known.allocatable().or(known::available) : known.available())
        .map(amounts -> amounts.getOrDefault(resource, Quantity.ZERO));
  }

  private boolean isShort(int node, Map.Entry<String, Quantity> wanted) {
    return wanted.getValue().signum() > 0
        && amount(node, wanted.getKey())
            .filter(there -> there.compareTo(wanted.getValue()) < 0)
            .isPresent();
  }

  /** The resource that is too little on the most of these nodes. */
  private Reason resources(Unit unit, BitSet nodes) {
    Reason worst = Reason.Outranked.byOthers();
    int most = 0;
    Workload workload = unit.workload().orElseThrow();
    for (Map.Entry<String, Quantity> wanted : withHeld(workload, workload.resources()).entrySet()) {
      List<Quantity> left =
          nodes.stream()
              .filter(node -> wanted(unit, node).containsKey(wanted.getKey()))
              .filter(node -> isShort(node, wanted))
              .mapToObj(node -> amount(node, wanted.getKey()).orElseThrow())
              .toList();
      if (left.size() > most) {
        most = left.size();
        worst =
            new Reason.NodeResources(
                wanted.getKey(), wanted.getValue(), Collections.max(left), left.size());
      }
    }
    return worst;
  }

  /**
   * What speaks against devices that could be had: the resource of which they take too much, with
   * what the workload takes itself, on the most of these nodes; else that some of them are parts of
   * nodes (R238).
   */
  private Reason loads(Unit unit, SearchGoal loading, BitSet nodes) {
    ListMultimap<String, Shortage> shortages = MultimapBuilder.treeKeys().arrayListValues().build();
    for (int node : nodes.stream().toArray()) {
      SearchOutcome found = search(loading.withoutNeeds(), rules, only(node));
      if (found instanceof SearchOutcome.Found devices) {
        Map<String, Quantity> wanted = new TreeMap<>(wanted(unit, node));
        problem
            .loads()
            .amounts(loading.load(problem, devices))
            .forEach((resource, amount) -> wanted.merge(resource, amount, Quantity::plus));
        for (Map.Entry<String, Quantity> each : wanted.entrySet()) {
          if (isShort(node, each)) {
            Quantity left = amount(node, each.getKey()).orElseThrow();
            shortages.put(each.getKey(), new Shortage(each.getValue(), left));
          }
        }
      }
    }
    return shortages.keySet().stream()
        .max(Comparator.comparing(resource -> shortages.get(resource).size()))
        .<Reason>map(resource -> reason(resource, shortages.get(resource)))
        .orElseGet(() -> new Reason.PartOfNodeUnreferenced(unreferenced(unit)));
  }

  /** What a node has too little of. */
  private record Shortage(Quantity wanted, Quantity left) {}

  private static Reason reason(String resource, List<Shortage> shortages) {
    return new Reason.NodeResources(
        resource,
        Collections.max(shortages.stream().map(Shortage::wanted).toList()),
        true,
        Collections.max(shortages.stream().map(Shortage::left).toList()),
        shortages.size());
  }

  private static ClaimId unreferenced(Unit unit) {
    for (int claim = 0; claim < unit.allClaims().size(); claim++) {
      if (!unit.type().uses().get(claim).mayBePart()) {
        return unit.allClaims().get(claim).id();
      }
    }
    return unit.allClaims().get(0).id();
  }

  private void lookAtClaims(
      UnitType type, SearchGoal goal, BitSet nodes, List<ImmutableList<Cause>> causes) {
    boolean eachFits = true;
    for (int claim = 0; claim < type.allClaims().size(); claim++) {
      int number = claim;
      SearchGoal alone = goal.only(line -> line.claim() == number);
      if (!fits(alone, nodes)) {
        eachFits = false;
        causes.set(claim, ofClaim(alone, nodes));
      }
    }
    if (eachFits) {
      ImmutableList<Cause> together = ImmutableList.of(competing(goal, nodes));
      causes.replaceAll(each -> together);
    }
  }

  /** Why one claim does not fit on any node although it were alone. */
  private ImmutableList<Cause> ofClaim(SearchGoal claim, BitSet nodes) {
    for (SearchGoal.Line line : claim.differentLines()) {
      SearchGoal alone = claim.only(line::equals).withoutConstraints();
      if (!fits(alone, nodes)) {
        return ofRequest(line, nodes);
      }
    }
    return ImmutableList.of(
        fits(claim.withoutConstraints(), nodes)
            ? each -> constraints(each, claim)
            : competing(claim.withoutConstraints(), nodes));
  }

  /**
   * Alternatives in order, those that no device matches behind the others. One that would fit if it
   * were the only one is not to blame where another can't be met at all.
   */
  private ImmutableList<Cause> ofRequest(SearchGoal.Line line, BitSet nodes) {
    ImmutableList.Builder<Cause> causes = ImmutableList.builder();
    List<Cause> ofUnmatched = new ArrayList<>();
    for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
      Leaf leaf = line.leaves().get(alternative);
      SearchGoal alone = line.only(alternative);
      if (line.leaves().size() > 1 && fits(alone, nodes)) {
        continue;
      }
      List<Cause> own =
          requests.of(leaf, line.request(), alternative, () -> fitsWithoutGroups(alone, nodes));
      if (requests.matching(leaf) > 0) {
        causes.addAll(own);
      } else {
        ofUnmatched.addAll(own);
      }
    }
    ImmutableList<Cause> found = causes.addAll(ofUnmatched).build();
    return found.isEmpty() ? inTheWayOfOthers(line, nodes) : found;
  }

  /**
   * Of alternatives each of which would fit if it were the only one: those that on some node keep
   * one from being tried that would fit there (R69, R76).
   */
  private ImmutableList<Cause> inTheWayOfOthers(SearchGoal.Line line, BitSet nodes) {
    BitSet fitting = new BitSet();
    for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
      fitting.or(fitting(line.only(alternative), nodes));
    }
    ImmutableList.Builder<Cause> causes = ImmutableList.builder();
    for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
      Leaf leaf = line.leaves().get(alternative);
      requests.keepingOff(leaf, line.request(), alternative, fitting).ifPresent(causes::add);
    }
    return causes.build();
  }

  /**
   * Which constraints can't be met.
   *
   * @param goal what the claim asks for
   */
  private Reason constraints(Claim claim, SearchGoal goal) {
    Optional<Reason> missing = links.missing(claim, goal);
    if (missing.isPresent()) {
      return missing.get();
    }
    for (DeviceConstraint constraint : claim.constraints()) {
      Optional<QualifiedName> attribute = constraint.compared();
      if (attribute.isPresent() && !attributes.has(claim, attribute.get())) {
        return new Reason.AttributeUnpublished(text(constraint), attribute.get());
      }
    }
    return new Reason.ConstraintUnsatisfied(
        claim.constraints().stream().map(Obstacles::text).collect(ImmutableList.toImmutableList()));
  }

  private static String text(DeviceConstraint constraint) {
    String requests =
        constraint.requests().isEmpty() ? "all requests" : String.join(", ", constraint.requests());
    if (constraint instanceof DeviceConstraint.MatchAttribute match) {
      return "matchAttribute " + match.attribute() + " of " + requests;
    }
    if (constraint instanceof DeviceConstraint.Linked linked) {
      return linked.requirement() + " between each two devices of " + requests;
    }
    return constraint instanceof DeviceConstraint.DistinctAttribute distinct
        ? "distinctAttribute " + distinct.attribute() + " of " + requests
        : "a constraint of unknown kind";
  }

  /** What requests that could each be met lack together. */
  private Cause competing(SearchGoal goal, BitSet nodes) {
    if (fitsWithoutGroups(goal, nodes)) {
      return claim -> new Reason.GroupsApart(names(claim));
    }
    ReasonCode code = shortage(goal, nodes);
    return claim -> new Reason.Competing(names(claim), code);
  }

  private static ImmutableList<String> names(Claim claim) {
    return claim.requests().stream()
        .map(request -> RequestNames.of(claim, request))
        .collect(ImmutableList.toImmutableList());
  }

  private boolean fitsWithoutGroups(SearchGoal goal, BitSet nodes) {
    return !problem.counters().groups().isEmpty()
        && search(goal, rules.withoutGroups(), nodes) instanceof SearchOutcome.Found;
  }

  private ReasonCode shortage(SearchGoal goal, BitSet nodes) {
    boolean oneNodeForEach =
        nodes.stream()
            .anyMatch(
                node ->
                    goal.differentLines().stream()
                        .allMatch(
                            line ->
                                fits(goal.only(line::equals).withoutConstraints(), only(node))));
    if (!oneNodeForEach) {
      return ReasonCode.NODE_SELECTOR;
    }
    if (search(goal, rules.withoutCounters(), nodes) instanceof SearchOutcome.Found) {
      return ReasonCode.COUNTERS;
    }
    return search(goal, rules.withoutCounters().withoutCapacity(), nodes)
            instanceof SearchOutcome.Found
        ? ReasonCode.CAPACITY
        : ReasonCode.INSUFFICIENT_DEVICES;
  }

  private static BitSet only(int node) {
    BitSet nodes = new BitSet();
    nodes.set(node);
    return nodes;
  }

  private boolean fits(SearchGoal goal, BitSet nodes) {
    return search(goal, rules, nodes) instanceof SearchOutcome.Found;
  }

  /** Looks for the goal on one node after the other, while the budget lasts. */
  private SearchOutcome search(SearchGoal goal, SearchRules by, BitSet nodes) {
    for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
      if (budget.isOver()) {
        return new SearchOutcome.Interrupted();
      }
      SearchOutcome outcome = new NodeSearch(problem, state, goal, node, by).run(budget);
      if (!(outcome instanceof SearchOutcome.None)) {
        return outcome;
      }
    }
    return new SearchOutcome.None();
  }
}
