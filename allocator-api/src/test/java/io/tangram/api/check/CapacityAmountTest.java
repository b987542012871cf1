package io.tangram.api.check;

import static io.tangram.api.check.Given.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.CapacityPolicy.DefaultOnly;
import io.tangram.api.device.CapacityPolicy.ValidRange;
import io.tangram.api.device.CapacityPolicy.ValidValues;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.Quantity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R130 to R135 and R145. */
class CapacityAmountTest {

  private static Optional<Quantity> optional(@Nullable String text) {
    return Optional.ofNullable(text).map(Given::quantity);
  }

  private static DeviceCapacity range(
      String value,
      @Nullable String normal,
      String min,
      @Nullable String max,
      @Nullable String step) {
    CapacityPolicy policy =
        new ValidRange(optional(normal), quantity(min), optional(max), optional(step));
    return new DeviceCapacity(quantity(value), Optional.of(policy));
  }

  private static DeviceCapacity values(String value, @Nullable String normal, String values) {
    ImmutableList<Quantity> valid =
        Splitter.on(' ')
            .splitToStream(values)
            .map(Given::quantity)
            .collect(ImmutableList.toImmutableList());
    return new DeviceCapacity(
        quantity(value), Optional.of(new ValidValues(optional(normal), valid)));
  }

  private static void assertTakes(DeviceCapacity capacity, @Nullable String wanted, String taken) {
    CapacityAmount amount = CapacityAmount.of(capacity, wanted == null ? null : quantity(wanted));

    assertThat(amount.refusal()).isEmpty();
    assertThat(amount.quantity()).isEqualTo(quantity(taken));
  }

  private static void assertRefuses(DeviceCapacity capacity, @Nullable String wanted, String rule) {
    CapacityAmount amount = CapacityAmount.of(capacity, wanted == null ? null : quantity(wanted));

    assertThat(amount.refusal().map(Refusal::rule)).hasValue(rule);
  }

  /** The worked example of section 8. */
  @ParameterizedTest
  @CsvSource({", 4Gi", "1Gi, 2Gi", "5Gi, 6Gi", "20Gi, 20Gi"})
  void takesWhatTheWorkedExampleTakes(@Nullable String wanted, String taken) {
    assertTakes(range("40Gi", "4Gi", "2Gi", "20Gi", "2Gi"), wanted, taken);
  }

  @Test
  void refusesWhatTheWorkedExampleRefuses() {
    assertRefuses(range("40Gi", "4Gi", "2Gi", "20Gi", "2Gi"), "21Gi", "R132");
  }

  @Test
  void takesEverythingByDefaultWithoutAPolicy() {
    assertTakes(DeviceCapacity.of(quantity("40Gi")), null, "40Gi");
    assertTakes(DeviceCapacity.of(quantity("40Gi")), "1", "1");
    assertTakes(DeviceCapacity.of(quantity("40Gi")), "40Gi", "40Gi");
    assertTakes(DeviceCapacity.of(quantity("40Gi")), "0", "0");
  }

  @Test
  void refusesMoreThanThereIs() {
    assertRefuses(DeviceCapacity.of(quantity("40")), "40.001", "R128");
    assertRefuses(range("10", "20", "1", null, null), null, "R128");
    assertRefuses(range("10", null, "1", null, null), "11", "R128");
  }

  @Test
  void refusesLessThanNothing() {
    assertRefuses(DeviceCapacity.of(quantity("40")), "-1", "R145");
    assertRefuses(range("40", null, "1", null, null), "-1", "R145");
  }

  @Test
  void takesTheRequestUnderAPolicyWithOnlyADefault() {
    DeviceCapacity capacity =
        new DeviceCapacity(quantity("40"), Optional.of(new DefaultOnly(optional("4"))));

    assertTakes(capacity, null, "4");
    assertTakes(capacity, "7", "7");
  }

