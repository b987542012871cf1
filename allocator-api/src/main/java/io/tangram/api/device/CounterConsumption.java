package io.tangram.api.device;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/**
 * What an allocated device takes from one counter set of its pool (R109).
 *
 * @param counterSet the name of the set
 * @param counters the amount taken by counter name
 * @param compatibilityGroups beside what the device may be in use: devices that take from one set
 *     at a time all list nothing, or have one of their groups in common (R122)
 */
public record CounterConsumption(
    String counterSet,
    ImmutableMap<String, Quantity> counters,
    ImmutableSet<String> compatibilityGroups) {

  /**
   * Makes the consumption.
   *
   * @throws IllegalArgumentException if the name of a group is empty
   */
  public CounterConsumption {
    if (compatibilityGroups.contains("")) {
      throw new IllegalArgumentException(
          "A device takes from counter set "
              + counterSet
              + " under a compatibility group without a name; name it, or list none (R122).");
    }
  }

  /** Makes the consumption of a device that lists no groups. */
  public CounterConsumption(String counterSet, ImmutableMap<String, Quantity> counters) {
    this(counterSet, counters, ImmutableSet.of());
  }
}
