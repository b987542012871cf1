package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.solver.cpsat.CpEngine;
import io.tangram.solver.cpsat.CpListener;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import io.tangram.solver.cpsat.CpParameters;
import io.tangram.solver.cpsat.ImmutableCpParameters;
import io.tangram.solver.limit.Deadline;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Solves within what is left of the limits of an allocation, wall time and deterministic time.
 * Steps may be taken side by side: what each uses is charged to the whole.
 */
final class Limits {

  private static final double LEAST_DETERMINISTIC_SECONDS = 1e-6;

  private final CpEngine engine;
  private final AllocationOptions options;
  private final Deadline deadline;
  private final Optional<Limits> whole;
  private double deterministicLeft;

  /** Starts with the options' limits, the wall time counted by the deadline. */
  Limits(CpEngine engine, AllocationOptions options, Deadline deadline) {
    this(
        engine,
        options,
        deadline,
        Optional.empty(),
        options.deterministicLimit().orElse(Double.POSITIVE_INFINITY));
  }

  private Limits(
      CpEngine engine,
      AllocationOptions options,
      Deadline deadline,
      Optional<Limits> whole,
      double deterministicLeft) {
    this.engine = engine;
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
  synchronized Limits step(double share, double deterministicSeconds) {
    return new Limits(
        engine,
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
  synchronized boolean areUsedUp() {
    return deadline.hasPassed() || deterministicLeft <= 0;
  }

  /** The parameters of a solve that may use this share of what is left. */
  synchronized CpParameters parameters(double share) {
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

  /** Solves a model with a share of what is left. */
  CpOutcome solve(CpModelBuilder model, double share, CpListener listener) {
    return solve(model, parameters(share), share, listener);
  }

  /**
   * Solves a model with a share of the wall time that is left.
   *
   * @param parameters with a share of the deterministic time
   */
  CpOutcome solve(
      CpModelBuilder model, CpParameters parameters, double share, CpListener listener) {
    CpOutcome outcome = engine.solve(model.build(), parameters, deadline.share(share), listener);
    charge(outcome);
    return outcome;
  }

  /** Counts what a solve used. */
  private synchronized void charge(CpOutcome outcome) {
    deterministicLeft -= outcome.deterministicTime();
    whole.ifPresent(limits -> limits.charge(outcome));
  }
}
