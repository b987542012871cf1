package io.tangram.solver.diagnose;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
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

  /** The causes for the claims of a type, or nothing if it fits alone. */
  private record Findings(ImmutableList<ImmutableList<Cause>> causes, boolean fitsAlone) {}

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

  /** Returns the reason for each claim of a unit that was not admitted. */
  public ImmutableMap<ClaimId, Reason> reasons(Unit unit) {
    ImmutableMap.Builder<ClaimId, Reason> first = ImmutableMap.builder();
    explain(unit).forEach((claim, reasons) -> first.put(claim, reasons.get(0)));
    return first.buildOrThrow();
  }

  /**
   * Returns all that can be said of each claim of a unit that was not admitted, most specific
   * first, at least one reason each.
   */
  public ImmutableMap<ClaimId, ImmutableList<Reason>> explain(Unit unit) {
    Findings findings = known.get(unit.type());
    if (findings == null) {
      if (budget.isOver()) {
        return same(unit, new Reason.NotProven());
      }
      findings = look(unit.type());
      if (budget.isOver()) {
        return same(unit, new Reason.NotProven());
      }
      known.put(unit.type(), findings);
    }
    return findings.fitsAlone()
        ? same(unit, new Reason.Outranked())
        : named(unit, findings.causes());
  }

  /** Returns the reasons for a unit that the limits left undecided. */
  public static ImmutableMap<ClaimId, Reason> notProven(Unit unit) {
    ImmutableMap.Builder<ClaimId, Reason> reasons = ImmutableMap.builder();
    unit.claims().forEach(claim -> reasons.put(claim.id(), new Reason.NotProven()));
    return reasons.buildOrThrow();
  }

  /** Returns the reasons for a unit whose search ended on a failing selector. */
  public ImmutableMap<ClaimId, Reason> selectorFailed(
      Unit unit, SearchOutcome.SelectorFailed failed) {
    SearchGoal.Line line = SearchGoal.of(unit.type()).lines().get(failed.line());
    List<ImmutableList<Cause>> causes = none(unit.type());
    causes.set(line.claim(), ImmutableList.of(cause(line, failed)));
    ImmutableMap.Builder<ClaimId, Reason> reasons = ImmutableMap.builder();
    named(unit, causes).forEach((claim, all) -> reasons.put(claim, all.get(0)));
    return reasons.buildOrThrow();
  }

  private Cause cause(SearchGoal.Line line, SearchOutcome.SelectorFailed failed) {
    Leaf leaf = line.leaves().get(failed.alternative());
    return requests.selectorFailed(leaf, failed.device(), line.request(), failed.alternative());
  }

  private static ImmutableMap<ClaimId, ImmutableList<Reason>> same(Unit unit, Reason reason) {
    ImmutableMap.Builder<ClaimId, ImmutableList<Reason>> reasons = ImmutableMap.builder();
    unit.claims().forEach(claim -> reasons.put(claim.id(), ImmutableList.of(reason)));
    return reasons.buildOrThrow();
  }

  /** A claim against which nothing speaks goes with the first against which something does. */
  private static ImmutableMap<ClaimId, ImmutableList<Reason>> named(
      Unit unit, List<ImmutableList<Cause>> causes) {
    Map<ClaimId, ImmutableList<Reason>> own = new HashMap<>();
    Optional<Claim> culprit = Optional.empty();
    for (int i = 0; i < causes.size(); i++) {
      Claim claim = unit.claims().get(i);
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
    for (Claim claim : unit.claims()) {
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
    type.claims().forEach(claim -> none.add(ImmutableList.of()));
    return none;
  }

  private Findings look(UnitType type) {
    SearchGoal goal = SearchGoal.of(type);
    BitSet everywhere = new BitSet();
    everywhere.set(0, problem.nodes());
    BitSet allowed = type.nodes().orElse(everywhere);
    SearchOutcome alone = search(goal, rules, allowed);
    if (alone instanceof SearchOutcome.Found) {
      return new Findings(ImmutableList.of(), true);
    }
    List<ImmutableList<Cause>> causes = none(type);
    boolean nowhereToGo = problem.nodes() == 0 || fits(goal, everywhere);
    if (nowhereToGo) {
      Cause excluded = claim -> new Reason.NodesExcluded(allowed.cardinality(), problem.nodes());
      causes.replaceAll(each -> ImmutableList.of(excluded));
    } else if (alone instanceof SearchOutcome.SelectorFailed failed) {
      SearchGoal.Line line = goal.lines().get(failed.line());
      causes.set(line.claim(), ImmutableList.of(cause(line, failed)));
    } else {
      lookAtClaims(type, goal, everywhere, causes);
    }
    return new Findings(ImmutableList.copyOf(causes), false);
  }

  private void lookAtClaims(
      UnitType type, SearchGoal goal, BitSet nodes, List<ImmutableList<Cause>> causes) {
    boolean eachFits = true;
    for (int claim = 0; claim < type.claims().size(); claim++) {
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
