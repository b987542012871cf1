package io.tangram.solver.solverfacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import io.tangram.solver.cpsat.Knapsacks;
import io.tangram.solver.cpsat.NativeLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which models CP-SAT takes, and what it does with hints. */
class ModelFactsTest {

  @BeforeAll
  static void loadNatives() {
    NativeLibrary.load();
  }

  @Test
  void refusesAModelThatMayOverflowAndSaysWhy() {
    CpModel model = new CpModel();
    IntVar x = model.newIntVar(0, Long.MAX_VALUE / 2, "x");
    IntVar y = model.newIntVar(0, Long.MAX_VALUE / 2, "y");
    model.addLessOrEqual(LinearExpr.weightedSum(new IntVar[] {x, y}, new long[] {3, 3}), 5);

    CpSolverStatus status = new CpSolver().solve(model);

    assertThat(status).isEqualTo(CpSolverStatus.MODEL_INVALID);
    assertThat(model.validate()).contains("Possible integer overflow");
  }

  @Test
  void takesACompleteFeasibleHintAsFirstSolution() {
    CpModel model = Knapsacks.model(120, 30);
    for (int i = 0; i < 120; i++) {
      model.addHint(model.getIntVarFromProtoIndex(i), 1);
    }

    CpSolver solver = firstSolutionOf(model);

    assertThat(solver.response().getSolutionList()).containsOnly(1L);
  }

  @Test
  void takesAnInfeasibleHintAsAWishOnly() {
    CpModel model = Knapsacks.model(20, 3);
    for (int i = 0; i < 20; i++) {
      model.addHint(model.getIntVarFromProtoIndex(i), 5);
    }

    CpSolver solver = firstSolutionOf(model);

    assertThat(solver.response().getSolutionList()).hasSize(20).contains(0L);
  }

  @Test
  void refusesTwoHintsForOneVariable() {
    CpModel model = Knapsacks.model(20, 3);
    model.addHint(model.getIntVarFromProtoIndex(0), 1);
    model.addHint(model.getIntVarFromProtoIndex(0), 2);

    CpSolverStatus status = new CpSolver().solve(model);

    assertThat(status).isEqualTo(CpSolverStatus.MODEL_INVALID);
  }

  private static CpSolver firstSolutionOf(CpModel model) {
    CpSolver solver = new CpSolver();
    solver.getParameters().setNumWorkers(1).setRandomSeed(1).setStopAfterFirstSolution(true);
    solver.solve(model);
    return solver;
  }
}
