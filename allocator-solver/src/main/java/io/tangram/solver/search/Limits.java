package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.cpsat.CpParameters;
import io.tangram.solver.cpsat.ImmutableCpParameters;
import io.tangram.solver.limit.Deadline;
import java.util.OptionalDouble;

/** What is left of the limits of an allocation, wall time and deterministic time. */
public final class Limits {

  private static final double LEAST_DETERMINISTIC_SECONDS = 1e-6;

  private final AllocationOptions options;
  private final Deadline deadline;
  private double deterministicLeft;

  /** Starts with the options' limits, the wall time counted by the deadline. */
  public Limits(AllocationOptions options, Deadline deadline) {
    this.options = options;
    this.deadline = deadline;
    this.deterministicLeft = options.deterministicLimit().orElse(Double.POSITIVE_INFINITY);
  }

  /** Starts with so much deterministic time for one of many steps. */
  static Limits ofStep(AllocationOptions options, Deadline deadline, double deterministicSeconds) {
    Limits limits = new Limits(options, deadline);
    limits.deterministicLeft = Math.min(limits.deterministicLeft, deterministicSeconds);
    return limits;
  }

  /** The deadline of all work. */
  Deadline deadline() {
    return deadline;
  }

  /** Whether no more search is allowed. */
  boolean areUsedUp() {
    return deadline.hasPassed() || deterministicLeft <= 0;
  }

  /** The parameters of a solve that may use this share of what is left. */
  CpParameters parameters(double share) {
    ImmutableCpParameters parameters =
        CpParameters.builder()
            .seed(options.seed())
            .relativeGap(options.gap())
            .linearizationLevel(2)
            .build();
    return Double.isInfinite(deterministicLeft)
        ? parameters
        : parameters.withDeterministicLimit(
            OptionalDouble.of(Math.max(LEAST_DETERMINISTIC_SECONDS, deterministicLeft * share)));
  }

  /** Counts what a solve used. */
  void charge(CpOutcome outcome) {
    deterministicLeft -= outcome.deterministicTime();
  }
}
