/**
 * The formulations: a part of the problem as a CP-SAT model, and a solution of the model as
 * placements. Start from {@link io.tangram.solver.model.PartModel}. Nothing here solves, or knows
 * in which order objectives come.
 */
@NullMarked
package io.tangram.solver.model;

import org.jspecify.annotations.NullMarked;
