package io.tangram.solver.process;

import com.google.common.primitives.Longs;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.CpSolverStatus;
import io.tangram.solver.cpsat.CpIncumbent;
import java.util.OptionalLong;

/**
 * An incumbent in the form in which it travels: the answer that OR-Tools would give if the search
 * ended with it.
 *
 * @param rated whether the model has an objective
 * @param response the answer
 */
record SentIncumbent(boolean rated, CpSolverResponse response) implements CpIncumbent {

  /** Returns what to send of an incumbent. */
  static CpSolverResponse responseOf(CpIncumbent incumbent) {
    return CpSolverResponse.newBuilder()
        .setStatus(CpSolverStatus.FEASIBLE)
        .setObjectiveValue((double) incumbent.objective())
        .setBestObjectiveBound((double) incumbent.bound().orElse(0))
        .addAllSolution(Longs.asList(incumbent.values()))
        .build();
  }

  @Override
  public long objective() {
    return Math.round(response.getObjectiveValue());
  }

  @Override
  public OptionalLong bound() {
    return rated
        ? OptionalLong.of(Math.round(response.getBestObjectiveBound()))
        : OptionalLong.empty();
  }

  @Override
  public long[] values() {
    return Longs.toArray(response.getSolutionList());
  }
}
