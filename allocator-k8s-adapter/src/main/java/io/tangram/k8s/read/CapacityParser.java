package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Reads the capacities of a device and their policies (section 2.3 of the rules). */
final class CapacityParser {

  private static final int MAX_VALUES = 10;
  private static final int MILLI_SCALE = 3;
  private static final String RULE = "section 2.3";

  private final ParseContext context;

  CapacityParser(ParseContext context) {
    this.context = context;
  }

  /**
   * Reads the capacities.
   *
   * @param shared whether the device allows multiple allocations
   */
  ImmutableMap<QualifiedName, DeviceCapacity> parse(Field capacities, boolean shared) {
    ImmutableMap.Builder<QualifiedName, DeviceCapacity> read = ImmutableMap.builder();
    for (Field entry : capacities.mapEntries()) {
      read.put(context.qualifiedName(entry), capacity(entry, shared));
    }
    return read.buildOrThrow();
  }

  private DeviceCapacity capacity(Field capacity, boolean shared) {
    context.expectOnly(ImmutableSet.of("value", "requestPolicy"), capacity);
    Quantity value = context.amountOf(capacity, RULE);
    Field policy = capacity.get("requestPolicy");
    if (!policy.isPresent()) {
      return DeviceCapacity.of(value);
    }
    if (!shared) {
      context.warnOfRefusable(
          policy, "is on a device without allowMultipleAllocations (" + RULE + ")");
    }
    return new DeviceCapacity(value, Optional.of(policy(policy, value)));
  }

  private CapacityPolicy policy(Field policy, Quantity value) {
    context.expectOnly(ImmutableSet.of("default", "validValues", "validRange"), policy);
    Optional<Quantity> defaultAmount = policy.get("default").quantity();
    Field values = policy.get("validValues");
    Field range = policy.get("validRange");
    boolean hasValues = !values.entries(MAX_VALUES, RULE).isEmpty();
    if (hasValues && range.isPresent()) {
      throw policy.bad("has both validValues and validRange; set one of them (" + RULE + ").");
    }
    if ((hasValues || range.isPresent()) && defaultAmount.isEmpty()) {
      throw policy.get("default").bad("is required with validValues or validRange (" + RULE + ").");
    }
    if (hasValues) {
      return new CapacityPolicy.ValidValues(
          defaultAmount, validValues(values, defaultAmount.get(), value));
    }
    return range.isPresent()
        ? validRange(range, defaultAmount.get(), value)
        : new CapacityPolicy.DefaultOnly(defaultAmount);
  }

  private ImmutableList<Quantity> validValues(
      Field values, Quantity defaultAmount, Quantity value) {
    ImmutableList<Quantity> read =
        values.list(MAX_VALUES, RULE, entry -> entry.requiredQuantity(RULE));
    List<Field> entries = values.entries(MAX_VALUES, RULE);
    for (int i = 0; i < read.size(); i++) {
      if (i > 0 && read.get(i).compareTo(read.get(i - 1)) <= 0) {
        throw entries.get(i).bad("values must ascend without repetition (" + RULE + ").");
      }
      if (read.get(i).compareTo(value) > 0) {
        warnOfExcess(entries.get(i), read.get(i).toString(), value);
      }
    }
    if (!read.contains(defaultAmount)) {
      throw values.bad("must contain the default " + defaultAmount + " (" + RULE + ").");
    }
    return read;
  }

  private CapacityPolicy validRange(Field range, Quantity defaultAmount, Quantity value) {
    context.expectOnly(ImmutableSet.of("min", "max", "step"), range);
    Quantity min = range.get("min").requiredQuantity(RULE);
    Optional<Quantity> max = range.get("max").quantity();
    Optional<Quantity> step = range.get("step").quantity();
    requireAtMost(range.get("min"), min, defaultAmount, "the default");
    max.ifPresent(
        most -> {
          requireAtMost(range.get("min"), min, most, "max");
          if (most.compareTo(value) > 0) {
            warnOfExcess(range.get("max"), most.toString(), value);
          }
          if (defaultAmount.compareTo(most) > 0) {
            throw range
                .get("max")
                .bad(most + " is below the default " + defaultAmount + " (" + RULE + ").");
          }
        });
    step.ifPresent(each -> checkStep(range.get("step"), each, min, max, defaultAmount, value));
    return new CapacityPolicy.ValidRange(Optional.of(defaultAmount), min, max, step);
  }

  private static void requireAtMost(Field field, Quantity amount, Quantity limit, String what) {
    if (amount.compareTo(limit) > 0) {
      throw field.bad(amount + " is above " + what + " " + limit + " (" + RULE + ").");
    }
  }

  /** An amount above the value fits no device; a policy may name it all the same. */
  private void warnOfExcess(Field field, String amount, Quantity value) {
    context.warnOfRefusable(field, amount + " is above the value " + value + " (" + RULE + ")");
  }

  private void checkStep(
      Field field,
      Quantity step,
      Quantity min,
      Optional<Quantity> max,
      Quantity defaultAmount,
      Quantity value) {
    if (step.signum() <= 0) {
      throw field.bad(step + " must be greater than 0 (R135).");
    }
    if (min.plus(step).compareTo(value) > 0) {
      warnOfExcess(field, "min + " + step, value);
    }
    requireSteps(field, step, min, defaultAmount, "the default");
    max.ifPresent(most -> requireSteps(field, step, min, most, "max"));
  }

  /**
   * Steps are counted in thousandths where fractions count, else in whole units, each amount
   * rounded up (R131, R134). What either accepts may have been stored.
   */
  private static void requireSteps(
      Field field, Quantity step, Quantity min, Quantity amount, String what) {
    if (!isWholeSteps(step, min, amount, 0) && !isWholeSteps(step, min, amount, MILLI_SCALE)) {
      throw field.bad(
          what
              + " "
              + amount
              + " is not a whole number of steps above "
              + min
              + " ("
              + RULE
              + ").");
    }
  }

  private static boolean isWholeSteps(Quantity step, Quantity min, Quantity amount, int scale) {
    return rounded(amount, scale)
            .subtract(rounded(min, scale))
            .remainder(rounded(step, scale))
            .signum()
        == 0;
  }

  private static BigDecimal rounded(Quantity amount, int scale) {
    return amount.value().setScale(scale, RoundingMode.CEILING);
  }
}
