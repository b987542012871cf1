package io.tangram.api.device;

import com.google.common.collect.ImmutableMap;

/**
 * What an allocated device takes from one counter set of its pool (R109).
 *
 * @param counterSet the name of the set
 * @param counters the amount taken by counter name
 */
public record CounterConsumption(String counterSet, ImmutableMap<String, Quantity> counters) {}
