package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.PartModel;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing to optimise, as a linear expression over a model.
 *
 * @param name the objective's name
 * @param tier the priority it is for, 0 after admission
 * @param expression what to optimise
 * @param maximised whether more is better
 * @param reported whether users see it; a tie-breaker belongs to the objective before it
 */
record Goal(String name, int tier, LinearExpr expression, boolean maximised, boolean reported) {

  /** The goals of the options, in order; for in-order admission only those after it. */
  static List<Goal> of(AllocationOptions options, PartModel model) {
    List<Goal> goals = new ArrayList<>();
    if (options.admission() != Admission.IN_ORDER) {
      for (int tier : model.demands().tiers()) {
        goals.addAll(admission(options.admission(), model, tier));
      }
    }
    for (Objective objective : options.objectives()) {
      goals.add(
          switch (objective) {
            case PREFERENCE -> new Goal(objective.label(), 0, model.preference(), true, true);
            case FIT -> new Goal(objective.label(), 0, model.size(), false, true);
          });
    }
    return goals;
  }

  private static ImmutableList<Goal> admission(Admission admission, PartModel model, int tier) {
    Goal units = admission(tier, units(model, tier), false);
    LinearExpr claims = model.claims(tier);
    if (admission == Admission.MOST_DEVICE_SHARE) {
      return ImmutableList.of(
          admission(tier, model.share(tier), true), admission(tier, claims, false), units);
    }
    return ImmutableList.of(admission(tier, claims, true), units);
  }

  private static Goal admission(int tier, LinearExpr expression, boolean reported) {
    return new Goal(ObjectiveResult.ADMISSION, tier, expression, true, reported);
  }

  private static LinearExpr units(PartModel model, int tier) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (Demand demand : model.demands().units()) {
      if (demand.priority() == tier) {
        sum.add(model.admitted(demand));
      }
    }
    return sum.build();
  }

  /** Whether every solution has the same value. */
  boolean isConstant() {
    for (int i = 0; i < expression.numElements(); i++) {
      if (expression.getCoefficient(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code other} is this goal times a number, so that one settles the other. */
  boolean isProportionalTo(Goal other) {
    if (maximised != other.maximised
        || expression.numElements() != other.expression.numElements()
        || expression.numElements() == 0) {
      return false;
    }
    for (int i = 0; i < expression.numElements(); i++) {
      if (expression.getVariableIndex(i) != other.expression.getVariableIndex(i)
          || expression.getCoefficient(i) * other.expression.getCoefficient(0)
              != expression.getCoefficient(0) * other.expression.getCoefficient(i)) {
        return false;
      }
    }
    return true;
  }
}
