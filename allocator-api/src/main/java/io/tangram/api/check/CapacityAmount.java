package io.tangram.api.check;

import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.CapacityPolicy.DefaultOnly;
import io.tangram.api.device.CapacityPolicy.ValidRange;
import io.tangram.api.device.CapacityPolicy.ValidValues;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an allocation takes of one capacity of a device (R130 to R135).
 *
 * <p>Without a request: the policy's default, else all of it. With a request and
 *
 * <ul>
 *   <li>no policy, or one with only a default: the requested amount;
 *   <li>valid values: the first that is not below the request; where there is none the requested
 *       amount, which then breaks the policy;
 *   <li>a range: {@code min} where the request is below it, else {@code min + ceil((request - min)
 *       / step) * step}; without a step the request itself.
 * </ul>
 *
 * The amount must then keep to the policy (R132): not above {@code max}, a whole number of steps
 * from {@code min}, one of the valid values. An amount equal to the default always does. No amount
 * is a whole number of steps that are not positive (R135).
 *
 * <p>Steps are counted in whole units, each operand rounded up to one first (R131); in thousandths
 * where fractions count, {@code min}, {@code max} or {@code step} is fractional, all three fit 64
 * bits in thousandths and the step is at least one thousandth (R134).
 *
 * @param quantity what is taken; a number of steps in the format of the step, or in binary units
 *     where fractions don't count
 * @param refusal why it can't be taken, whatever is left, if so
 */
record CapacityAmount(Quantity quantity, Optional<Refusal> refusal) {

  private static final BigDecimal THOUSANDTH = BigDecimal.valueOf(1, 3);
  private static final BigDecimal MOST_THOUSANDTHS = BigDecimal.valueOf(Long.MAX_VALUE, 3);

  /**
   * Computes the amount.
   *
   * @param capacity the capacity of the device
   * @param requested the amount requested, or null if the request doesn't name the capacity
   */
  static CapacityAmount of(DeviceCapacity capacity, @Nullable Quantity requested) {
    if (requested != null && requested.signum() < 0) {
      return refused(requested, "R145", "less than nothing, " + requested + ", is requested");
    }
    CapacityPolicy policy = capacity.policy().orElse(null);
    Quantity amount = amount(capacity, policy, requested);
    if (policy == null || isDefault(policy, amount)) {
      return within(capacity, amount);
    }
    Optional<Refusal> broken = breach(policy, amount);
    return broken.isPresent() ? new CapacityAmount(amount, broken) : within(capacity, amount);
  }

  private static CapacityAmount within(DeviceCapacity capacity, Quantity amount) {
    return amount.compareTo(capacity.value()) <= 0
        ? new CapacityAmount(amount, Optional.empty())
        : refused(amount, "R128", amount + " is more than the device has, " + capacity.value());
  }

  private static CapacityAmount refused(Quantity amount, String rule, String message) {
    return new CapacityAmount(amount, Optional.of(new Refusal(rule, message)));
  }

  private static Quantity amount(
      DeviceCapacity capacity, @Nullable CapacityPolicy policy, @Nullable Quantity requested) {
    if (requested == null) {
      return policy == null ? capacity.value() : policy.defaultAmount().orElse(capacity.value());
    }
    if (policy instanceof ValidRange range) {
      return inRange(range, requested);
    }
    if (policy instanceof ValidValues valid) {
      return valid.values().stream()
          .filter(value -> value.compareTo(requested) >= 0)
          .findFirst()
          .orElse(requested);
    }
    return requested;
  }

  private static Quantity inRange(ValidRange range, Quantity requested) {
    if (requested.compareTo(range.min()) < 0) {
      return range.min();
    }
    int scale = scale(range);
    Quantity step = range.step().orElse(Quantity.ZERO);
    BigDecimal min = up(range.min(), scale);
    BigDecimal stride = up(step, scale);
    if (stride.signum() <= 0) {
      return requested;
    }
    BigDecimal steps = up(requested, scale).subtract(min).divide(stride, 0, RoundingMode.CEILING);
    return Quantity.of(
        min.add(steps.multiply(stride)),
        range.fractions() ? step.format() : Quantity.Format.BINARY_SI);
  }

  private static boolean isDefault(CapacityPolicy policy, Quantity amount) {
    return policy.defaultAmount().filter(amount::equals).isPresent();
  }

  private static Optional<Refusal> breach(CapacityPolicy policy, Quantity amount) {
    if (policy instanceof ValidRange range) {
      return breach(range, amount);
    }
    boolean fits =
        policy instanceof DefaultOnly
            || (policy instanceof ValidValues valid && valid.values().contains(amount));
    return fits
        ? Optional.empty()
        : Optional.of(new Refusal("R132", amount + " is not one of the valid amounts"));
  }

  private static Optional<Refusal> breach(ValidRange range, Quantity amount) {
    if (range.max().isPresent() && amount.compareTo(range.max().get()) > 0) {
      return Optional.of(
          new Refusal(
              "R132", amount + " is above the greatest valid amount, " + range.max().get()));
    }
    return range
        .step()
        .filter(step -> !isWholeSteps(range, step, amount))
        .map(
            step ->
                new Refusal(
                    "R132",
                    "%s is not %s and a whole number of steps of %s"
                        .formatted(amount, range.min(), step)));
  }

  private static boolean isWholeSteps(ValidRange range, Quantity step, Quantity amount) {
    int scale = scale(range);
    BigDecimal stride = up(step, scale);
    BigDecimal above = up(amount, scale).subtract(up(range.min(), scale));
    return stride.signum() > 0 && above.remainder(stride).signum() == 0;
  }

  /** Returns 3 where the range counts in thousandths, 0 where it counts in whole units (R134). */
  private static int scale(ValidRange range) {
    boolean fractional = bounds(range).anyMatch(each -> up(each, 0).compareTo(each.value()) != 0);
    boolean fit =
        bounds(range).allMatch(each -> up(each, 3).abs().compareTo(MOST_THOUSANDTHS) <= 0);
    boolean coarse = range.step().filter(step -> step.value().compareTo(THOUSANDTH) < 0).isEmpty();
    return range.fractions() && fractional && fit && coarse ? 3 : 0;
  }

  private static Stream<Quantity> bounds(ValidRange range) {
    return Stream.of(Optional.of(range.min()), range.max(), range.step()).flatMap(Optional::stream);
  }

  private static BigDecimal up(Quantity quantity, int scale) {
    return quantity.value().setScale(scale, RoundingMode.CEILING);
  }
}
