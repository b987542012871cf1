package io.tangram.solver.links;

import com.google.common.collect.ImmutableSet;
import java.util.OptionalLong;

/**
 * A set of devices that was chosen.
 *
 * @param devices the devices, in the order of the graph
 * @param aggregateMbPerSecond the sum over its pairs of what they can send each other in one
 *     direction, in MB/s
 * @param worstPairMbPerSecond that of its slowest pair, if there is a pair
 * @param asPreferred whether it has what was preferred
 */
public record ChosenSet<D>(
    ImmutableSet<D> devices,
    long aggregateMbPerSecond,
    OptionalLong worstPairMbPerSecond,
    boolean asPreferred) {}
