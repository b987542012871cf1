package io.tangram.solver.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 8 of the rules. */
class ConsumedCapacityTest {

  private static final QualifiedName MEMORY = QualifiedName.parse("memory");

  @ParameterizedTest(name = "a request for {0} takes {1}")
  @CsvSource({"1Gi, 2Gi", "2Gi, 2Gi", "5Gi, 6Gi", "6Gi, 6Gi", "20Gi, 20Gi", "0, 2Gi"})
  void roundsUpToTheNextStepOfTheRange(String wanted, String taken) {
    Device device = device("40Gi", range("4Gi", "2Gi", "20Gi", "2Gi"));

    assertThat(consumed(device, wanted)).hasValue(quantity(taken));
  }

  @Test
  void takesTheDefaultWhereNothingIsAskedFor() {
    Device device = device("40Gi", range("4Gi", "2Gi", "20Gi", "2Gi"));

    assertThat(consumed(device)).hasValue(quantity("4Gi"));
  }

  @Test
  void refusesWhatRoundsPastTheMaximum() {
    Device device = device("40Gi", range("4Gi", "2Gi", "20Gi", "2Gi"));

    assertThat(consumed(device, "21Gi")).isEmpty();
  }

  @Test
  void takesEverythingWithoutARequestAndAPolicy() {
    assertThat(consumed(device("40Gi", null))).hasValue(quantity("40Gi"));
    assertThat(consumed(device("40Gi", null), "3Gi")).hasValue(quantity("3Gi"));
  }

  @Test
  void takesWhatIsAskedForUnderAPolicyWithOnlyADefault() {
    Device device = device("8", new CapacityPolicy.DefaultOnly(Optional.of(quantity("2"))));

    assertThat(consumed(device)).hasValue(quantity("2"));
    assertThat(consumed(device, "3")).hasValue(quantity("3"));
  }

  @ParameterizedTest(name = "a request for {0} takes {1}")
  @CsvSource({"1, 1", "2, 4", "4, 4"})
  void raisesToTheNextValidValue(String wanted, String taken) {
    Device device = device("8", values("1", "1", "4"));

    assertThat(consumed(device, wanted)).hasValue(quantity(taken));
  }

  @Test
  void refusesMoreThanTheGreatestValidValue() {
    assertThat(consumed(device("8", values("1", "1", "4")), "5")).isEmpty();
  }

  @ParameterizedTest(name = "a request for {0} takes {1}")
  @CsvSource({"300m, 500m", "0.6, 750m", "0.5001, 750m"})
  void countsThousandthsInAFractionalRange(String wanted, String taken) {
    Device device = device("2", range("500m", "500m", "2", "250m"));

    assertThat(consumed(device, wanted)).hasValue(quantity(taken));
  }

  @Test
  void countsWholeUnitsInAWholeRange() {
    Device device = device("10", range("2", "2", "10", "3"));

    assertThat(consumed(device, "2.5")).hasValue(quantity("5"));
  }

  @Test
  void writesRoundedAmountsAsTheStepIsWritten() {
    Device device = device("40Gi", range("4Gi", "2Gi", "20Gi", "2Gi"));

    assertThat(consumed(device, "5Gi").orElseThrow().toString()).isEqualTo("6Gi");
  }

  @Test
  void refusesAllButTheDefaultWithAStepOfZero() {
    Device device = device("10", range("2", "1", "10", "0"));

    assertThat(consumed(device, "3")).isEmpty();
    assertThat(consumed(device)).hasValue(quantity("2"));
  }

  @ParameterizedTest(name = "a request for {0} takes {1}")
  @CsvSource({"300m, 500m", "0.6, 1", "1.2, 2"})
  void countsWholeUnitsWhereFractionsDoNotCount(String wanted, String taken) {
    CapacityPolicy policy =
        new CapacityPolicy.ValidRange(
            Optional.of(quantity("500m")),
            quantity("500m"),
            Optional.empty(),
            Optional.of(quantity("250m")),
            false);

    assertThat(consumed(device("9", policy), wanted)).hasValue(quantity(taken));
  }

  @Test
  void asksADedicatedDeviceOnlyForEnough() {
    Device shared = device("10", range("2", "2", "6", "2"));
    Device dedicated = Device.builder().from(shared).allowMultipleAllocations(false).build();

    assertThat(consumed(dedicated, "7")).hasValue(quantity("7"));
    assertThat(consumed(dedicated, "11")).isEmpty();
  }

  @Test
  void refusesMoreThanTheDeviceHas() {
    assertThat(consumed(device("8", null), "9")).isEmpty();
  }

  @Test
  void refusesACapacityThatTheDeviceLacks() {
    Device device = device("8", null);

    assertThat(
            ConsumedCapacity.of(
                device, Map.of(QualifiedName.parse("gpu.example.com/memory"), quantity("1"))))
        .isEmpty();
  }

  @Test
  void refusesNegativeAmounts() {
    assertThat(consumed(device("8", range("2", "1", "8", "1")), "-1")).isEmpty();
    assertThat(consumed(device("8", null), "-1")).isEmpty();
  }

  @Test
  void namesAllCapacitiesIncludingZeros() {
    QualifiedName shares = QualifiedName.parse("shares");
    Device device =
        Device.builder()
            .name("gpu-0")
            .allowMultipleAllocations(true)
            .putCapacity(
                MEMORY, new DeviceCapacity(quantity("8"), Optional.of(range("0", "0", "8", "1"))))
            .putCapacity(shares, DeviceCapacity.of(quantity("3")))
            .build();

    assertThat(ConsumedCapacity.of(device, ImmutableMap.of()))
        .hasValue(ImmutableMap.of(MEMORY, Quantity.ZERO, shares, quantity("3")));
  }

  private static Optional<Quantity> consumed(Device device) {
    return ConsumedCapacity.of(device, Map.of()).map(amounts -> amounts.get(MEMORY));
  }

  private static Optional<Quantity> consumed(Device device, String wanted) {
    return ConsumedCapacity.of(device, Map.of(MEMORY, quantity(wanted)))
        .map(amounts -> amounts.get(MEMORY));
  }

  private static Device device(String memory, CapacityPolicy policy) {
    return Device.builder()
        .name("gpu-0")
        .allowMultipleAllocations(true)
        .putCapacity(MEMORY, new DeviceCapacity(quantity(memory), Optional.ofNullable(policy)))
        .build();
  }

  private static CapacityPolicy range(String defaultAmount, String min, String max, String step) {
    return new CapacityPolicy.ValidRange(
        Optional.of(quantity(defaultAmount)),
        quantity(min),
        Optional.of(quantity(max)),
        Optional.of(quantity(step)));
  }

  private static CapacityPolicy values(String defaultAmount, String... values) {
    return new CapacityPolicy.ValidValues(
        Optional.of(quantity(defaultAmount)),
        ImmutableList.copyOf(values).stream()
            .map(ConsumedCapacityTest::quantity)
            .collect(ImmutableList.toImmutableList()));
  }

  private static Quantity quantity(String text) {
    return Quantity.parse(text);
  }
}
