package io.tangram.solver.limit;

import io.tangram.api.AllocationOptions;
import io.tangram.api.Cancellation;
import io.tangram.api.DeadlineExceededException;
import java.time.Duration;

/**
 * When a piece of work has to end: at the end of its time, or earlier if its owner cancels it.
 * Immutable and thread-safe.
 */
public final class Deadline {

  /** About 146 years: long enough to be no limit, short enough to add to a clock. */
  private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

  private final long endNanos;
  private final Cancellation cancellation;

  private Deadline(long endNanos, Cancellation cancellation) {
    this.endNanos = endNanos;
    this.cancellation = cancellation;
  }

  /** Returns the deadline of an allocation that starts now. */
  public static Deadline startingNow(AllocationOptions options) {
    return after(options.timeLimit(), options.cancellation());
  }

  /**
   * Returns a deadline this far from now.
   *
   * @param time how long the work may take; nothing is left of it where zero or negative
   * @param cancellation ends the work early
   */
  public static Deadline after(Duration time, Cancellation cancellation) {
    return new Deadline(System.nanoTime() + nanos(time), cancellation);
  }

  /** Returns a deadline that never comes. */
  public static Deadline never() {
    return new Deadline(System.nanoTime() + FOREVER_NANOS, Cancellation.never());
  }

  private static long nanos(Duration time) {
    boolean forever = time.toSeconds() >= FOREVER_NANOS / 1_000_000_000;
    return forever ? FOREVER_NANOS : time.toNanos();
  }

  /** Returns whether the work has to end now. */
  public boolean hasPassed() {
    return nanosLeft() <= 0 || cancellation.isCancelled();
  }

  /**
   * Lets work go on that has nothing to return before it is done.
   *
   * @throws DeadlineExceededException if the work has to end now
   */
  public void requireTime() {
    if (cancellation.isCancelled()) {
      throw new DeadlineExceededException(
          "The allocation was cancelled before the problem was compiled; there is no plan.");
    }
    if (nanosLeft() <= 0) {
      throw new DeadlineExceededException(
          "The time limit passed before the problem was compiled; allow more time.");
    }
  }

  /** Returns the time that is left, zero where none is or the work is cancelled. */
  public Duration remaining() {
    return Duration.ofNanos(cancellation.isCancelled() ? 0 : Math.max(0, nanosLeft()));
  }

  /**
   * Returns a deadline for a part of the work, with the same cancellation.
   *
   * @param share the part of the remaining time, in (0, 1]
   * @throws IllegalArgumentException if the share is not in (0, 1]
   */
  public Deadline share(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "A part of the remaining time of " + share + " was asked for; it must be in (0, 1].");
    }
    return share == 1
        ? this
        : new Deadline(System.nanoTime() + (long) (nanosLeft() * share), cancellation);
  }

  /**
   * Returns a deadline that leaves time for what comes after the work, at most half of what is
   * left.
   *
   * @param reserve the time that has to be left over
   */
  public Deadline leaving(Duration reserve) {
    long least = System.nanoTime() + nanosLeft() / 2;
    return new Deadline(Math.max(least, endNanos - nanos(reserve)), cancellation);
  }

  /** Returns the same end of time with another switch. */
  public Deadline cancelledBy(Cancellation other) {
    return new Deadline(endNanos, other);
  }

  /** The switch that ends the work early. */
  public Cancellation cancellation() {
    return cancellation;
  }

  private long nanosLeft() {
    return endNanos - System.nanoTime();
  }
}
