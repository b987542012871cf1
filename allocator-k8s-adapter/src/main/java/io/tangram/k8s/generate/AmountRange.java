package io.tangram.k8s.generate;

import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;

/**
 * Amounts from one to another, all of them equally likely.
 *
 * @param least the least amount
 * @param most the greatest amount
 * @param step what amounts differ by
 */
public record AmountRange(Quantity least, Quantity most, Quantity step) {

  private static final Quantity TENTH = Quantity.parse("100m");
  private static final Quantity MEBIBYTE = Quantity.parse("1Mi");
  private static final Quantity GIBIBYTE = Quantity.parse("1Gi");

  /**
   * Makes the range.
   *
   * @throws IllegalArgumentException unless 0 &lt;= least &lt;= most
   */
  public AmountRange {
    if (least.signum() < 0 || least.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          least + "-" + most + " is no range; write the smaller amount first, and none below 0.");
    }
  }

  /** Returns amounts of CPU: whole cores if both ends are, else tenths of one. */
  public static AmountRange ofCpu(Quantity least, Quantity most) {
    boolean whole = isMultiple(least, Quantity.ONE) && isMultiple(most, Quantity.ONE);
    return new AmountRange(least, most, whole ? Quantity.ONE : TENTH);
  }

  /** Returns amounts of memory: whole GiB if both ends are, else whole MiB. */
  public static AmountRange ofMemory(Quantity least, Quantity most) {
    boolean whole = isMultiple(least, GIBIBYTE) && isMultiple(most, GIBIBYTE);
    return new AmountRange(least, most, whole ? GIBIBYTE : MEBIBYTE);
  }

  private static boolean isMultiple(Quantity amount, Quantity unit) {
    return amount.value().remainder(unit.value()).signum() == 0;
  }

  /** Returns one of the amounts. */
  Quantity draw(Random random) {
    BigDecimal steps = most.minus(least).value().divide(step.value(), 0, RoundingMode.FLOOR);
    BigDecimal drawn =
        new BigDecimal(random.nextDouble())
            .multiply(steps.add(BigDecimal.ONE))
            .setScale(0, RoundingMode.FLOOR);
    return Quantity.of(least.value().add(step.value().multiply(drawn)), step.format());
  }
}
