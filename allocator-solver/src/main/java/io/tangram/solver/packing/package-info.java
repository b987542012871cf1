/**
 * Heuristics that pack items of several sizes and dimensions into bins. Start from {@link
 * io.tangram.solver.packing.SharePacking}: its bins are shared devices, its items the shares, and
 * capacities are the dimensions; of {@link io.tangram.solver.packing.LoadExchange} bins are nodes
 * and items are units. Knows nothing of either: devices, nodes and claims must never come in.
 */
@NullMarked
package io.tangram.solver.packing;

import org.jspecify.annotations.NullMarked;
