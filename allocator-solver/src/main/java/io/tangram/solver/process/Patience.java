package io.tangram.solver.process;

import java.time.Duration;

/**
 * How long a child may take for what it usually does at once, before it is taken for hung.
 *
 * @param toStart until it is ready
 * @param toStop from the deadline or cancellation of its search to the answer
 */
record Patience(Duration toStart, Duration toStop) {

  static final Patience DEFAULT = new Patience(Duration.ofMinutes(1), Duration.ofSeconds(2));
}
