package io.tangram.solver.reference;

import com.google.common.collect.ImmutableList;
import io.tangram.api.plan.Reason;
import io.tangram.solver.result.Choice;

/** What one call of the reference's allocator for one node came to (section 12.3 of the rules). */
sealed interface CallOutcome {

  /**
   * The first solution.
   *
   * @param claims for each claim the choice for each of its requests
   * @param score the score of the node (R80)
   */
  record Found(ImmutableList<ImmutableList<Choice>> claims, int score) implements CallOutcome {}

  /** There is no solution on this node; others may do. */
  record None() implements CallOutcome {}

  /**
   * An error that ends the attempt on all nodes.
   *
   * @param claim the number of the claim that is to blame
   * @param reason why
   */
  record Fatal(int claim, Reason reason) implements CallOutcome {}

  /** The deadline came first, or the steps were used up. */
  record Interrupted() implements CallOutcome {}
}
