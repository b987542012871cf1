package io.tangram.api.projection;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import java.util.Optional;

/**
 * Held allocations without the features that are off: shares count as whole devices (R93), and
 * devices were given under no compatibility groups (R123).
 */
final class HeldProjection {

  private final boolean sharesCount;
  private final boolean groupsCount;

  HeldProjection(FeatureSet features) {
    this.sharesCount = features.isOn(FeatureGate.CONSUMABLE_CAPACITY);
    this.groupsCount = features.isOn(FeatureGate.DEVICE_COMPATIBILITY_GROUPS);
  }

  Allocation of(Allocation held) {
    return sharesCount && groupsCount
        ? held
        : ImmutableAllocation.copyOf(held)
            .withDevices(FeatureProjection.each(held.devices(), this::of));
  }

  private DeviceAllocation of(DeviceAllocation device) {
    ImmutableDeviceAllocation changed = ImmutableDeviceAllocation.copyOf(device);
    if (!sharesCount) {
      changed = changed.withShareId(Optional.empty()).withConsumedCapacity(ImmutableMap.of());
    }
    return groupsCount ? changed : changed.withCompatibilityGroups(ImmutableMap.of());
  }
}
