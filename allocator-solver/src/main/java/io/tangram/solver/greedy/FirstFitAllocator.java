package io.tangram.solver.greedy;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutablePlanStatistics;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.diagnose.Diagnosis;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import io.tangram.solver.plan.PlanAssembly;
import io.tangram.solver.result.ChosenDevice;
import io.tangram.solver.result.ResultNodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Gives each unit the devices that kube-scheduler would: units in the order of the queue (priority,
 * creation time, input), each on the node with the best score (R80), of equals the first by name,
 * there the first devices that its depth-first search finds (R195 to R205). Where the rules list a
 * defect of the reference, the intended behaviour counts.
 *
 * <p>A selector that fails on a device within reach of the search leaves the unit out (R55, R56).
 * Objectives are reported, not optimised; nothing is proven. A deterministic second is {@value
 * SearchBudget#STEPS_PER_SECOND} looks at a device.
 */
public final class FirstFitAllocator implements Allocator {

  /** The name by which users choose it. */
  public static final String NAME = "first-fit";

  @Override
  public String name() {
    return NAME;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the options name a plan to start from: what comes first is
   *     given
   */
  @Override
  public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    if (options.start().isPresent()) {
      throw new IllegalArgumentException(
          "Allocator first-fit can't start from an earlier plan; leave the start out, or choose"
              + " another allocator.");
    }
    long start = System.nanoTime();
    Deadline deadline = Deadline.startingNow(options);
    CompiledProblem compiled = CompiledProblem.of(problem);
    if (deadline.hasPassed() && !options.cancellation().isCancelled()) {
      throw new DeadlineExceededException(
          "The time limit of "
              + options.timeLimit()
              + " passed before the problem was compiled; allow more time.");
    }
    long compiledAt = System.nanoTime();
    ImmutablePlanStatistics sizes =
        PlanStatistics.builder()
            .strategy("greedy")
            .nodes(compiled.nodes())
            .devices(compiled.publishedDevices())
            .claimTypes(compiled.units().types().size())
            .compile(Duration.ofNanos(compiledAt - start))
            .build();
    options.listener().on(new AllocationListener.Event.Compiled(sizes));
    PlanAssembly plan = new PlanAssembly(compiled, options, NAME);
    List<Placement> placements = new Run(compiled, options, deadline, plan).placements();
    Duration solve = Duration.ofNanos(System.nanoTime() - compiledAt);
    return plan.finish(
        new PlacementValues(compiled, options).unproven(placements), sizes.withSolve(solve));
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

  /** One allocation as it goes on. */
  private static final class Run {

    private final CompiledProblem compiled;
    private final PlanAssembly plan;
    private final SearchBudget budget;
    private final ClusterState state;
    private final NodeChanges changes;
    private final int[] nodesByName;
    private final Map<UnitType, NodeChoice> choices = new HashMap<>();
    private final List<Placement> placements = new ArrayList<>();
    private final Map<Unit, SearchOutcome> leftOut = new LinkedHashMap<>();

    Run(CompiledProblem compiled, AllocationOptions options, Deadline deadline, PlanAssembly plan) {
      this.compiled = compiled;
      this.plan = plan;
      this.budget =
          new SearchBudget(
              deadline,
              options.deterministicLimit().map(OptionalDouble::of).orElse(OptionalDouble.empty()));
      this.state = new ClusterState(compiled);
      this.changes = new NodeChanges(compiled);
      this.nodesByName =
          IntStream.range(0, compiled.nodes())
              .boxed()
              .sorted(Comparator.comparing(node -> compiled.problem().nodes().get(node).name()))
              .mapToInt(Integer::intValue)
              .toArray();
    }

    List<Placement> placements() {
      compiled.units().queue().forEach(this::place);
      Diagnosis diagnosis = new Diagnosis(compiled, SearchRules.REFERENCE, budget);
      leftOut.forEach((unit, outcome) -> reasons(unit, outcome, diagnosis).forEach(plan::leaveOut));
      return placements;
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
        Optional<ChosenDevice> unmergeable = unmergeable(placement);
        if (unmergeable.isPresent()) {
          Reason reason =
              new Reason.UnsupportedConstraint(
                  "a node selector of several terms on device " + unmergeable.get().id());
          unit.claims().forEach(claim -> plan.leaveOut(claim.id(), reason));
          return;
        }
        choice.take(answer, found);
        changes.count(placement);
        placements.add(placement);
        plan.admit(placement);
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
  }
}
