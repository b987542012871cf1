package io.tangram.solver.cpsat;

import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.CpSolverStatus;
import io.tangram.api.AllocatorException;
import io.tangram.solver.limit.Deadline;
import java.util.OptionalLong;

/**
 * Solves CP-SAT models, in this process or where else a {@link CpHost} searches.
 *
 * <p>What it and its host add to OR-Tools: the library is loaded when it is first needed; an
 * exception of a listener ends the search and reaches the caller instead of killing the process; a
 * deadline and a cancellation are kept, also when they come before the search has begun; a model
 * that is too large or invalid is an exception with the reason; memory is watched; an answer within
 * a gap is not called optimal; a bound that OR-Tools left unset is absent, not 0.
 *
 * <p>Immutable and thread-safe.
 */
public final class CpEngine {

  private final CpHost host;

  /**
   * Makes an engine.
   *
   * @param host where the searches run
   */
  public CpEngine(CpHost host) {
    this.host = host;
  }

  /**
   * Solves a model.
   *
   * @param model the model, with an integer objective or none
   * @param parameters how to search
   * @param deadline when to end; a deadline that has passed gives UNKNOWN without a search
   * @param listener hears of better solutions and bounds
   * @return what the solve came to
   * @throws IllegalArgumentException if the model's objective has fractional coefficients
   * @throws AllocatorException if the model is larger than the parameters allow or OR-Tools refuses
   *     it, or if the host can't search
   */
  public CpOutcome solve(
      CpModelProto model, CpParameters parameters, Deadline deadline, CpListener listener) {
    checkShape(model, parameters);
    CpSolverResponse response =
        deadline.hasPassed()
            ? CpSolverResponse.getDefaultInstance()
            : host.search(model, parameters.toProto(), deadline, listener);
    if (response.getStatus() == CpSolverStatus.MODEL_INVALID) {
      throw refused(model, parameters, response);
    }
    return outcome(model, response);
  }

  private static void checkShape(CpModelProto model, CpParameters parameters) {
    if (model.hasFloatingPointObjective()) {
      throw new IllegalArgumentException(
          "The model's objective has fractional coefficients; scale them to integers.");
    }
    long mebibytes = model.getSerializedSize() / (1 << 20);
    if (mebibytes >= parameters.modelMebibytes()) {
      throw new AllocatorException(
          "The model "
              + describe(model)
              + " has "
              + mebibytes
              + " MiB; less than "
              + parameters.modelMebibytes()
              + " MiB are allowed. Split the problem, or raise modelMebibytes.");
    }
  }

  private static CpOutcome outcome(CpModelProto model, CpSolverResponse response) {
    OptionalLong bound = model.hasObjective() ? boundOf(response) : OptionalLong.empty();
    return switch (response.getStatus()) {
      case OPTIMAL -> {
        // OR-Tools says OPTIMAL also when the gap ended the search.
        boolean proven =
            !model.hasObjective()
                || response.getObjectiveValue() == response.getBestObjectiveBound();
        yield new CpOutcome(
            proven ? CpOutcome.Status.OPTIMAL : CpOutcome.Status.FEASIBLE, response, bound);
      }
      case FEASIBLE -> new CpOutcome(CpOutcome.Status.FEASIBLE, response, bound);
      case INFEASIBLE -> new CpOutcome(CpOutcome.Status.INFEASIBLE, response, OptionalLong.empty());
      default -> new CpOutcome(CpOutcome.Status.UNKNOWN, response, bound);
    };
  }

  /** The bound; a search that ended before it had one leaves 0 in all places. */
  private static OptionalLong boundOf(CpSolverResponse response) {
    boolean unset =
        response.getSolutionCount() == 0
            && response.getBestObjectiveBound() == 0
            && response.getInnerObjectiveLowerBound() == 0;
    return unset
        ? OptionalLong.empty()
        : OptionalLong.of(Math.round(response.getBestObjectiveBound()));
  }

  private static AllocatorException refused(
      CpModelProto model, CpParameters parameters, CpSolverResponse response) {
    return new AllocatorException(
        "OR-Tools refuses the model "
            + describe(model)
            + ": "
            + response.getSolutionInfo()
            + " It was built with "
            + parameters
            + "; the same problem and options build it again.");
  }

  private static String describe(CpModelProto model) {
    String name = model.getName().isEmpty() ? "without a name" : "\"" + model.getName() + "\"";
    return name
        + " of "
        + model.getVariablesCount()
        + " variables and "
        + model.getConstraintsCount()
        + " constraints";
  }
}
