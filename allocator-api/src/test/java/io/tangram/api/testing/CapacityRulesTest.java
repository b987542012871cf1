package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityRulesTest {

  private static final QualifiedName MEMORY = QualifiedName.parse("memory");

  /** The worked example of section 8 of the rules. */
  private static final CapacityPolicy RANGE =
      new CapacityPolicy.ValidRange(
          Optional.of(Quantity.gibibytes(4)),
          Quantity.gibibytes(2),
          Optional.of(Quantity.gibibytes(20)),
          Optional.of(Quantity.gibibytes(2)));

  @ParameterizedTest
  @CsvSource({"1Gi, 2Gi", "5Gi, 6Gi", "6Gi, 6Gi", "20Gi, 20Gi"})
  void raisesRequestsIntoTheRange(String requested, String taken) {
    assertThat(amount(shared(RANGE), requested)).hasValue(Quantity.parse(taken));
  }

  @ParameterizedTest
  @CsvSource({"21Gi", "41Gi", "-1Gi"})
  void refusesWhatTheRangeForbids(String requested) {
    assertThat(amount(shared(RANGE), requested)).isEmpty();
  }

  @Test
  void takesTheDefaultUnasked() {
    assertThat(amounts(shared(RANGE), ImmutableMap.of()))
        .hasValue(ImmutableMap.of(MEMORY, Quantity.gibibytes(4)));
  }

  @Test
  void takesAllUnaskedWithoutADefault() {
    Device device = shared(new CapacityPolicy.DefaultOnly(Optional.empty()));

    assertThat(amounts(device, ImmutableMap.of()))
        .hasValue(ImmutableMap.of(MEMORY, Quantity.gibibytes(40)));
  }

  @ParameterizedTest
  @CsvSource({"1Gi, 5Gi", "5Gi, 5Gi", "6Gi, 30Gi"})
  void raisesRequestsToTheNextValidValue(String requested, String taken) {
    assertThat(amount(shared(values()), requested)).hasValue(Quantity.parse(taken));
  }

  @Test
  void refusesWhatIsAboveAllValidValues() {
    assertThat(amount(shared(values()), "31Gi")).isEmpty();
  }

  private static CapacityPolicy values() {
    return new CapacityPolicy.ValidValues(
        Optional.of(Quantity.gibibytes(5)),
        ImmutableList.of(Quantity.gibibytes(5), Quantity.gibibytes(30)));
  }

  @Test
  void refusesAStepOfNothing() {
    CapacityPolicy policy =
        new CapacityPolicy.ValidRange(
            Optional.empty(), Quantity.ZERO, Optional.empty(), Optional.of(Quantity.ZERO));

    assertThat(amount(shared(policy), "1Gi")).isEmpty();
  }

  @Test
  void asksADedicatedDeviceOnlyForEnough() {
    Device device = Device.builder().from(shared(RANGE)).allowMultipleAllocations(false).build();

    assertThat(amount(device, "21Gi")).isPresent();
    assertThat(amount(device, "41Gi")).isEmpty();
  }

  @Test
  void takesNamesLiterally() {
    QualifiedName qualified = QualifiedName.parse("gpu.example.com/memory");

    assertThat(amounts(shared(RANGE), ImmutableMap.of(qualified, Quantity.ONE))).isEmpty();
  }

  private static Device shared(CapacityPolicy policy) {
    return Device.builder()
        .name("device")
        .allowMultipleAllocations(true)
        .putCapacity(MEMORY, new DeviceCapacity(Quantity.gibibytes(40), Optional.of(policy)))
        .build();
  }

  private static Optional<Quantity> amount(Device device, String requested) {
    return amounts(device, ImmutableMap.of(MEMORY, Quantity.parse(requested)))
        .map(amounts -> amounts.get(MEMORY));
  }

  private static Optional<ImmutableMap<QualifiedName, Quantity>> amounts(
      Device device, ImmutableMap<QualifiedName, Quantity> requested) {
    DeviceRequest request =
        DeviceRequest.builder()
            .name("request")
            .deviceClass("any")
            .capacityRequests(requested)
            .build();
    return CapacityRules.amounts(request, device);
  }
}
