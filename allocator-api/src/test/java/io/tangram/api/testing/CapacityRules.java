package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request takes of a device's capacities (section 8 of the rules). */
final class CapacityRules {

  private CapacityRules() {}

  /**
   * Returns what the request takes of every capacity of the device, or nothing if the device lacks
   * a capacity asked for, offers too little of one, or its policy forbids the amount (R127 to
   * R132).
   */
  static Optional<ImmutableMap<QualifiedName, Quantity>> amounts(
      DeviceRequest request, Device device) {
    if (!device.capacity().keySet().containsAll(request.capacityRequests().keySet())) {
      return Optional.empty();
    }
    ImmutableMap.Builder<QualifiedName, Quantity> amounts = ImmutableMap.builder();
    for (Map.Entry<QualifiedName, DeviceCapacity> each : device.capacity().entrySet()) {
      // R129: policies are for sharing
      DeviceCapacity capacity =
          device.allowMultipleAllocations()
              ? each.getValue()
              : DeviceCapacity.of(each.getValue().value());
      Quantity requested = request.capacityRequests().get(each.getKey());
      Quantity amount = amount(capacity, requested);
      boolean isNegative = requested != null && requested.signum() < 0;
      if (isNegative || !isAllowed(amount, capacity) || amount.compareTo(capacity.value()) > 0) {
        return Optional.empty();
      }
      amounts.put(each.getKey(), amount);
    }
    return Optional.of(amounts.buildOrThrow());
  }

  /** R130. */
  private static Quantity amount(DeviceCapacity capacity, @Nullable Quantity requested) {
    if (requested == null) {
      return capacity.policy().flatMap(CapacityPolicy::defaultAmount).orElse(capacity.value());
    }
    if (capacity.policy().orElse(null) instanceof CapacityPolicy.ValidRange range) {
      return roundedUp(requested, range);
    }
    if (capacity.policy().orElse(null) instanceof CapacityPolicy.ValidValues valid) {
      return valid.values().stream()
          .filter(value -> value.compareTo(requested) >= 0)
          .findFirst()
          .orElse(requested);
    }
    return requested;
  }

  /** R131. */
  private static Quantity roundedUp(Quantity requested, CapacityPolicy.ValidRange range) {
    if (requested.compareTo(range.min()) < 0) {
      return range.min();
    }
    if (range.step().isEmpty() || range.step().get().signum() == 0) {
      return requested;
    }
    BigDecimal step = range.step().get().value();
    BigDecimal steps =
        requested.value().subtract(range.min().value()).divide(step, 0, RoundingMode.CEILING);
    BigDecimal rounded = range.min().value().add(steps.multiply(step));
    return Quantity.of(rounded, Quantity.Format.BINARY_SI);
  }

  /** R132, R135. */
  private static boolean isAllowed(Quantity amount, DeviceCapacity capacity) {
    if (capacity.policy().isEmpty()) {
      return true;
    }
    CapacityPolicy policy = capacity.policy().get();
    if (policy.defaultAmount().filter(amount::equals).isPresent()) {
      return true;
    }
    if (policy instanceof CapacityPolicy.ValidValues valid) {
      return valid.values().contains(amount);
    }
    if (policy instanceof CapacityPolicy.ValidRange range) {
      return range.max().filter(max -> amount.compareTo(max) > 0).isEmpty()
          && isOnStep(amount, range);
    }
    return true;
  }

  private static boolean isOnStep(Quantity amount, CapacityPolicy.ValidRange range) {
    if (range.step().isEmpty()) {
      return true;
    }
    BigDecimal step = range.step().get().value();
    return step.signum() != 0
        && amount.value().subtract(range.min().value()).remainder(step).signum() == 0;
  }
}
