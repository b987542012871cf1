package io.tangram.solver.solverfacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import io.tangram.solver.cpsat.NativeLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What OR-Tools does with the native library and the protobuf runtime of this build. */
class NativeLibraryTest {

  @BeforeAll
  static void loadNatives() {
    NativeLibrary.load();
  }

  @Test
  void solvesAKnapsackToProvenOptimum() {
    CpModel model = new CpModel();
    IntVar three = model.newIntVar(0, 2, "three");
    IntVar four = model.newIntVar(0, 2, "four");
    LinearExpr slices = LinearExpr.weightedSum(new IntVar[] {three, four}, new long[] {3, 4});
    model.addLessOrEqual(slices, 7);
    model.maximize(slices);

    CpSolver solver = new CpSolver();
    solver.getParameters().setNumWorkers(1).setRandomSeed(1);
    CpSolverStatus status = solver.solve(model);

    assertThat(status).isEqualTo(CpSolverStatus.OPTIMAL);
    assertThat(solver.value(three)).isEqualTo(1);
    assertThat(solver.value(four)).isEqualTo(1);
  }
}
