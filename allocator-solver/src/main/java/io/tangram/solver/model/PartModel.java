package io.tangram.solver.model;

import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import io.tangram.api.plan.Objective;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.plan.Placement;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A part of the problem as a CP-SAT model without an objective: its solutions are the legal plans.
 * The caller adds objectives and bounds one after the other. Not thread-safe.
 */
public interface PartModel {

  /** The name of the formulation, as reported in a plan's statistics. */
  String strategy();

  /** The model. */
  CpModelBuilder model();

  /** What is to be admitted. */
  Demands demands();

  /** How many units of a demand are admitted. */
  IntVar admitted(Demand demand);

  /** How many claims count in a tier. */
  LinearExpr claims(int priority);

  /** The sum of the shares given to claims that count in a tier, in millionths. */
  LinearExpr share(int priority);

  /**
   * What an objective measures. The value of a solution is at most as good as what its placements
   * are worth, and equals that where it is optimal.
   *
   * @return the expression; absent if the formulation can't say it
   */
  Optional<LinearExpr> objective(Objective objective);

  /**
   * The sum of weights over the units placed on a node.
   *
   * @param node a node that the model tells from all others
   * @param weight of each unit of a demand
   */
  LinearExpr on(int node, ToLongFunction<Demand> weight);

  /** Makes these placements the hint of the model, in place of any other, as far as it can. */
  void hint(List<Placement> placements);

  /** Reads a solution of the model: the placements of the units it admits. */
  List<Placement> placements(CpOutcome solution);

  /**
   * How many units of the last solution that was read are not among its placements, since the model
   * is a relaxation and they could not be placed. The placements are worth what the solution says
   * if there are none.
   */
  default long unplaced() {
    return 0;
  }

  /** Excludes the last solution that was read, and others like it that could not be placed. */
  default void excludeUnplaced() {}
}
