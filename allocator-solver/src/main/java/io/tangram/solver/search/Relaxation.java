package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.PartModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Bounds on the goals of a part from an easier model that every solution of the part satisfies. */
final class Relaxation {

  private final PartModel model;
  private final List<Goal> goals;
  private final Limits limits;

  Relaxation(AllocationOptions options, PartModel model, Limits limits) {
    this.model = model;
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
    if (goal.maximised()) {
      model.model().maximize(goal.expression());
    } else {
      model.model().minimize(goal.expression());
    }
    CpOutcome outcome = limits.solve(model.model(), share, CpListener.NONE);
    return outcome.bound();
  }

  /** Has so many units of a demand admitted. */
  void admit(Demand demand, long units) {
    model.model().addEquality(model.admitted(demand), units);
  }

  /** Holds a goal of the part at what was reached. */
  void hold(Goal ofPart, long value) {
    here(ofPart)
        .ifPresent(
            goal -> {
              if (goal.maximised()) {
                model.model().addGreaterOrEqual(goal.expression(), value);
              } else {
                model.model().addLessOrEqual(goal.expression(), value);
              }
            });
  }

  /** The same goal as an expression over this model, if that can say it. */
  private Optional<Goal> here(Goal ofPart) {
    return goals.stream().filter(ofPart::isSameAs).findFirst();
  }
}
