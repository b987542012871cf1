package io.tangram.solver.diagnose;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says why units stay out, from what is held before anything is planned: a unit that fits alone is
 * outranked; for another the reason is what stands in its way on every node. Units of one type are
 * looked at once. Not thread-safe.
 */
public final class Diagnosis {

  /**
   * What was found for a type.
   *
   * @param causes the causes for each of its claims, common ones included
   * @param placement why the unit as a whole has no node, whatever its claims; absent if it has
   * @param fitsAlone whether nothing speaks against it
   */
  private record Findings(
      ImmutableList<ImmutableList<Cause>> causes, Optional<Reason> placement, boolean fitsAlone) {}

  private final CompiledProblem problem;
  private final SearchRules rules;
  private final SearchBudget budget;
  private final ClusterState state;
  private final RequestCauses requests;
  private final Map<UnitType, Findings> known = new HashMap<>();

  /**
   * Prepares a diagnosis.
   *
   * @param problem the problem
   * @param rules by which rules devices are looked for
   * @param budget what may be spent; units that it doesn't suffice for are not proven to be out
   */
  public Diagnosis(CompiledProblem problem, SearchRules rules, SearchBudget budget) {
    this.problem = problem;
    this.rules = rules;
    this.budget = budget;
    this.state = new ClusterState(problem);
    this.requests = new RequestCauses(problem, state, budget);
  }

  /** Returns why a unit was not admitted. */
  public Reasons reasons(Unit unit) {
    ImmutableMap.Builder<ClaimId, Reason> first = ImmutableMap.builder();
    explain(unit).forEach((claim, reasons) -> first.put(claim, reasons.get(0)));
    ImmutableMap<ClaimId, Reason> ofClaims = first.buildOrThrow();
    return new Reasons(
        ofClaims.values().stream().findFirst().orElseGet(() -> ofPlacement(unit)), ofClaims);
  }

  private Reason ofPlacement(Unit unit) {
    Optional<Findings> findings = findings(unit);
    if (findings.isEmpty()) {
      return new Reason.NotProven();
    }
    return findings.get().placement().orElse(new Reason.Outranked());
  }

  /**
   * Returns all that can be said of each claim of a unit that was not admitted, most specific
   * first, at least one reason each.
   */
  public ImmutableMap<ClaimId, ImmutableList<Reason>> explain(Unit unit) {
    Optional<Findings> findings = findings(unit);
    if (findings.isEmpty()) {
      return same(unit, new Reason.NotProven());
    }
    if (findings.get().fitsAlone()) {
      return same(unit, new Reason.Outranked());
    }
    return findings
        .get()
        .placement()
        .map(reason -> same(unit, reason))
        .orElseGet(() -> named(unit.allClaims(), findings.get().causes()));
  }

  /** Returns what speaks against units of the type, or nothing if the budget doesn't suffice. */
  private Optional<Findings> findings(Unit unit) {
    Findings findings = known.get(unit.type());
    if (findings == null && !budget.isOver()) {
      Findings fresh = look(unit);
      if (!budget.isOver()) {
        known.put(unit.type(), fresh);
        findings = fresh;
      }
    }
    return Optional.ofNullable(findings);
  }

  /**
   * Returns the reasons for a unit whose search ended on a failing selector.
   *
   * @param unit the unit
   * @param claims the claims that were searched for
   * @param goal what was searched for
   * @param failed where the search ended
   */
  public Reasons selectorFailed(
      Unit unit, List<Claim> claims, SearchGoal goal, SearchOutcome.SelectorFailed failed) {
    SearchGoal.Line line = goal.lines().get(failed.line());
    Claim culprit = claims.get(line.claim());
    Reason own = cause(line, failed).in(culprit);
    ImmutableMap.Builder<ClaimId, Reason> ofClaims = ImmutableMap.builder();
    for (Claim claim : unit.allClaims()) {
      ofClaims.put(
          claim.id(),
          claim.id().equals(culprit.id()) ? own : new Reason.PartnerUnallocated(culprit.id(), own));
    }
    return new Reasons(own, ofClaims.buildOrThrow());
  }

  private Cause cause(SearchGoal.Line line, SearchOutcome.SelectorFailed failed) {
    Leaf leaf = line.leaves().get(failed.alternative());
    return requests.selectorFailed(leaf, failed.device(), line.request(), failed.alternative());
  }

  private static ImmutableMap<ClaimId, ImmutableList<Reason>> same(Unit unit, Reason reason) {
    ImmutableMap.Builder<ClaimId, ImmutableList<Reason>> reasons = ImmutableMap.builder();
    unit.allClaims().forEach(claim -> reasons.put(claim.id(), ImmutableList.of(reason)));
    return reasons.buildOrThrow();
  }

  /** A claim against which nothing speaks goes with the first against which something does. */
  private static ImmutableMap<ClaimId, ImmutableList<Reason>> named(
      List<Claim> claims, List<ImmutableList<Cause>> causes) {
    Map<ClaimId, ImmutableList<Reason>> own = new HashMap<>();
    Optional<Claim> culprit = Optional.empty();
    for (int i = 0; i < causes.size(); i++) {
      Claim claim = claims.get(i);
      if (!causes.get(i).isEmpty()) {
        own.put(
            claim.id(),
            causes.get(i).stream()
                .map(cause -> cause.in(claim))
                .collect(ImmutableList.toImmutableList()));
        culprit = culprit.or(() -> Optional.of(claim));
      }
    }
    ClaimId first = culprit.orElseThrow().id();
    ImmutableMap.Builder<ClaimId, ImmutableList<Reason>> all = ImmutableMap.builder();
    for (Claim claim : claims) {
      ImmutableList<Reason> reasons = own.get(claim.id());
      all.put(
          claim.id(),
          reasons == null
              ? ImmutableList.of(
                  new Reason.PartnerUnallocated(
                      first, own.getOrDefault(first, ImmutableList.of()).get(0)))
              : reasons);
    }
    return all.buildOrThrow();
  }

