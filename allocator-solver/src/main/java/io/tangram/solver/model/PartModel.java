package io.tangram.solver.model;

import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.plan.Placement;
import java.util.List;

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

  /** The sum of the scores of chosen alternatives (R80). */
  LinearExpr preference();

  /** The sum of the sizes of the devices given, in millionths. */
  LinearExpr size();

  /** Makes these placements the hint of the model, in place of any other, as far as it can. */
  void hint(List<Placement> placements);

  /** Reads a solution of the model: the placements of the units it admits. */
  List<Placement> placements(CpOutcome solution);
}
