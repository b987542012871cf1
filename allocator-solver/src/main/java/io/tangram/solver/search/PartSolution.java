package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.plan.Placement;

/**
 * The best that was found for a part.
 *
 * @param placements the admitted units
 * @param objectives what each reported objective reached, in order
 */
public record PartSolution(
    ImmutableList<Placement> placements, ImmutableList<ObjectiveResult> objectives) {}
