package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.model.Demand;
import io.tangram.solver.plan.Placement;

/**
 * The best that was found for a part.
 *
 * @param placements the admitted units
 * @param objectives what each reported objective reached, in order
 * @param left whether units of a demand that were left out could be placed alone
 */
public record PartSolution(
    ImmutableList<Placement> placements,
    ImmutableList<ObjectiveResult> objectives,
    ImmutableMap<Demand, Alone> left) {

  /** Whether a unit could be placed if it were the only one. */
  public enum Alone {
    /** It could. */
    FITS,
    /** It could not. */
    DOES_NOT_FIT,
    /** The limits ended the search before it was known. */
    UNKNOWN
  }
}