  @Test
  void takesEverythingUnderAPolicyWithoutADefault() {
    DeviceCapacity capacity =
        new DeviceCapacity(quantity("40"), Optional.of(new DefaultOnly(Optional.empty())));

    assertTakes(capacity, null, "40");
    assertTakes(range("40", null, "2", "40", "2"), null, "40");
    assertRefuses(range("40", null, "2", "39", null), null, "R132");
    assertRefuses(range("41", null, "2", null, "2"), null, "R132");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1.5, 4", "4, 4", "5, 8"})
  void raisesARequestToTheNextValidValue(String wanted, String taken) {
    assertTakes(values("10", "1", "1 4 8"), wanted, taken);
  }

  @Test
  void refusesMoreThanTheGreatestValidValue() {
    assertRefuses(values("10", "1", "1 4 8"), "9", "R132");
    assertRefuses(values("10", null, "1 4 8"), null, "R132");
    assertTakes(values("8", null, "1 4 8"), null, "8");
  }

  /** Validation has the default listed, but what is not validated is judged too. */
  @Test
  void neverRefusesTheDefault() {
    assertTakes(values("10", "9", "1 4 8"), "9", "9");
    assertTakes(range("40", "3", "2", "20", "2"), null, "3");
    assertTakes(range("40", "30", "2", "20", "2"), null, "30");
  }

  @Test
  void raisesARequestToTheMinimumAsItIs() {
    assertTakes(range("40", null, "2.5", null, null), "2.4", "2.5");
    assertTakes(range("40", null, "2.5", null, null), "2.5", "2.5");
    assertTakes(range("40", null, "2.5", null, null), "2.6", "2.6");
    assertTakes(range("40", null, "2", null, "2"), "0", "2");
  }

  @Test
  void comparesWithTheMaximumAfterRounding() {
    assertTakes(range("40", null, "1", "7", "3"), "5", "7");
    assertRefuses(range("40", null, "1", "6", "3"), "5", "R132");
    assertTakes(range("40", null, "1", "6", null), "6", "6");
    assertRefuses(range("40", null, "1", "6", null), "6.1", "R132");
  }

  /** Only a fractional bound makes thousandths the unit; a fractional request is rounded up. */
  @ParameterizedTest
  @CsvSource({"2, 2", "2.1, 3", "3, 3"})
  void countsWholeUnitsInAWholeRange(String wanted, String taken) {
    assertTakes(range("40", null, "1", null, "1"), wanted, taken);
  }

  @ParameterizedTest
  @CsvSource({"300m, 500m", "0.6, 750m", "0.5001, 750m", "0.75, 750m", "751m, 1"})
  void countsThousandthsInAFractionalRange(String wanted, String taken) {
    assertTakes(range("2", null, "500m", "2", "250m"), wanted, taken);
  }

  @Test
  void countsThousandthsWhereAnyBoundIsFractional() {
    assertTakes(range("9", null, "0.5", null, "1"), "1.2", "1.5");
    assertTakes(range("9", null, "1", null, "0.5"), "1.2", "1.5");
    assertTakes(range("9", null, "1", "7.5", "1"), "1.2", "2");
    assertTakes(range("9", null, "1", "7.5", "1"), "2.0001", "3");
  }

  /** R134: a step below one thousandth counts as one whole unit. */
  @Test
  void countsWholeUnitsWhereTheStepIsFinerThanAThousandth() {
    assertTakes(range("9", null, "1", null, "999u"), "1.2", "2");
    assertTakes(range("9", null, "1", null, "1m"), "1.2", "1.2");
  }

  /** What is left over a whole unit is rounded up before steps are counted. */
  @Test
  void countsWholeUnitsOfAFractionalValueInAWholeRange() {
    assertTakes(range("40.5", null, "1", null, "1"), null, "40.5");
    assertRefuses(range("40.5", null, "1", null, "0.3"), null, "R132");
  }

  @Test
  void countsWholeUnitsWhereABoundExceeds64BitsInThousandths() {
    String greatest = "9223372036854775"; // of which a thousandth more does not fit
    String justFits = "9223372036854775.807";
    String greater = "9223372036854776";

    assertTakes(range(greater, null, "0.5", greatest, "0.5"), "1.2", "1.5");
    assertTakes(range(greater, null, "0.5", justFits, "0.5"), "1.2", "1.5");
    assertTakes(range(greater, null, "0.5", greater, "0.5"), "1.2", "2");
  }

  /** R131: fractions that don't count are rounded up to whole units before steps are counted. */
  @ParameterizedTest
  @CsvSource({"300m, 500m", "0.6, 1", "1, 1", "1.2, 2", "2, 2"})
  void countsWholeUnitsWhereFractionsDoNotCount(String wanted, String taken) {
    assertTakes(wholeUnits("9", "500m", "250m"), wanted, taken);
  }

  @Test
  void writesARoundedAmountInBinaryUnitsWhereFractionsDoNotCount() {
    CapacityAmount amount = CapacityAmount.of(wholeUnits("40Gi", "1024", "1k"), quantity("1025"));

    assertThat(amount.quantity()).hasToString("2024");
    assertThat(amount.quantity().format()).isEqualTo(Quantity.Format.BINARY_SI);
  }

  private static DeviceCapacity wholeUnits(String value, String min, String step) {
    return new DeviceCapacity(
        quantity(value),
        Optional.of(
            new ValidRange(
                Optional.empty(), quantity(min), Optional.empty(), optional(step), false)));
  }

  @Test
  void writesARoundedAmountInTheFormatOfTheStep() {
    CapacityAmount amount =
        CapacityAmount.of(range("40Gi", null, "1024", null, "1Ki"), quantity("1025"));

    assertThat(amount.quantity()).hasToString("2Ki");
  }

  /** R135. */
  @ParameterizedTest
  @CsvSource({"0", "-1", "-0.5"})
  void refusesEverythingButTheDefaultUnderAStepThatIsNotPositive(String step) {
    assertRefuses(range("40", "4", "2", null, step), "5", "R132");
    assertRefuses(range("40", "4", "2", null, step), "1", "R132");
    assertTakes(range("40", "4", "2", null, step), null, "4");
  }
}
