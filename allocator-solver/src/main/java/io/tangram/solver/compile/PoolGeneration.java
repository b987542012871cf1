package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;

/**
 * All slices of one generation of a pool, wherever they are visible.
 *
 * @param index the number of this generation among those of the problem
 * @param id the pool
 * @param generation the generation
 * @param slices the slices in input order
 */
public record PoolGeneration(
    int index, PoolId id, long generation, ImmutableList<ResourceSlice> slices) {}
