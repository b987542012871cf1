/**
 * Allocators that take one unit after the other and never go back. Start from {@link
 * io.tangram.solver.greedy.FirstFitAllocator}. How devices are found on a node is in {@code
 * io.tangram.solver.nodesearch}.
 */
@NullMarked
package io.tangram.solver.greedy;

import org.jspecify.annotations.NullMarked;
