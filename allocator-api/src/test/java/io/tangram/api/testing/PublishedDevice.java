package io.tangram.api.testing;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.ResourceSlice;

/**
 * A device with what its slice says about it.
 *
 * @param id the identity
 * @param device the device
 * @param nodes which nodes see it: the slice's selection, or the device's own where the slice
 *     leaves it to its devices
 * @param skipNodeOperations what the node need not do for it (section 11.1 of the rules)
 */
public record PublishedDevice(
    DeviceId id, Device device, NodeSelection nodes, ImmutableSet<String> skipNodeOperations) {

  /** Returns the device as the slice publishes it. */
  public static PublishedDevice of(ResourceSlice slice, Device device) {
    NodeSelection nodes =
        slice.nodes() instanceof NodeSelection.PerDevice
            ? device.nodes().orElse(new NodeSelection.Unknown())
            : slice.nodes();
    return new PublishedDevice(slice.idOf(device), device, nodes, slice.skipNodeOperations());
  }

  /** The driver that publishes it. */
  public String driver() {
    return id.driver();
  }

  /** Whether several claims may share it. */
  public boolean isShared() {
    return device.allowMultipleAllocations();
  }
}
