package io.tangram.solver.greedy;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.diagnose.Diagnosis;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.result.ChosenDevice;
import io.tangram.solver.result.ResultNodes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Places units one after the other as kube-scheduler would: in the order of the queue, each on the
 * node with the best score (R80), of equals the first by name, there on the first devices that the
 * depth-first search finds. Not thread-safe.
 */
public final class FirstFitSearch {

  private final CompiledProblem compiled;
  private final SearchBudget budget;
  private final ClusterState state;
  private final NodeChanges changes;
  private final int[] nodesByName;
  private final Map<UnitType, NodeChoice> choices = new HashMap<>();
  private final List<Placement> placements = new ArrayList<>();
  private final Map<Unit, SearchOutcome> leftOut = new LinkedHashMap<>();
  private final Map<ClaimId, Reason> unmergeable = new LinkedHashMap<>();

  /**
   * Prepares a search; it may be run once.
   *
   * @param compiled the problem
   * @param budget what may be spent
   */
  public FirstFitSearch(CompiledProblem compiled, SearchBudget budget) {
    this.compiled = compiled;
    this.budget = budget;
    this.state = new ClusterState(compiled);
    this.changes = new NodeChanges(compiled);
    this.nodesByName =
        IntStream.range(0, compiled.nodes())
            .boxed()
            .sorted(Comparator.comparing(node -> compiled.problem().nodes().get(node).name()))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  /** Places the units of the queue one after the other and returns those that found a place. */
  public List<Placement> placements() {
    compiled.units().queue().forEach(this::place);
    return placements;
  }

  /** Returns why each claim of the other units stays out, once all have been tried. */
  public Map<ClaimId, Reason> reasons() {
    Diagnosis diagnosis = new Diagnosis(compiled, SearchRules.REFERENCE, budget);
    Map<ClaimId, Reason> reasons = new LinkedHashMap<>(unmergeable);
    leftOut.forEach((unit, outcome) -> reasons.putAll(reasons(unit, outcome, diagnosis)));
    return reasons;
  }

  private void place(Unit unit) {
    if (budget.isOver()) {
      leftOut.put(unit, new SearchOutcome.Interrupted());
      return;
    }
    NodeChoice choice =
        choices.computeIfAbsent(
            unit.type(), type -> new NodeChoice(compiled, state, type, nodesByName, changes));
    NodeChoice.Answer answer = choice.next(budget);
    if (answer.outcome() instanceof SearchOutcome.Found found) {
      Placement placement = placement(unit, answer.node(), choice.goal(), found);
      Optional<ChosenDevice> refused = unmergeable(placement);
      if (refused.isPresent()) {
        Reason reason =
            new Reason.UnsupportedConstraint(
                "a node selector of several terms on device " + refused.get().id());
        unit.claims().forEach(claim -> unmergeable.put(claim.id(), reason));
        return;
      }
      choice.take(answer, found);
      changes.count(placement);
      placements.add(placement);
    } else {
      leftOut.put(unit, answer.outcome());
    }
  }

  /** A device that no result can carry, which ends the attempt (R185). */
  private Optional<ChosenDevice> unmergeable(Placement placement) {
    return placement.choices().stream()
        .flatMap(claim -> ResultNodes.unmergeable(chosen(claim)).stream())
        .findFirst();
  }

  private List<ChosenDevice> chosen(List<Placement.Choice> claim) {
    List<ChosenDevice> chosen = new ArrayList<>();
    for (Placement.Choice choice : claim) {
      choice
          .devices()
          .forEach(
              device ->
                  chosen.add(
                      new ChosenDevice(
                          compiled.devices().slice(device), compiled.devices().device(device))));
    }
    return chosen;
  }

  private Map<ClaimId, Reason> reasons(Unit unit, SearchOutcome outcome, Diagnosis diagnosis) {
    if (outcome instanceof SearchOutcome.SelectorFailed failed) {
      return diagnosis.selectorFailed(unit, failed);
    }
    return outcome instanceof SearchOutcome.Interrupted
        ? Diagnosis.notProven(unit)
        : diagnosis.reasons(unit);
  }

  private static Placement placement(
      Unit unit, int node, SearchGoal goal, SearchOutcome.Found found) {
    List<ImmutableList.Builder<Placement.Choice>> byClaim = new ArrayList<>();
    unit.claims().forEach(claim -> byClaim.add(ImmutableList.builder()));
    for (int line = 0; line < goal.lines().size(); line++) {
      SearchOutcome.Pick pick = found.picks().get(line);
      byClaim
          .get(goal.lines().get(line).claim())
          .add(new Placement.Choice(pick.alternative(), pick.devices()));
    }
    return new Placement(
        unit,
        node,
        byClaim.stream().map(each -> each.build()).collect(ImmutableList.toImmutableList()));
  }
}
