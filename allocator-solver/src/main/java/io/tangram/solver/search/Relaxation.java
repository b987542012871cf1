package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.PartModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Bounds on the goals of a part from an easier model that every solution of the part satisfies. */
final class Relaxation {

  private static final double SHARE_OF_BOUND = 0.5;

  private final PartModel model;
  private final CpModelBuilder cp;
  private final List<Goal> goals;
  private final Limits limits;

  Relaxation(AllocationOptions options, PartModel model, Limits limits) {
    this.model = model;
    this.cp = model.model().copy();
    this.goals = Goal.of(options, model);
    this.limits = limits;
  }

  /** Returns a bound on a goal of the part, the earlier ones held; nothing if none is found. */
  OptionalLong bound(Goal ofPart, double share) {
    Optional<Goal> found = here(ofPart);
    if (found.isEmpty()) {
      return OptionalLong.empty();
    }
    Goal goal = found.get();
    if (goal.isConstant()) {
      return OptionalLong.of(goal.expression().getOffset());
    }
    goal.optimiseIn(cp);
    CpOutcome outcome = limits.solve(cp, share, CpListener.NONE);
    return outcome.bound();
  }

  /** Returns a solution with bounds where it has none, each beside what it reached before. */
  PartSolution bounding(PartSolution solution) {
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    for (ObjectiveResult result : solution.objectives()) {
      Optional<Goal> found = goals.stream().filter(goal -> goal.isFor(result)).findFirst();
      results.add(
          found
              .filter(goal -> result.bound().isEmpty())
              .map(goal -> bounded(result, goal))
              .orElse(result));
      found.ifPresent(goal -> goal.holdIn(cp, goal.unseen(result.value())));
    }
    return new PartSolution(solution.placements(), results.build(), solution.admitted());
  }

  private ObjectiveResult bounded(ObjectiveResult result, Goal goal) {
    OptionalLong bound = bound(goal, SHARE_OF_BOUND);
    return ObjectiveResult.of(
        result.name(),
        result.tier(),
        result.value(),
        bound.isPresent() ? OptionalLong.of(goal.shown(bound.getAsLong())) : bound);
  }

  /** Has so many units of a demand admitted. */
  void admit(Demand demand, long units) {
    cp.addEquality(model.admitted(demand), units);
  }

  /** Holds a goal of the part at what was reached. */
  void hold(Goal ofPart, long value) {
    here(ofPart).ifPresent(goal -> goal.holdIn(cp, value));
  }

  /** The same goal as an expression over this model, if that can say it. */
  private Optional<Goal> here(Goal ofPart) {
    return goals.stream().filter(ofPart::isSameAs).findFirst();
  }
}
