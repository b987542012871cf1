package io.tangram.k8s.read;

import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The devices that take something of nodes (R239), as the newest generation of pools has them. */
public final class ConsumingDevices {

  private final Map<DeviceId, Device> byId = new HashMap<>();

  private ConsumingDevices() {}

  /** Returns those of the slices; none where the feature is off. */
  public static ConsumingDevices of(List<ResourceSlice> slices, FeatureSet features) {
    ConsumingDevices consuming = new ConsumingDevices();
    if (!features.isOn(FeatureGate.NODE_ALLOCATABLE_RESOURCES)) {
      return consuming;
    }
    Map<PoolId, Long> newest = new HashMap<>();
    slices.forEach(slice -> newest.merge(slice.pool(), slice.generation(), Math::max));
    for (ResourceSlice slice : slices) {
      if (slice.generation() == newest.getOrDefault(slice.pool(), 0L)) {
        for (Device device : slice.devices()) {
          if (!device.nodeConsumption().isEmpty()) {
            consuming.byId.putIfAbsent(slice.idOf(device), device);
          }
        }
      }
    }
    return consuming;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Returns the device, if it is one of these. */
  public Optional<Device> find(DeviceId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Returns the first part of a node in the allocation, which makes it one for one pod (R238). */
  public Optional<DeviceId> partOfNode(Allocation allocation) {
    return allocation.devices().stream()
        .map(DeviceAllocation::device)
        .filter(id -> find(id).filter(Device::isPartOfNode).isPresent())
        .findFirst();
  }
}
