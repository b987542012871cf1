package io.tangram.solver.compile;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Device;
import io.tangram.api.device.NodeConsumption;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.result.ConsumedCapacity;
import org.jspecify.annotations.Nullable;

/**
 * What devices take of the nodes of their workloads (R239), as integers in the units of {@link
 * NodeResources}.
 */
public final class DeviceLoads {

  private final DeviceTable devices;
  private final NodeResources resources;

  DeviceLoads(DeviceTable devices, NodeResources resources) {
    this.devices = devices;
    this.resources = resources;
  }

  /** Whether somebody who is given the device takes something of the node, or has a part of it. */
  public boolean isLoad(int device) {
    return !devices.device(device).nodeConsumption().isEmpty();
  }

  /** Whether the device is a part of its node, for one workload only (R238). */
  public boolean isPart(int device) {
    return devices.device(device).isPartOfNode();
  }

  /** Returns the amounts of resources of which something is taken, by name. */
  public ImmutableMap<String, Quantity> amounts(long[] load) {
    ImmutableMap.Builder<String, Quantity> amounts = ImmutableMap.builder();
    for (int i = 0; i < load.length; i++) {
      if (load[i] > 0) {
        amounts.put(resources.names().get(i), resources.amount(i, load[i]));
      }
    }
    return amounts.buildOrThrow();
  }

  /** Returns what a use of the device takes of each resource, rounded up. */
  public long[] of(Leaf leaf, int device, ClaimUse use) {
    return of(
        device,
        devices.isShared(device)
            ? ConsumedCapacity.of(devices.device(device), leaf.request().capacityRequests())
                .orElse(ImmutableMap.of())
            : null,
        use);
  }

  /**
   * Returns what a use of the device takes of each resource, rounded up.
   *
   * @param consumed what it takes of the capacities of a shared device, null for a dedicated one
   */
  public long[] of(
      int device, @Nullable ImmutableMap<QualifiedName, Quantity> consumed, ClaimUse use) {
    long[] load = new long[resources.names().size()];
    Device published = devices.device(device);
    for (int i = 0; i < load.length; i++) {
      NodeConsumption each = published.nodeConsumption().get(resources.names().get(i));
      if (each != null) {
        load[i] =
            resources.up(
                i,
                each.amount(
                    published, consumed == null ? ImmutableMap.of() : consumed, use.containers()));
      }
    }
    return load;
  }
}