  private static List<ImmutableList<Cause>> none(UnitType type) {
    List<ImmutableList<Cause>> none = new ArrayList<>();
    type.allClaims().forEach(claim -> none.add(ImmutableList.of()));
    return none;
  }

  private Findings look(Unit unit) {
    UnitType type = unit.type();
    SearchGoal goal = SearchGoal.of(type.allClaims());
    BitSet everywhere = new BitSet();
    everywhere.set(0, problem.nodes());
    BitSet allowed = type.allowed().orElse(everywhere);
    SearchOutcome alone = search(goal, rules, type.nodes().orElse(allowed));
    if (alone instanceof SearchOutcome.Found) {
      return new Findings(ImmutableList.of(), Optional.empty(), true);
    }
    BitSet tooSmall = fitting(goal, withoutResources(type, allowed));
    if (!tooSmall.isEmpty()) {
      return nowhere(resources(unit.workload().orElseThrow(), tooSmall));
    }
    if (problem.nodes() == 0 || fits(goal, everywhere)) {
      return nowhere(new Reason.NodesExcluded(allowed.cardinality(), problem.nodes()));
    }
    List<ImmutableList<Cause>> causes = none(type);
    if (alone instanceof SearchOutcome.SelectorFailed failed) {
      SearchGoal.Line line = goal.lines().get(failed.line());
      causes.set(line.claim(), ImmutableList.of(cause(line, failed)));
    } else {
      lookAtClaims(type, goal, everywhere, causes);
    }
    return new Findings(ImmutableList.copyOf(causes), Optional.empty(), false);
  }

  private static Findings nowhere(Reason reason) {
    return new Findings(ImmutableList.of(), Optional.of(reason), false);
  }

  /** The nodes that are allowed, but lack a resource. */
  private static BitSet withoutResources(UnitType type, BitSet allowed) {
    BitSet nodes = new BitSet();
    nodes.or(allowed);
    type.nodes().ifPresent(nodes::andNot);
    return type.nodes().isPresent() ? nodes : new BitSet();
  }

  /** The nodes among these on which the goal could be met. */
  private BitSet fitting(SearchGoal goal, BitSet nodes) {
    BitSet fitting = new BitSet();
    nodes.stream().filter(node -> fits(goal, only(node))).forEach(fitting::set);
    return fitting;
  }

  /** The resource that is too little on the most of these nodes. */
  private Reason resources(Workload workload, BitSet nodes) {
    Reason worst = new Reason.Outranked();
    int most = 0;
    for (Map.Entry<String, Quantity> wanted : workload.resources().entrySet()) {
      List<Quantity> left =
          nodes.stream()
              .mapToObj(node -> problem.problem().nodes().get(node).available().orElseThrow())
              .map(available -> available.getOrDefault(wanted.getKey(), Quantity.ZERO))
              .filter(each -> each.compareTo(wanted.getValue()) < 0)
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
    for (SearchGoal.Line line : claim.lines()) {
      SearchGoal alone = claim.only(line::equals).withoutConstraints();
      if (!fits(alone, nodes)) {
        return ofRequest(line);
      }
    }
    return ImmutableList.of(
        fits(claim.withoutConstraints(), nodes)
            ? Diagnosis::constraints
            : competing(claim.withoutConstraints(), nodes));
  }

  /** Alternatives in order, those that no device matches behind the others. */
  private ImmutableList<Cause> ofRequest(SearchGoal.Line line) {
    ImmutableList.Builder<Cause> causes = ImmutableList.builder();
    List<Cause> ofUnmatched = new ArrayList<>();
    for (int alternative = 0; alternative < line.leaves().size(); alternative++) {
      Leaf leaf = line.leaves().get(alternative);
      List<Cause> own = requests.of(leaf, line.request(), alternative);
      if (requests.matching(leaf) > 0) {
        causes.addAll(own);
      } else {
        ofUnmatched.addAll(own);
      }
    }
    return causes.addAll(ofUnmatched).build();
  }

  private static Reason constraints(Claim claim) {
    return new Reason.ConstraintUnsatisfied(
        claim.constraints().stream().map(Diagnosis::text).collect(ImmutableList.toImmutableList()));
  }

  private static String text(DeviceConstraint constraint) {
    String requests =
        constraint.requests().isEmpty() ? "all requests" : String.join(", ", constraint.requests());
    if (constraint instanceof DeviceConstraint.MatchAttribute match) {
      return "matchAttribute " + match.attribute() + " of " + requests;
    }
    return constraint instanceof DeviceConstraint.DistinctAttribute distinct
        ? "distinctAttribute " + distinct.attribute() + " of " + requests
        : "a constraint of unknown kind";
  }

  /** What requests that could each be met lack together. */
  private Cause competing(SearchGoal goal, BitSet nodes) {
    ReasonCode code = shortage(goal, nodes);
    return claim ->
        new Reason.Competing(
            claim.requests().stream()
                .map(request -> request.name())
                .collect(ImmutableList.toImmutableList()),
            code);
  }

  private ReasonCode shortage(SearchGoal goal, BitSet nodes) {
    boolean oneNodeForEach =
        nodes.stream()
            .anyMatch(
                node ->
                    goal.lines().stream()
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
