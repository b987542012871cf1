package io.tangram.solver.diagnose;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says why units stay out, from what is held before anything is planned: a unit that fits alone is
 * outranked; for another the reason is what stands in its way on every node, first what would do so
 * even if nothing were in use. Units of one type are looked at once. Not thread-safe.
 */
public final class Diagnosis {

  private final SearchBudget budget;
  private final Function<Unit, Reason> whoFits;
  private final Supplier<Obstacles> now;
  private final Optional<Supplier<Obstacles>> ofEmptyCluster;
  private final Map<UnitType, Findings> known = new HashMap<>();

  /**
   * Prepares a diagnosis.
   *
   * @param problem the problem
   * @param rules by which rules devices are looked for
   * @param budget what may be spent; units that it doesn't suffice for are not proven to be out
   * @param whoFits the reason for a unit that fits alone
   */
  public Diagnosis(
      CompiledProblem problem,
      SearchRules rules,
      SearchBudget budget,
      Function<Unit, Reason> whoFits) {
    this.budget = budget;
    this.whoFits = whoFits;
    this.now = Suppliers.memoize(() -> Obstacles.now(problem, rules, budget));
    this.ofEmptyCluster =
        isInUse(problem.problem())
            ? Optional.of(Suppliers.memoize(() -> Obstacles.ofEmptyCluster(problem, rules, budget)))
            : Optional.empty();
  }

  private static boolean isInUse(AllocationProblem problem) {
    return !problem.held().isEmpty()
        || problem.nodes().stream()
            .anyMatch(
                node ->
                    node.allocatable().isPresent() && !node.allocatable().equals(node.available()));
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
    return findings(unit)
        .map(
            found ->
                found
                    .placement()
                    .map(reason -> reason.apply(unit))
                    .orElseGet(() -> whoFits.apply(unit)))
        .orElseGet(Reason.NotProven::new);
  }

  /**
   * Returns all that can be said of each claim of a unit that was not admitted, most specific
   * first, at least one reason each.
   */
  public ImmutableMap<ClaimId, ImmutableList<Reason>> explain(Unit unit) {
    Optional<Findings> findings = findings(unit);
    if (findings.isEmpty() || findings.get().isUnclear()) {
      return same(unit, new Reason.NotProven());
    }
    if (findings.get().isNone()) {
      return same(unit, whoFits.apply(unit));
    }
    return findings
        .get()
        .placement()
        .map(reason -> same(unit, reason.apply(unit)))
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
    Reason own = now.get().selectorFailed(line, failed).in(culprit);
    ImmutableMap.Builder<ClaimId, Reason> ofClaims = ImmutableMap.builder();
    for (Claim claim : unit.allClaims()) {
      ofClaims.put(
          claim.id(),
          claim.id().equals(culprit.id()) ? own : new Reason.PartnerUnallocated(culprit.id(), own));
    }
    return new Reasons(own, ofClaims.buildOrThrow());
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

  /** What would last comes before what may pass. */
  private Findings look(Unit unit) {
    Findings passing = now.get().of(unit);
    if (passing.isNone() || ofEmptyCluster.isEmpty()) {
      return passing;
    }
    Findings lasting = ofEmptyCluster.get().get().of(unit);
    return lasting.isNone() ? passing : lasting.lasting();
  }
}
