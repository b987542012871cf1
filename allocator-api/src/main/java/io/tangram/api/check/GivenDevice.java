package io.tangram.api.check;

import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.DeviceAllocation;
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

  /** Whether the device is a shared one. */
  boolean isShared() {
    return device().allowMultipleAllocations();
  }

  /** Whether the device is for administration and stays free for others. */
  boolean isAdmin() {
    return result.adminAccess();
  }
}
