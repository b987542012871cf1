/**
 * Packing of items of several sizes into many equal bins. Knows nothing of devices: shares of a
 * shared device are items, its capacities are the dimensions.
 */
@NullMarked
package io.tangram.solver.packing;

import org.jspecify.annotations.NullMarked;
