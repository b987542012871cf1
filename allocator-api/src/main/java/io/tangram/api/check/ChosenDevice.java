package io.tangram.api.check;

import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;

/**
 * A device beside the request that it answers.
 *
 * @param given the device
 * @param leaf the request
 */
record ChosenDevice(GivenDevice given, LeafRequest leaf) {

  /** The device's identity. */
  DeviceId id() {
    return given.id();
  }

  /** The device. */
  Device device() {
    return given.device();
  }

  /** What is wanted. */
  DeviceRequest wanted() {
    return leaf.wanted();
  }
}
