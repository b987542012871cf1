package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.cpsat.CpModelBuilder;
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
 * @param scale the factor by which the objective that users see is in the expression; what is below
 *     it breaks ties
 */
record Goal(
    String name, int tier, LinearExpr expression, boolean maximised, boolean reported, long scale) {

  /**
   * The goals of the options that the model can say, in order; for in-order admission only those
   * after it.
   */
  static List<Goal> of(AllocationOptions options, PartModel model) {
    List<Goal> goals = new ArrayList<>();
    if (options.admission() != Admission.IN_ORDER) {
      for (int tier : model.demands().tiers()) {
        goals.addAll(admission(options.admission(), model, tier));
      }
    }
    for (Objective objective : options.objectives()) {
      boolean maximised = !objective.isMinimised();
      model
          .objective(objective)
          .map(expression -> new Goal(objective.label(), 0, expression, maximised, true, 1))
          .ifPresent(goals::add);
    }
    return goals;
  }

  /** Most claims or shares, ties broken by claims, then by units. */
  private static ImmutableList<Goal> admission(Admission admission, PartModel model, int tier) {
    Goal claims = claimsThenUnits(model, tier, admission != Admission.MOST_DEVICE_SHARE);
    return admission == Admission.MOST_DEVICE_SHARE
        ? ImmutableList.of(admission(tier, model.share(tier), true, 1), claims)
        : ImmutableList.of(claims);
  }

  private static Goal claimsThenUnits(PartModel model, int tier, boolean reported) {
    LinearExpr claims = model.claims(tier);
    LinearExprBuilder units = LinearExpr.newBuilder();
    long most = 0;
    for (Demand demand : model.demands().units()) {
      if (demand.priority() == tier) {
        units.add(model.admitted(demand));
        most += demand.size();
      }
    }
    Goal simple = admission(tier, claims, reported, 1);
    if (admission(tier, units.build(), false, 1).isProportionalTo(simple)) {
      return simple;
    }
    long scale = most + 1;
    LinearExprBuilder both = LinearExpr.newBuilder();
    both.addTerm(claims, scale);
    both.add(units);
    return admission(tier, both.build(), reported, scale);
  }

  private static Goal admission(int tier, LinearExpr expression, boolean reported, long scale) {
    return new Goal(ObjectiveResult.ADMISSION, tier, expression, true, reported, scale);
  }

  /** Whether this is what {@code other} is, perhaps over another model. */
  boolean isSameAs(Goal other) {
    return name.equals(other.name)
        && tier == other.tier
        && reported == other.reported
        && scale == other.scale;
  }

  /** Makes this the objective of a model. */
  void optimiseIn(CpModelBuilder model) {
    if (maximised) {
      model.maximize(expression);
    } else {
      model.minimize(expression);
    }
  }

  /** Requires of a model that this stays as good as a value. */
  void holdIn(CpModelBuilder model, long value) {
    if (maximised) {
      model.addGreaterOrEqual(expression, value);
    } else {
      model.addLessOrEqual(expression, value);
    }
  }

  /** Whether a value is worse than another. */
  boolean isWorse(long value, long than) {
    return maximised ? value < than : value > than;
  }

  /** What users see of a value of the expression, or of a bound on it. */
  long shown(long value) {
    return Math.floorDiv(value, scale);
  }

  /** The least value of the expression of which users see this. */
  long unseen(long shown) {
    return shown * scale;
  }

  /** Whether a result is what users see of this. */
  boolean isFor(ObjectiveResult result) {
    return reported && name.equals(result.name()) && tier == result.tier();
  }

  /** The best that the domains of the variables allow. */
  long bestByDomains(CpModelBuilder model) {
    long best = expression.getOffset();
    for (int i = 0; i < expression.numElements(); i++) {
      long coefficient = expression.getCoefficient(i);
      int variable = expression.getVariableIndex(i);
      boolean high = coefficient > 0 == maximised;
      best += coefficient * (high ? model.max(variable) : model.min(variable));
    }
    return best;
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
