package io.tangram.solver.result;

import com.google.common.collect.ImmutableMap;
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

/**
 * How much of each capacity a request consumes: amounts asked for, rounded to what the device's
 * policies allow (section 8 of the rules).
 */
public final class ConsumedCapacity {

  /** Fractions count in thousandths (R134). */
  private static final int MILLI_SCALE = 3;

  private static final BigDecimal MOST_MILLIS = BigDecimal.valueOf(Long.MAX_VALUE, MILLI_SCALE);

  private ConsumedCapacity() {}

  /**
   * Returns what a request consumes of every capacity of the device, or nothing if the device can't
   * serve the request even if nobody else uses it: it lacks a capacity (R127), an amount is
   * negative (R145) or more than the device has (R128, R129), or a policy forbids it (R132).
   *
   * @param device the device, shared or dedicated
   * @param requested the amounts asked for, under the literal names of capacities (R126)
   */
  public static Optional<ImmutableMap<QualifiedName, Quantity>> of(
      Device device, Map<QualifiedName, Quantity> requested) {
    if (!device.capacity().keySet().containsAll(requested.keySet())) {
      return Optional.empty();
    }
    ImmutableMap.Builder<QualifiedName, Quantity> consumed = ImmutableMap.builder();
    for (Map.Entry<QualifiedName, DeviceCapacity> each : device.capacity().entrySet()) {
      DeviceCapacity offered = offered(device, each.getValue());
      Quantity wanted = requested.get(each.getKey());
      Quantity amount = amount(offered, wanted);
      boolean negative = wanted != null && wanted.signum() < 0;
      boolean tooMuch = amount.compareTo(offered.value()) > 0;
      if (negative || tooMuch || violates(offered, amount)) {
        return Optional.empty();
      }
      consumed.put(each.getKey(), amount);
    }
    return Optional.of(consumed.buildOrThrow());
  }

  /** Policies are for sharing: of a dedicated device a request just wants so much (R129). */
  private static DeviceCapacity offered(Device device, DeviceCapacity capacity) {
    return device.allowMultipleAllocations() ? capacity : DeviceCapacity.of(capacity.value());
  }

  /** Returns the amount that a request for {@code wanted}, or for nothing, takes (R130). */
  static Quantity amount(DeviceCapacity capacity, @Nullable Quantity wanted) {
    CapacityPolicy policy = capacity.policy().orElse(null);
    if (wanted == null) {
      return policy == null ? capacity.value() : policy.defaultAmount().orElse(capacity.value());
    }
    if (policy instanceof CapacityPolicy.ValidRange range) {
      return rounded(range, wanted);
    }
    if (policy instanceof CapacityPolicy.ValidValues valid) {
      return valid.values().stream()
          .filter(value -> value.compareTo(wanted) >= 0)
          .findFirst()
          .orElse(wanted);
    }
    return wanted;
  }

  /** Returns the least amount of the range that is not below {@code wanted} (R131). */
  private static Quantity rounded(CapacityPolicy.ValidRange range, Quantity wanted) {
    if (wanted.compareTo(range.min()) < 0) {
      return range.min();
    }
    Quantity step = range.step().orElse(null);
    if (step == null || hasUselessStep(range)) {
      return wanted;
    }
    BigDecimal min = counted(range, range.min());
    BigDecimal stepSize = counted(range, step);
    BigDecimal steps =
        counted(range, wanted).subtract(min).divide(stepSize, 0, RoundingMode.CEILING);
    return Quantity.of(
        min.add(steps.multiply(stepSize)),
        range.fractions() ? step.format() : Quantity.Format.BINARY_SI);
  }

  /** Whether the capacity's policy forbids the amount (R132). */
  static boolean violates(DeviceCapacity capacity, Quantity amount) {
    CapacityPolicy policy = capacity.policy().orElse(null);
    if (policy == null || policy.defaultAmount().filter(amount::equals).isPresent()) {
      return false;
    }
    if (policy instanceof CapacityPolicy.ValidRange range) {
      return hasUselessStep(range)
          || range.max().filter(max -> amount.compareTo(max) > 0).isPresent()
          || range.step().filter(step -> isBetweenSteps(range, step, amount)).isPresent();
    }
    return policy instanceof CapacityPolicy.ValidValues valid && !valid.values().contains(amount);
  }

  /** Whether nothing but the default can be taken, for a step that leads nowhere (R135). */
  private static boolean hasUselessStep(CapacityPolicy.ValidRange range) {
    return range.step().filter(step -> counted(range, step).signum() <= 0).isPresent();
  }

  private static boolean isBetweenSteps(
      CapacityPolicy.ValidRange range, Quantity step, Quantity amount) {
    return counted(range, amount)
            .subtract(counted(range, range.min()))
            .remainder(counted(range, step))
            .signum()
        != 0;
  }

  /**
   * Returns an amount rounded up to what the range counts in: thousandths if one of its bounds is a
   * fraction, all are thousandths of at most 64 bits and fractions count, else whole units (R131,
   * R134).
   */
  private static BigDecimal counted(CapacityPolicy.ValidRange range, Quantity amount) {
    return amount.value().setScale(isFractional(range) ? MILLI_SCALE : 0, RoundingMode.CEILING);
  }

  private static boolean isFractional(CapacityPolicy.ValidRange range) {
    Quantity max = range.max().orElse(range.min());
    Quantity step = range.step().orElse(range.min());
    boolean fraction =
        !isWhole(range.min().value()) || !isWhole(max.value()) || !isWhole(step.value());
    return range.fractions()
        && fraction
        && fitsMillis(range.min().value())
        && fitsMillis(max.value())
        && fitsMillis(step.value())
        && step.value().movePointRight(MILLI_SCALE).compareTo(BigDecimal.ONE) >= 0;
  }

  private static boolean isWhole(BigDecimal amount) {
    return amount.stripTrailingZeros().scale() <= 0;
  }

  private static boolean fitsMillis(BigDecimal amount) {
    return amount.abs().compareTo(MOST_MILLIS) <= 0;
  }
}
