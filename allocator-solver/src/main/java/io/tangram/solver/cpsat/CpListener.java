package io.tangram.solver.cpsat;

import java.util.OptionalLong;

/**
 * Hears how a solve goes on. Called on the solver's threads, one call at a time; it should return
 * quickly. What it throws ends the search and reaches the caller of {@link CpEngine#solve}.
 */
@FunctionalInterface
public interface CpListener {

  /** Hears nothing. */
  CpListener NONE = (objective, bound) -> {};

  /**
   * Called when a better solution is known.
   *
   * @param objective its objective value, 0 without an objective
   * @param bound the best bound so far, absent without an objective
   */
  void improved(long objective, OptionalLong bound);
}
