package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.ortools.sat.CpModel;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocatorException;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.cpsat.CpEngine;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.model.Demand;
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
  private final List<ObjectiveResult> results = new ArrayList<>();
  private final CpModel unbounded;
  private @Nullable CpOutcome incumbent;

  /** Prepares a search; it may be run once. */
  public PartSearch(AllocationOptions options, PartModel model, Limits limits) {
    this.options = options;
    this.model = model;
    this.limits = limits;
    this.unbounded = model.model().getClone();
  }

  /** Searches until everything is proven or the limits are used up. */
  public PartSolution run() {
    if (options.admission() == Admission.IN_ORDER) {
      InOrderAdmission admission = new InOrderAdmission(model, limits, options.listener());
      results.addAll(admission.run());
      incumbent = admission.incumbent();
    }
    List<Goal> goals = Goal.of(options, model);
    for (int i = 0; i < goals.size(); i++) {
      Goal goal = goals.get(i);
      boolean settled = i > 0 && goal.isProportionalTo(goals.get(i - 1));
      if (!settled) {
        optimise(goal, i == goals.size() - 1 ? 1 : 0.5);
      }
    }
    CpOutcome best = incumbent;
    List<Placement> placements = best == null ? List.of() : model.placements(best);
    return new PartSolution(
        ImmutableList.copyOf(placements), ImmutableList.copyOf(results), whatIsLeft(best));
  }

  private void optimise(Goal goal, double share) {
    if (goal.isConstant()) {
      report(goal, goal.expression().getOffset(), OptionalLong.of(goal.expression().getOffset()));
      return;
    }
    CpModel cpModel = model.model();
    cpModel.clearObjective();
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
            cpModel, limits.parameters(share), limits.deadline().share(share), progress(goal));
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
    long value = incumbent == null ? 0 : incumbent.value(goal.expression());
    report(goal, value, outcome.bound());
    hold(goal, value);
  }

  private CpListener progress(Goal goal) {
    return (objective, bound) ->
        options
            .listener()
            .on(
                new AllocationListener.Event.Improved(
                    goal.name(), objective, bound.isPresent() ? bound.getAsLong() : objective));
  }

  private void report(Goal goal, long value, OptionalLong bound) {
    boolean proven = bound.isPresent() && bound.getAsLong() == value;
    if (goal.reported()) {
      results.add(
          new ObjectiveResult(
              goal.name(),
              goal.tier(),
              value,
              bound,
              proven ? PlanStatus.OPTIMAL : PlanStatus.FEASIBLE));
    } else if (!proven) {
      demoteLast();
    }
  }

  /** An objective whose tie-breaker is not proven is not proven. */
  private void demoteLast() {
    ObjectiveResult last = results.remove(results.size() - 1);
    results.add(
        new ObjectiveResult(
            last.name(), last.tier(), last.value(), last.bound(), PlanStatus.FEASIBLE));
  }

  private void hold(Goal goal, long value) {
    if (goal.maximised()) {
      model.model().addGreaterOrEqual(goal.expression(), value);
    } else {
      model.model().addLessOrEqual(goal.expression(), value);
    }
  }

  /** Asks for each demand of which nothing is admitted whether one unit would fit alone. */
  private ImmutableMap<Demand, PartSolution.Alone> whatIsLeft(@Nullable CpOutcome best) {
    ImmutableMap.Builder<Demand, PartSolution.Alone> left = ImmutableMap.builder();
    for (Demand demand : model.demands()) {
      long admitted = best == null ? 0 : best.value(model.admitted(demand));
      if (admitted > 0 && admitted < demand.size()) {
        left.put(demand, PartSolution.Alone.FITS);
      } else if (admitted == 0) {
        left.put(demand, fitsAlone(demand));
      }
    }
    return left.buildOrThrow();
  }

  private PartSolution.Alone fitsAlone(Demand demand) {
    CpModel alone = unbounded.getClone();
    alone.addGreaterOrEqual(model.admitted(demand), 1);
    CpOutcome outcome =
        CpEngine.solve(alone, limits.parameters(1), limits.deadline(), CpListener.NONE);
    limits.charge(outcome);
    return switch (outcome.status()) {
      case OPTIMAL, FEASIBLE -> PartSolution.Alone.FITS;
      case INFEASIBLE -> PartSolution.Alone.DOES_NOT_FIT;
      case UNKNOWN -> PartSolution.Alone.UNKNOWN;
    };
  }
}
