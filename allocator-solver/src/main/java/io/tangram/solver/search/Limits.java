package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.cpsat.CpParameters;
import io.tangram.solver.cpsat.ImmutableCpParameters;
import io.tangram.solver.limit.Deadline;
import java.util.Optional;
import java.util.OptionalDouble;

/** What is left of the limits of an allocation, wall time and deterministic time. */
public final class Limits {

  private static final double LEAST_DETERMINISTIC_SECONDS = 1e-6;

  private final AllocationOptions options;
  private final Deadline deadline;
  private final Optional<Limits> whole;
  private double deterministicLeft;

  /** Starts with the options' limits, the wall time counted by the deadline. */
  public Limits(AllocationOptions options, Deadline deadline) {
    this(
        options,
        deadline,
        Optional.empty(),
        options.deterministicLimit().orElse(Double.POSITIVE_INFINITY));
  }

  private Limits(
      AllocationOptions options,
      Deadline deadline,
      Optional<Limits> whole,
      double deterministicLeft) {
    this.options = options;
    this.deadline = deadline;
    this.whole = whole;
    this.deterministicLeft = deterministicLeft;
  }

  /**
   * Returns limits of a step, which are charged to these as well.
   *
   * @param share the share of the wall time that is left
   * @param deterministicSeconds the deterministic time, if so much is left
   */
  Limits step(double share, double deterministicSeconds) {
    return new Limits(
        options,
        deadline.share(share),
        Optional.of(this),
        Math.min(deterministicLeft, deterministicSeconds));
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
    whole.ifPresent(limits -> limits.charge(outcome));
  }
}
