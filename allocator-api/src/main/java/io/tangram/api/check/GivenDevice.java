package io.tangram.api.check;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;

/**
 * A result beside the device that it gives.
 *
 * @param result the result
 * @param pool the pool of the device as it is seen where the device is used
 * @param published the device as it is published there
 */
record GivenDevice(DeviceAllocation result, PoolView pool, Published published) {

  /** The device's identity. */
  DeviceId id() {
    return result.device();
  }

  /** The device. */
  Device device() {
    return published.device();
  }

  /** The compatibility groups that the device lists, by counter set; without sets with none. */
  ImmutableMap<String, ImmutableSet<String>> compatibilityGroups() {
    ImmutableMap.Builder<String, ImmutableSet<String>> groups = ImmutableMap.builder();
    for (CounterConsumption consumption : device().consumesCounters()) {
      if (!consumption.compatibilityGroups().isEmpty()) {
        groups.put(consumption.counterSet(), consumption.compatibilityGroups());
      }
    }
    return groups.buildKeepingLast();
  }

  /** Whether the device is a shared one. */
  boolean isShared() {
    return device().allowMultipleAllocations();
  }

  /** Whether the device is for administration and stays free for others. */
  boolean isAdmin() {
    return result.adminAccess();
  }
}
