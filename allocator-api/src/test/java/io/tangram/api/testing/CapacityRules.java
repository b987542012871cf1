package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
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

  /** R131; the steps of a range that has none in its unit lead nowhere (R135). */
  private static Quantity roundedUp(Quantity requested, CapacityPolicy.ValidRange range) {
    if (requested.compareTo(range.min()) < 0) {
      return range.min();
    }
    BigInteger step = range.step().map(each -> counted(each, range)).orElse(BigInteger.ZERO);
    if (step.signum() <= 0) {
      return requested;
    }
    BigInteger wanted = counted(requested, range);
    BigInteger beyond = wanted.subtract(counted(range.min(), range)).mod(step);
    BigInteger rounded = beyond.signum() == 0 ? wanted : wanted.add(step).subtract(beyond);
    return Quantity.of(new BigDecimal(rounded).multiply(unit(range)), Quantity.Format.BINARY_SI);
  }

  /** R134. */
  private static BigDecimal unit(CapacityPolicy.ValidRange range) {
    List<BigDecimal> bounds = new ArrayList<>();
    bounds.add(range.min().value());
    range.max().ifPresent(max -> bounds.add(max.value()));
    range.step().ifPresent(step -> bounds.add(step.value()));
    BigDecimal thousandth = new BigDecimal("0.001");
    boolean anyFraction =
        bounds.stream().anyMatch(each -> each.remainder(BigDecimal.ONE).signum() != 0);
    boolean allFit =
        bounds.stream()
            .map(each -> each.divide(thousandth, 0, RoundingMode.CEILING).toBigIntegerExact())
            .allMatch(millis -> millis.bitLength() < Long.SIZE);
    boolean isCoarse =
        range.step().stream().allMatch(step -> step.value().compareTo(thousandth) >= 0);
    return range.fractions() && anyFraction && allFit && isCoarse ? thousandth : BigDecimal.ONE;
  }

  private static BigInteger counted(Quantity amount, CapacityPolicy.ValidRange range) {
    return amount.value().divide(unit(range), 0, RoundingMode.CEILING).toBigIntegerExact();
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
    BigInteger step = counted(range.step().get(), range);
    return step.signum() > 0
        && counted(amount, range).subtract(counted(range.min(), range)).mod(step).signum() == 0;
  }
}
