package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import java.util.Optional;

/**
 * A pool as the nodes see it for which the same slices are relevant (R5): whether its devices can
 * be used there, and which they are.
 *
 * @param pool the pool
 * @param devices the devices of the relevant slices of the highest generation (R3)
 * @param contents that generation of the pool, slices for other nodes included
 * @param outdated whether a newer generation exists that these nodes don't see
 * @param refusal why no device can be taken from it, if so (R13, R15, R19)
 */
record PoolView(
    PoolId pool,
    DeviceTable devices,
    PoolContents contents,
    boolean outdated,
    Optional<Refusal> refusal) {

  /** Whether the pool rules mode All out (R69). An outdated one does not: it is not there (R13). */
  boolean blocksAll() {
    return refusal.isPresent() && !outdated;
  }

  /** Whether nothing of the pool is there for these nodes, since a newer generation is (R13). */
  boolean isObsolete() {
    return refusal.isPresent() && outdated;
  }

  /** Whether slices are missing, so that a device that isn't there may still exist (R15). */
  boolean isIncomplete() {
    return refusal.isPresent() && refusal.get().rule().equals("R15");
  }

  /** Returns whether a node for which the slice is relevant sees the device itself (R7). */
  static boolean isVisible(Published published, Node node) {
    return !(published.slice().nodes() instanceof NodeSelection.PerDevice)
        || selection(published).matches(node);
  }

  /** Returns which nodes see the device: the slice says it, or leaves it to the device (R181). */
  static NodeSelection selection(Published published) {
    return published.slice().nodes() instanceof NodeSelection.PerDevice
        ? published.device().nodes().orElseGet(NodeSelection.Unknown::new)
        : published.slice().nodes();
  }

  /** Returns the devices that the node sees, in the order in which they are offered. */
  ImmutableList<Published> visibleTo(Node node) {
    return devices.all().stream()
        .filter(each -> isVisible(each, node))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the identity of one of the devices. */
  DeviceId idOf(Device device) {
    return new DeviceId(pool.driver(), pool.pool(), device.name());
  }
}
