package io.tangram.api.projection;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.Barrier;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.feature.OffFeature;
import java.util.Optional;

/**
 * Slices without the features that are off. One that isn't considered for its devices still counts
 * when its pool is to be complete (R9, R12), so it stays as a slice that no node sees; one that is
 * ignored doesn't, and its pool is incomplete without it (R124).
 */
final class SliceProjection {

  private static final OffFeature COUNTERS =
      new OffFeature(
          "slices with shared counters or nodes for each device",
          FeatureGate.PARTITIONABLE_DEVICES,
          "R9");
  private static final OffFeature OPERATIONS =
      new OffFeature(
          "devices with skipNodeOperations", FeatureGate.OPTIONAL_NODE_OPERATIONS, "section 11.1");

  private final FeatureSet features;
  private final DeviceProjection devices;

  SliceProjection(FeatureSet features) {
    this.features = features;
    this.devices = new DeviceProjection(features);
  }

  ImmutableList<ResourceSlice> of(ImmutableList<ResourceSlice> slices) {
    return FeatureProjection.each(
        slices.stream().anyMatch(this::isIgnored)
            ? slices.stream()
                .filter(slice -> !isIgnored(slice))
                .collect(ImmutableList.toImmutableList())
            : slices,
        this::of);
  }

  private boolean isIgnored(ResourceSlice slice) {
    return !features.isOn(FeatureGate.DEVICE_COMPATIBILITY_GROUPS)
        && slice.devices().stream()
            .flatMap(device -> device.consumesCounters().stream())
            .anyMatch(consumption -> !consumption.compatibilityGroups().isEmpty());
  }

  private ResourceSlice of(ResourceSlice slice) {
    ResourceSlice considered = isConsidered(slice) ? slice : unseen(slice);
    boolean refused =
        !features.isOn(FeatureGate.OPTIONAL_NODE_OPERATIONS)
            && !slice.skipNodeOperations().isEmpty();
    return ImmutableResourceSlice.copyOf(considered)
        .withDevices(
            FeatureProjection.each(
                considered.devices(),
                device -> {
                  Device changed = devices.of(slice.idOf(device), device);
                  return refused ? refused(changed) : changed;
                }));
  }

  private boolean isConsidered(ResourceSlice slice) {
    return features.isOn(FeatureGate.PARTITIONABLE_DEVICES)
        || !(slice.nodes() instanceof NodeSelection.PerDevice || !slice.sharedCounters().isEmpty());
  }

  private static Device refused(Device device) {
    return DeviceProjection.behind(ImmutableDevice.copyOf(device), Barrier.withholding(OPERATIONS));
  }

  private static ResourceSlice unseen(ResourceSlice slice) {
    return ImmutableResourceSlice.copyOf(slice)
        .withNodes(new NodeSelection.Unknown())
        .withSharedCounters(ImmutableList.of())
        .withDevices(FeatureProjection.each(slice.devices(), SliceProjection::unseen));
  }

  private static Device unseen(Device device) {
    return DeviceProjection.behind(
        ImmutableDevice.copyOf(device).withNodes(Optional.empty()), Barrier.hiding(COUNTERS));
  }
}
