package io.tangram.solver.solverfacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.Literal;
import com.google.ortools.sat.SatParameters;
import com.google.ortools.sat.SolveWrapper;
import io.tangram.solver.cpsat.Knapsacks;
import io.tangram.solver.cpsat.NativeLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How CP-SAT's search keeps limits, and what its answers mean. */
class SearchFactsTest {

  private static final SatParameters ONE_WORKER =
      SatParameters.newBuilder().setNumWorkers(1).setRandomSeed(1).build();

  @BeforeAll
  static void loadNatives() {
    NativeLibrary.load();
  }

  @Test
  void forgetsAStopOfASolverThatHasNotStarted() {
    CpSolver solver = new CpSolver();
    solver.getParameters().mergeFrom(ONE_WORKER);

    solver.stopSearch();
    CpSolverStatus status = solver.solve(Knapsacks.model(20, 3));

    assertThat(status).isEqualTo(CpSolverStatus.OPTIMAL);
  }

  @Test
  void keepsAStopOfAWrapperThatHasNotStarted() {
    SolveWrapper wrapper = new SolveWrapper();
    wrapper.setParameters(ONE_WORKER);

    wrapper.stopSearch();
    CpSolverResponse response = wrapper.solve(Knapsacks.model(20, 3).model());

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.UNKNOWN);
  }

  @Test
  void repeatsItselfWithOneWorkerASeedAndADeterministicLimit() {
    SatParameters limited = ONE_WORKER.toBuilder().setMaxDeterministicTime(0.05).build();

    CpSolverResponse first = solve(Knapsacks.model(120, 30), limited);
    CpSolverResponse second = solve(Knapsacks.model(120, 30), limited);

    assertThat(first.getStatus()).isEqualTo(CpSolverStatus.FEASIBLE);
    assertThat(second.getSolutionList()).isEqualTo(first.getSolutionList());
    assertThat(second.getBestObjectiveBound()).isEqualTo(first.getBestObjectiveBound());
    assertThat(second.getDeterministicTime()).isEqualTo(first.getDeterministicTime());
  }

  @Test
  void callsAnAnswerWithinTheGapOptimal() {
    SatParameters loose = ONE_WORKER.toBuilder().setRelativeGapLimit(0.5).build();

    CpSolverResponse response = solve(Knapsacks.model(60, 10), loose);

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.OPTIMAL);
    assertThat(response.getBestObjectiveBound()).isGreaterThan(response.getObjectiveValue());
  }

  @Test
  void saysBoundZeroWhereItKnowsNone() {
    SatParameters noTime = ONE_WORKER.toBuilder().setMaxTimeInSeconds(0).build();

    CpSolverResponse response = solve(Knapsacks.model(60, 10), noTime);

    assertThat(response.getStatus()).isEqualTo(CpSolverStatus.UNKNOWN);
    assertThat(response.getBestObjectiveBound()).isZero();
  }

  @Test
  void refusesToReadValuesWhereThereAreNone() {
    CpModel model = new CpModel();
    IntVar variable = model.newIntVar(0, 1, "x");
    model.addGreaterOrEqual(variable, 2);
    model.maximize(variable);
    CpSolver solver = new CpSolver();

    CpSolverStatus status = solver.solve(model);

    assertThat(status).isEqualTo(CpSolverStatus.INFEASIBLE);
    assertThat(solver.objectiveValue()).isZero();
    assertThatThrownBy(() -> solver.value(variable)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void doesNotKeepItsLimitOnMemory() {
    SatParameters oneMebibyte =
        ONE_WORKER.toBuilder()
            .setMaxMemoryInMb(1)
            .setCpModelPresolve(false)
            .setLinearizationLevel(0)
            .setSymmetryLevel(0)
            .setMaxDeterministicTime(0.5)
            .build();

    CpSolverResponse response = solve(pigeons(12), oneMebibyte);

    assertThat(response.getDeterministicTime()).isGreaterThanOrEqualTo(0.5);
  }

  /** One pigeon more than holes. */
  private static CpModel pigeons(int holes) {
    CpModel model = new CpModel();
    Literal[][] in = new Literal[holes + 1][holes];
    for (int pigeon = 0; pigeon <= holes; pigeon++) {
      for (int hole = 0; hole < holes; hole++) {
        in[pigeon][hole] = model.newBoolVar("in[" + pigeon + "," + hole + "]");
        for (int other = 0; other < pigeon; other++) {
          model.addBoolOr(new Literal[] {in[pigeon][hole].not(), in[other][hole].not()});
        }
      }
      model.addBoolOr(in[pigeon]);
    }
    return model;
  }

  private static CpSolverResponse solve(CpModel model, SatParameters parameters) {
    SolveWrapper wrapper = new SolveWrapper();
    wrapper.setParameters(parameters);
    return wrapper.solve(model.model());
  }
}
