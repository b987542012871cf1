package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.plan.Placement;

/**
 * The best that was found for a problem.
 *
 * @param placements the admitted units
 * @param objectives what each objective reached: admission by tier, highest first, then the others
 *     in order
 * @param undecided the units of tiers whose admission is not proven: more of them may fit
 */
public record PlanSolution(
    ImmutableList<Placement> placements,
    ImmutableList<ObjectiveResult> objectives,
    ImmutableSet<Unit> undecided) {}
