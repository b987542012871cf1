package io.tangram.solver.cpsat;

import com.google.common.primitives.Longs;
import com.google.ortools.sat.CpSolverResponse;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.Literal;
import java.util.OptionalLong;

/** What a solve came to. Immutable. */
public final class CpOutcome {

  /** How a solve ended. */
  public enum Status {
    /** The solution is proven to be the best, or there was no objective. */
    OPTIMAL,
    /** There is a solution; the gap or a limit ended the search before it was proven the best. */
    FEASIBLE,
    /** There is no solution. */
    INFEASIBLE,
    /** A limit ended the search before there was a solution. */
    UNKNOWN
  }

  private final Status status;
  private final CpSolverResponse response;
  private final long[] values;
  private final OptionalLong bound;

  CpOutcome(Status status, CpSolverResponse response, OptionalLong bound) {
    this.status = status;
    this.response = response;
    this.values = response.getSolutionList().stream().mapToLong(Long::longValue).toArray();
    this.bound = bound;
  }

  /** Returns a solution that is known without a solve. */
  static CpOutcome known(long[] values) {
    return new CpOutcome(
        Status.FEASIBLE,
        CpSolverResponse.newBuilder().addAllSolution(Longs.asList(values)).build(),
        OptionalLong.empty());
  }

  /** How the solve ended. */
  public Status status() {
    return status;
  }

  /** Whether there is a solution to read. */
  public boolean hasSolution() {
    return status == Status.OPTIMAL || status == Status.FEASIBLE;
  }

  /**
   * The solution's objective value, 0 without an objective.
   *
   * @throws IllegalStateException if there is no solution
   */
  public long objective() {
    requireSolution();
    return Math.round(response.getObjectiveValue());
  }

  /**
   * No solution has a better objective value; absent if nothing is known, there is no objective, or
   * no solution.
   */
  public OptionalLong bound() {
    return bound;
  }

  /**
   * Returns the value of a variable or expression.
   *
   * @throws IllegalStateException if there is no solution
   */
  public long value(LinearArgument argument) {
    requireSolution();
    LinearExpr expression = argument.build();
    long value = expression.getOffset();
    for (int i = 0; i < expression.numElements(); i++) {
      value += expression.getCoefficient(i) * values[expression.getVariableIndex(i)];
    }
    return value;
  }

  /**
   * Returns whether a literal is true.
   *
   * @throws IllegalStateException if there is no solution
   */
  public boolean isTrue(Literal literal) {
    requireSolution();
    int index = literal.getIndex();
    return index >= 0 ? values[index] != 0 : values[-index - 1] == 0;
  }

  /**
   * Makes this solution the hint of a model, in place of any other. The model may have more
   * variables than the one that was solved; the first ones must be the same.
   *
   * @throws IllegalStateException if there is no solution
   */
  public void hint(CpModelBuilder model) {
    requireSolution();
    model.hint(values);
  }

  /** Work done, in the solver's deterministic seconds. */
  public double deterministicTime() {
    return response.getDeterministicTime();
  }

  private void requireSolution() {
    if (!hasSolution()) {
      throw new IllegalStateException(
          "The solve ended " + status + " and has no solution; ask hasSolution() first.");
    }
  }

  /** Returns status, objective and bound. */
  @Override
  public String toString() {
    return status
        + (hasSolution() ? " objective " + objective() : "")
        + (bound.isPresent() ? " bound " + bound.getAsLong() : "");
  }
}
