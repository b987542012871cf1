package io.tangram.solver.nodesearch;

/** What looking ahead may cost at one point of a search. Not thread-safe. */
final class Effort {

  private final SearchBudget budget;
  private long left;

  /**
   * Makes an effort.
   *
   * @param budget what the search as a whole may spend; looking ahead spends it too
   * @param most how many combinations to look at, at most
   */
  Effort(SearchBudget budget, long most) {
    this.budget = budget;
    this.left = most;
  }

  /** Spends some; returns whether there is some left. */
  boolean spend(long combinations) {
    left -= combinations;
    budget.steps(combinations);
    return !isSpent();
  }

  /** Whether nothing is left, so that no conclusion may be drawn. */
  boolean isSpent() {
    return left < 0 || budget.isSpent();
  }
}
