package io.tangram.api.check;

import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;

/**
 * A result of a claim, beside what it answers and what it gives.
 *
 * @param result the result
 * @param leaf the request it answers
 * @param pool the pool of the device as it is seen where the device is used
 * @param published the device as it is published
 */
record ChosenDevice(DeviceAllocation result, LeafRequest leaf, PoolView pool, Published published) {

  /** The device's identity. */
  DeviceId id() {
    return result.device();
  }

  /** The device. */
  Device device() {
    return published.device();
  }

  /** What is wanted. */
  DeviceRequest wanted() {
    return leaf.wanted();
  }

  /** Whether the device is a shared one. */
  boolean isShared() {
    return device().allowMultipleAllocations();
  }
}
