/**
 * When work has to end. Start from {@link io.tangram.solver.limit.Deadline}. Nothing here knows
 * what the work is.
 */
@NullMarked
package io.tangram.solver.limit;

import org.jspecify.annotations.NullMarked;
