/**
 * From models to the best placements: objectives one after the other, within limits. Start from
 * {@link io.tangram.solver.search.Planner}, which has a model for each part of the problem, and
 * {@link io.tangram.solver.search.PlanSearch}, which searches them. Nothing here adds a variable:
 * what plans are legal, and what they are worth, is in {@link io.tangram.solver.model}.
 */
@NullMarked
package io.tangram.solver.search;

import org.jspecify.annotations.NullMarked;
