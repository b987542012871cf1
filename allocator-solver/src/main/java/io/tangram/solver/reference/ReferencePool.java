package io.tangram.solver.reference;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;

/**
 * A pool as one node sees it.
 *
 * @param id its identity
 * @param generation its generation
 * @param state whether devices may be taken from it
 * @param offered the slices with devices that are relevant for the node, in the order of their
 *     names; none where it is not usable
 * @param elsewhere the other slices with devices, as far as they were looked at
 * @param counterSets the counter sets by name
 */
record ReferencePool(
    PoolId id,
    long generation,
    State state,
    ImmutableList<ResourceSlice> offered,
    ImmutableList<ResourceSlice> elsewhere,
    ImmutableMap<String, CounterSet> counterSets) {

  /** What may be done with a pool. */
  enum State {
    /** Complete and valid. */
    USABLE,
    /** Some slices are missing, or there are too many (R12). */
    INCOMPLETE,
    /** It contradicts itself (R16 to R18). */
    INVALID
  }

  /** Returns a pool from which nothing may be taken. */
  static ReferencePool unusable(PoolId id, long generation, State state) {
    return new ReferencePool(
        id, generation, state, ImmutableList.of(), ImmutableList.of(), ImmutableMap.of());
  }

  /** Whether devices may be taken from it. */
  boolean isUsable() {
    return state == State.USABLE;
  }

  /** Whether a device of it has binding conditions, which puts the pool last (R22). */
  boolean bindsLast() {
    return offered.stream()
        .flatMap(slice -> slice.devices().stream())
        .anyMatch(device -> !device.bindingConditions().isEmpty());
  }
}
