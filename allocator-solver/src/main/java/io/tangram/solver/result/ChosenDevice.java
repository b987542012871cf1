package io.tangram.solver.result;

import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.ResourceSlice;

/**
 * A device that a claim gets.
 *
 * @param slice the slice that publishes it
 * @param device the device
 */
public record ChosenDevice(ResourceSlice slice, Device device) {

  /** Its identity. */
  public DeviceId id() {
    return slice.idOf(device);
  }

  /** Which nodes see it: what the slice says, unless that leaves it to the device (R181). */
  NodeSelection nodes() {
    return slice.nodes() instanceof NodeSelection.PerDevice
        ? device.nodes().orElseGet(NodeSelection.Unknown::new)
        : slice.nodes();
  }
}
