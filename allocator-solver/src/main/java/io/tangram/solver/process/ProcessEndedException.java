package io.tangram.solver.process;

import com.google.ortools.sat.CpSolverResponse;
import java.util.Optional;

/** A child ended before it had answered. */
final class ProcessEndedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Optional<CpSolverResponse> incumbent;

  /**
   * Makes an exception.
   *
   * @param message how it ended, and what it said
   * @param incumbent the best solution it had sent
   */
  ProcessEndedException(String message, Optional<CpSolverResponse> incumbent) {
    super(message);
    this.incumbent = incumbent;
  }

  /** The best solution that the child had sent. */
  Optional<CpSolverResponse> incumbent() {
    return incumbent;
  }
}
