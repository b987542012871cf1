package io.tangram.solver.cpsat;

/**
 * Hears how a solve goes on. Called on the solver's threads, one call at a time; it should return
 * quickly. What it throws ends the search and reaches the caller of {@link CpEngine#solve}.
 */
@FunctionalInterface
public interface CpListener {

  /** Hears nothing. */
  CpListener NONE = incumbent -> {};

  /** Called when a better solution is known. */
  void improved(CpIncumbent incumbent);
}
