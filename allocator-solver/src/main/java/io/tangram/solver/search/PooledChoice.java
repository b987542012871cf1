package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which units would be admitted if all nodes were one: the best for admission, and among these the
 * ones that take least, so that there is as much room as can be to place them on the nodes there
 * are.
 */
final class PooledChoice {

  private static final double SHARE_OF_GOAL = 0.5;
  private static final double SECONDS_OF_LIGHTEST = 0.2;

  /** How much a unit counts that takes a millionth of all that the nodes have of something. */
  private static final double SCALE = 1e6;

  private final PartModel pool;
  private final List<Goal> goals;
  private final List<Long> reached = new ArrayList<>();
  private final ImmutableList<Unit> units;

  private PooledChoice(PartModel pool, List<Goal> goals, List<Long> reached, List<Unit> units) {
    this.pool = pool;
    this.goals = goals;
    this.reached.addAll(reached);
    this.units = ImmutableList.copyOf(units);
  }

  /**
   * Chooses.
   *
   * @param pool the part with its nodes taken as one; it is left as it is but for its hint
   */
  static Optional<PooledChoice> of(
      AllocationOptions options, PartModel pool, NodeLoads loads, Limits limits) {
    List<Goal> goals = Goal.of(options, pool);
    CpModelBuilder cp = pool.model().copy();
    CpOutcome best = null;
    List<Long> reached = new ArrayList<>();
    for (Goal goal : goals) {
      if (goal.isConstant()) {
        reached.add(goal.expression().getOffset());
        continue;
      }
      goal.optimiseIn(cp);
      if (best != null) {
        best.hint(cp);
      }
      CpOutcome outcome = limits.solve(cp, SHARE_OF_GOAL, CpListener.NONE);
      if (!outcome.hasSolution()) {
        return Optional.empty();
      }
      best = outcome;
      long value = outcome.value(goal.expression());
      reached.add(value);
      goal.holdIn(cp, value);
    }
    if (best == null) {
      return Optional.empty();
    }
    best.hint(cp);
    cp.minimize(weight(pool, loads));
    CpOutcome lightest = limits.step(1, SECONDS_OF_LIGHTEST).solve(cp, 1, CpListener.NONE);
    return Optional.of(
        new PooledChoice(
            pool, goals, reached, units(pool, lightest.hasSolution() ? lightest : best)));
  }

  private static LinearExpr weight(PartModel pool, NodeLoads loads) {
    double[] all = loads.ofAll();
    LinearExprBuilder weight = LinearExpr.newBuilder();
    for (Demand demand : pool.demands().all()) {
      double each = 0;
      for (int i = 0; i < all.length; i++) {
        each += all[i] > 0 ? SCALE * loads.of(demand.type()).get(i) / all[i] : 0;
      }
      weight.addTerm(pool.admitted(demand), Math.round(each));
    }
    return weight.build();
  }

  private static List<Unit> units(PartModel pool, CpOutcome outcome) {
    List<Unit> units = new ArrayList<>();
    for (Demand demand : pool.demands().units()) {
      units.addAll(
          demand.units().subList(0, Math.toIntExact(outcome.value(pool.admitted(demand)))));
    }
    units.sort(Comparator.comparingInt(Unit::order));
    return units;
  }

  /** The units, in the order of the queue. */
  ImmutableList<Unit> units() {
    return units;
  }

  /** Whether these are as good for admission. */
  boolean isReachedBy(List<Placement> placements) {
    pool.hint(placements);
    Optional<CpOutcome> known = pool.model().hintedSolution();
    for (int i = 0; i < goals.size(); i++) {
      Goal goal = goals.get(i);
      if (goal.name().equals(ObjectiveResult.ADMISSION)
          && (known.isEmpty()
              || goal.isWorse(known.get().value(goal.expression()), reached.get(i)))) {
        return false;
      }
    }
    return true;
  }
}
