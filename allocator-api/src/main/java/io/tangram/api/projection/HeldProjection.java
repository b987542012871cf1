package io.tangram.api.projection;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import java.util.Optional;

/** Held allocations without the features that are off: shares count as whole devices (R93). */
final class HeldProjection {

  private final boolean sharesCount;

  HeldProjection(FeatureSet features) {
    this.sharesCount = features.isOn(FeatureGate.CONSUMABLE_CAPACITY);
  }

  Allocation of(Allocation held) {
    return sharesCount
        ? held
        : ImmutableAllocation.copyOf(held)
            .withDevices(FeatureProjection.each(held.devices(), HeldProjection::whole));
  }

  private static DeviceAllocation whole(DeviceAllocation device) {
    return ImmutableDeviceAllocation.copyOf(device)
        .withShareId(Optional.empty())
        .withConsumedCapacity(ImmutableMap.of());
  }
}
