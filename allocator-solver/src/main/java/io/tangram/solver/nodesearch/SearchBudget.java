package io.tangram.solver.nodesearch;

import io.tangram.api.AllocationOptions;
import io.tangram.solver.limit.Deadline;
import java.util.OptionalDouble;

/**
 * What searches may spend, all together: steps, each a look at one device, and time. Not
 * thread-safe.
 */
public final class SearchBudget {

  /** The steps of one deterministic second; on the machines of 2025 it is about a real one. */
  public static final long STEPS_PER_SECOND = 20_000_000;

  private static final int STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 1024;

  private final Deadline deadline;
  private long stepsLeft;
  private boolean over;

  /**
   * Makes a budget.
   *
   * @param deadline when the time is over
   * @param deterministicSeconds the steps there are, in deterministic seconds; unlimited where
   *     absent
   */
  public SearchBudget(Deadline deadline, OptionalDouble deterministicSeconds) {
    this.deadline = deadline;
    this.stepsLeft =
        deterministicSeconds.isPresent()
            ? (long) (deterministicSeconds.getAsDouble() * STEPS_PER_SECOND)
            : Long.MAX_VALUE;
    this.over = deadline.hasPassed();
  }

  /** Returns what the options allow until the deadline. */
  public static SearchBudget of(AllocationOptions options, Deadline deadline) {
    return new SearchBudget(
        deadline,
        options.deterministicLimit().map(OptionalDouble::of).orElse(OptionalDouble.empty()));
  }

  /** Spends a step. */
  public void step() {
    steps(1);
  }

  /** Spends some steps. */
  void steps(long steps) {
    long before = stepsLeft;
    stepsLeft -= steps;
    if (before / STEPS_BETWEEN_LOOKS_AT_THE_CLOCK != stepsLeft / STEPS_BETWEEN_LOOKS_AT_THE_CLOCK) {
      over |= deadline.hasPassed();
    }
    over |= stepsLeft < 0;
  }

  /** Whether it is used up; looks at the clock now and then only. */
  public boolean isSpent() {
    return over;
  }

  /** Whether it is used up, by the clock. */
  public boolean isOver() {
    over |= deadline.hasPassed();
    return over;
  }
}
