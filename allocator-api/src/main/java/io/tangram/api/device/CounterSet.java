package io.tangram.api.device;

import com.google.common.collect.ImmutableMap;

/**
 * Amounts that the devices of a pool draw on together, such as the memory slices of one GPU (R109).
 *
 * @param name unique in the pool (R17)
 * @param counters the declared amount by counter name
 */
public record CounterSet(String name, ImmutableMap<String, Quantity> counters) {}
