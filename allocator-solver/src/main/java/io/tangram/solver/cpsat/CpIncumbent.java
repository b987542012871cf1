package io.tangram.solver.cpsat;

import java.util.OptionalLong;

/** A solution, at the moment when the search finds it. */
public interface CpIncumbent {

  /** Its objective value, 0 without an objective. */
  long objective();

  /** The best bound so far, absent without an objective. */
  OptionalLong bound();

  /**
   * Returns the values of the model's variables, in their order; read anew by each call.
   *
   * @throws IllegalStateException if the listener's call that brought the incumbent is over
   */
  long[] values();
}
