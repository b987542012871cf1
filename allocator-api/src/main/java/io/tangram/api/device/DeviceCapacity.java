package io.tangram.api.device;

import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/**
 * One capacity of a device.
 *
 * @param value the total amount; allocations never reduce it
 * @param policy what a request may take of it, on devices that allow multiple allocations
 */
@Immutable
public record DeviceCapacity(Quantity value, Optional<CapacityPolicy> policy) {

  /** Returns a capacity without a policy. */
  public static DeviceCapacity of(Quantity value) {
    return new DeviceCapacity(value, Optional.empty());
  }
}
