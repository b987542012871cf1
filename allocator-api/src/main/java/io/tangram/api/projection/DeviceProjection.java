package io.tangram.api.projection;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.Barrier;
import io.tangram.api.device.CapacityPolicy.ValidRange;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Taint;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.feature.OffFeature;
import java.util.Optional;

/** Devices without the features that are off. */
final class DeviceProjection {

  private static final OffFeature COUNTERS =
      new OffFeature(
          "devices that draw on shared counters", FeatureGate.PARTITIONABLE_DEVICES, "R117");
  private static final OffFeature CONDITIONS =
      new OffFeature(
          "devices with binding conditions", FeatureGate.DEVICE_BINDING_CONDITIONS, "R161");

  private final FeatureSet features;

  DeviceProjection(FeatureSet features) {
    this.features = features;
  }

  Device of(DeviceId id, Device device) {
    ImmutableDevice changed = ImmutableDevice.copyOf(device);
    changed = changed.withTaints(taints(device));
    if (isOff(FeatureGate.NODE_ALLOCATABLE_RESOURCES)) {
      changed = changed.withNodeConsumption(ImmutableMap.of());
    }
    if (isOff(FeatureGate.PARTITIONABLE_DEVICES) && !device.consumesCounters().isEmpty()) {
      changed =
          behind(changed.withConsumesCounters(ImmutableList.of()), Barrier.withholding(COUNTERS));
    }
    if (isOff(FeatureGate.DEVICE_BINDING_CONDITIONS) && !device.bindingConditions().isEmpty()) {
      changed = behind(changed, Barrier.hiding(CONDITIONS));
    }
    if (isOff(FeatureGate.CONSUMABLE_CAPACITY)) {
      changed = changed.withAllowMultipleAllocations(false);
    } else if (isOff(FeatureGate.FRACTIONAL_CAPACITY_RANGE)) {
      changed = inWholeUnits(changed);
    }
    return isOff(FeatureGate.LIST_TYPE_ATTRIBUTES) ? withUnreadLists(id, changed) : changed;
  }

  private boolean isOff(FeatureGate gate) {
    return !features.isOn(gate);
  }

  private ImmutableList<Taint> taints(Device device) {
    if (isOff(FeatureGate.DEVICE_TAINTS)) {
      return ImmutableList.of();
    }
    return isOff(FeatureGate.DEVICE_TAINT_RULES)
            && device.taints().stream().anyMatch(taint -> taint.rule().isPresent())
        ? device.taints().stream()
            .filter(taint -> taint.rule().isEmpty())
            .collect(ImmutableList.toImmutableList())
        : device.taints();
  }

  /** A device that is hidden already stays hidden. */
  static ImmutableDevice behind(ImmutableDevice device, Barrier barrier) {
    return device.isHidden() ? device : device.withBarrier(barrier);
  }

  private static ImmutableDevice inWholeUnits(ImmutableDevice device) {
    if (device.capacity().values().stream().noneMatch(DeviceProjection::hasSteps)) {
      return device;
    }
    ImmutableMap.Builder<QualifiedName, DeviceCapacity> whole = ImmutableMap.builder();
    device.capacity().forEach((name, capacity) -> whole.put(name, inWholeUnits(capacity)));
    return device.withCapacity(whole.buildOrThrow());
  }

  private static boolean hasSteps(DeviceCapacity capacity) {
    return capacity.policy().orElse(null) instanceof ValidRange range
        && range.step().isPresent()
        && range.fractions();
  }

  private static DeviceCapacity inWholeUnits(DeviceCapacity capacity) {
    return capacity.policy().orElse(null) instanceof ValidRange range && hasSteps(capacity)
        ? new DeviceCapacity(
            capacity.value(),
            Optional.of(
                new ValidRange(
                    range.defaultAmount(), range.min(), range.max(), range.step(), false)))
        : capacity;
  }

  private static ImmutableDevice withUnreadLists(DeviceId id, ImmutableDevice device) {
    if (device.attributes().values().stream().noneMatch(AttributeValue::isList)) {
      return device;
    }
    ImmutableMap.Builder<QualifiedName, AttributeValue> unread = ImmutableMap.builder();
    device
        .attributes()
        .forEach(
            (name, value) ->
                unread.put(
                    name, value.isList() ? new AttributeValue.UnreadList(id + " " + name) : value));
    return device.withAttributes(unread.buildOrThrow());
  }
}
