/**
 * From a model to the best placements: objectives one after the other, within limits. Start from
 * {@link io.tangram.solver.search.PartSearch}.
 */
@NullMarked
package io.tangram.solver.search;

import org.jspecify.annotations.NullMarked;
