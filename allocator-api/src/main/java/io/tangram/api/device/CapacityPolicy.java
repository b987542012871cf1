package io.tangram.api.device;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/**
 * How much of a shared device's capacity one request may take (section 2.3 of the rules, R130 to
 * R135).
 */
@Immutable
public sealed interface CapacityPolicy {

  /** The amount taken by a request that doesn't name the capacity; all of it where absent. */
  Optional<Quantity> defaultAmount();

  /** A policy with only a default: any requested amount is taken as it is (R130.5). */
  @Immutable
  record DefaultOnly(Optional<Quantity> defaultAmount) implements CapacityPolicy {}

  /**
   * A request is raised to the first valid value that is not below it (R130.4).
   *
   * @param values the valid amounts, ascending, not empty
   */
  @Immutable
  record ValidValues(Optional<Quantity> defaultAmount, ImmutableList<Quantity> values)
      implements CapacityPolicy {}

  /**
   * A request is raised to {@code min}, then to the next whole number of steps above it (R131).
   * Steps are counted in thousandths where fractions count, one of the bounds is a fraction and all
   * are thousandths of at most 64 bits (R134); else in whole units.
   *
   * @param min the least amount
   * @param max the greatest amount; the capacity's value where absent
   * @param step the distance between valid amounts; any amount from min on where absent
   * @param fractions whether fractions count; if not, steps are always counted in whole units
   */
  @Immutable
  record ValidRange(
      Optional<Quantity> defaultAmount,
      Quantity min,
      Optional<Quantity> max,
      Optional<Quantity> step,
      boolean fractions)
      implements CapacityPolicy {

    /** Makes a range in which fractions count. */
    public ValidRange(
        Optional<Quantity> defaultAmount,
        Quantity min,
        Optional<Quantity> max,
        Optional<Quantity> step) {
      this(defaultAmount, min, max, step, true);
    }
  }
}
