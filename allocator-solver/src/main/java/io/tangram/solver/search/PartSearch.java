package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocatorException;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.cpsat.CpEngine;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Optimises one model for one goal after the other, each held at its value while the later ones are
 * optimised. Every stage starts from the incumbent of the one before and may use half of the time
 * that is left, the last all of it. A stage that ends without proof is held at its incumbent.
 */
public final class PartSearch {

  private final AllocationOptions options;
  private final PartModel model;
  private final Limits limits;
  private final List<ObjectiveResult> settled = new ArrayList<>();
  private final List<Reached> reached = new ArrayList<>();
  private @Nullable CpOutcome incumbent;
  private boolean ranDry;

  /** Prepares a search; it may be run once. */
  public PartSearch(AllocationOptions options, PartModel model, Limits limits) {
    this.options = options;
    this.model = model;
    this.limits = limits;
  }

  /**
   * Searches until everything is proven or the limits are used up.
   *
   * @param start placements to start from, if any are known
   */
  public PartSolution run(List<Placement> start) {
    if (!start.isEmpty()) {
      model.hint(start);
    }
    if (options.admission() == Admission.IN_ORDER) {
      InOrderAdmission admission = new InOrderAdmission(model, limits, options.listener());
      settled.addAll(admission.run());
      incumbent = admission.incumbent();
    }
    List<Goal> goals = Goal.of(options, model);
    for (int i = 0; i < goals.size(); i++) {
      Goal goal = goals.get(i);
      if (ranDry && !goal.name().equals(ObjectiveResult.ADMISSION)) {
        // Optimised now, it would be best to admit nothing.
        reached.add(new Reached(goal, OptionalLong.empty()));
      } else if (i == 0 || goal.reported() || !goal.isProportionalTo(goals.get(i - 1))) {
        optimise(goal, i == goals.size() - 1 ? 1 : 0.5);
      }
    }
    CpOutcome best = incumbent;
    List<Placement> placements = best == null ? List.of() : model.placements(best);
    return new PartSolution(ImmutableList.copyOf(placements), ImmutableList.copyOf(results()));
  }

  private void optimise(Goal goal, double share) {
    if (goal.isConstant()) {
      reached.add(new Reached(goal, OptionalLong.of(goal.expression().getOffset())));
      return;
    }
    CpModelBuilder cpModel = model.model();
    if (goal.maximised()) {
      cpModel.maximize(goal.expression());
    } else {
      cpModel.minimize(goal.expression());
    }
    if (incumbent != null) {
      incumbent.hint(cpModel);
    }
    CpOutcome outcome =
        CpEngine.solve(
            cpModel.build(),
            limits.parameters(share),
            limits.deadline().share(share),
            progress(goal));
    limits.charge(outcome);
    if (outcome.status() == CpOutcome.Status.INFEASIBLE) {
      throw new AllocatorException(
          "The model \""
              + model.strategy()
              + "\" has no solution for "
              + goal.name()
              + ", although admitting nothing is one; this is a defect of the allocator. The same"
              + " problem with "
              + options
              + " shows it again.");
    }
    if (outcome.hasSolution()) {
      incumbent = outcome;
    }
    ranDry = incumbent == null;
    reached.add(new Reached(goal, outcome.bound().isPresent() ? outcome.bound() : allOf(goal)));
    hold(goal, valueOf(goal, incumbent));
  }

  /** The bound that needs no search: all claims of the tier, where claims are counted. */
  private OptionalLong allOf(Goal goal) {
    if (!goal.name().equals(ObjectiveResult.ADMISSION)
        || !goal.reported()
        || options.admission() == Admission.MOST_DEVICE_SHARE) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(model.demands().mostClaims(goal.tier()));
  }

  private CpListener progress(Goal goal) {
    return (objective, bound) ->
        options
            .listener()
            .on(
                new AllocationListener.Event.Improved(
                    goal.name(), objective, bound.isPresent() ? bound.getAsLong() : objective));
  }

  /**
   * What a goal's stage came to; its value is read from the last incumbent, which may be better.
   */
  private record Reached(Goal goal, OptionalLong bound) {

    ObjectiveResult result(@Nullable CpOutcome incumbent) {
      long value = valueOf(goal, incumbent);
      boolean proven = bound.isPresent() && bound.getAsLong() == value;
      return new ObjectiveResult(
          goal.name(),
          goal.tier(),
          value,
          bound,
          proven ? PlanStatus.OPTIMAL : PlanStatus.FEASIBLE);
    }
  }

  private static long valueOf(Goal goal, @Nullable CpOutcome incumbent) {
    return incumbent == null ? goal.expression().getOffset() : incumbent.value(goal.expression());
  }

  private List<ObjectiveResult> results() {
    List<ObjectiveResult> all = new ArrayList<>(settled);
    for (Reached each : reached) {
      ObjectiveResult result = each.result(incumbent);
      if (each.goal().reported()) {
        all.add(result);
      } else if (result.status() == PlanStatus.FEASIBLE) {
        all.add(unproven(all.remove(all.size() - 1)));
      }
    }
    return all;
  }

  /** An objective whose tie-breaker is not proven is not proven. */
  private static ObjectiveResult unproven(ObjectiveResult result) {
    return new ObjectiveResult(
        result.name(), result.tier(), result.value(), result.bound(), PlanStatus.FEASIBLE);
  }

  private void hold(Goal goal, long value) {
    if (goal.maximised()) {
      model.model().addGreaterOrEqual(goal.expression(), value);
    } else {
      model.model().addLessOrEqual(goal.expression(), value);
    }
  }
}
