package io.tangram.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.device.DeviceSelector.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceSelectorsTest {

  private static final String DRIVER = "gpu.example.org";
  private static final QualifiedName MODEL = QualifiedName.of(DRIVER, "model");
  private static final QualifiedName MEMORY = QualifiedName.of(DRIVER, "memory");

  private final Device device =
      Device.builder()
          .name("d")
          .putAttributes(QualifiedName.of("", "model"), new AttributeValue.StringValue("big"))
          .putAttributes(
              QualifiedName.of("other.example.org", "model"),
              new AttributeValue.StringValue("small"))
          .putAttributes(QualifiedName.of("", "cores"), new AttributeValue.IntValue(8))
          .putAttributes(QualifiedName.of("", "fast"), new AttributeValue.BoolValue(true))
          .putCapacity(QualifiedName.of("", "memory"), DeviceCapacity.of(Quantity.parse("8Gi")))
          .build();

  @Test
  void comparesAttributesInTheDriversDomain() {
    assertThat(outcome(DeviceSelectors.attributeEquals(MODEL, "big"))).isEqualTo(Outcome.MATCH);
    assertThat(outcome(DeviceSelectors.attributeEquals(MODEL, "small")))
        .isEqualTo(Outcome.NO_MATCH);
    assertThat(outcome(DeviceSelectors.attributeEquals(QualifiedName.of(DRIVER, "cores"), 8)))
        .isEqualTo(Outcome.MATCH);
    assertThat(outcome(DeviceSelectors.attributeEquals(QualifiedName.of(DRIVER, "fast"), true)))
        .isEqualTo(Outcome.MATCH);
  }

  @Test
  void doesNotWantDevicesOfAnotherType() {
    assertThat(outcome(DeviceSelectors.attributeEquals(MODEL, 8))).isEqualTo(Outcome.NO_MATCH);
  }

  @Test
  void doesNotWantDevicesWithoutTheAttributeOrCapacity() {
    QualifiedName missing = QualifiedName.of("none.example.org", "model");

    assertThat(outcome(DeviceSelectors.attributeEquals(missing, "big")))
        .isEqualTo(Outcome.NO_MATCH);
    assertThat(outcome(DeviceSelectors.capacityAtLeast(missing, Quantity.ZERO)))
        .isEqualTo(Outcome.NO_MATCH);
  }

  @Test
  void comparesCapacities() {
    assertThat(outcome(DeviceSelectors.capacityAtLeast(MEMORY, Quantity.parse("8192Mi"))))
        .isEqualTo(Outcome.MATCH);
    assertThat(outcome(DeviceSelectors.capacityAtLeast(MEMORY, Quantity.parse("8193Mi"))))
        .isEqualTo(Outcome.NO_MATCH);
  }

  @Test
  void conjunctionWantsWhatAllWant() {
    DeviceSelector big = DeviceSelectors.attributeEquals(MODEL, "big");
    DeviceSelector here = DeviceSelectors.driverIs(DRIVER);
    DeviceSelector elsewhere = DeviceSelectors.driverIs("other.example.org");

    assertThat(outcome(DeviceSelectors.all(here, big))).isEqualTo(Outcome.MATCH);
    assertThat(outcome(DeviceSelectors.all(big, elsewhere))).isEqualTo(Outcome.NO_MATCH);
    assertThat(outcome(DeviceSelectors.all())).isEqualTo(Outcome.MATCH);
  }

  @Test
  void oneFalseOutweighsAFailureAsInCel() {
    DeviceSelector failing = new Failing();
    DeviceSelector elsewhere = DeviceSelectors.driverIs("other.example.org");

    assertThat(outcome(DeviceSelectors.all(failing, elsewhere))).isEqualTo(Outcome.NO_MATCH);
    assertThat(outcome(DeviceSelectors.all(DeviceSelectors.driverIs(DRIVER), failing)))
        .isEqualTo(new Outcome.Failure("broken"));
  }

  @Test
  void writesTheCelItStandsFor() {
    assertThat(DeviceSelectors.driverIs(DRIVER).expression())
        .isEqualTo("device.driver == \"gpu.example.org\"");
    assertThat(DeviceSelectors.attributeEquals(MODEL, "a\"\\\n").expression())
        .isEqualTo(
            "\"model\" in device.attributes[\"gpu.example.org\"] &&"
                + " device.attributes[\"gpu.example.org\"][\"model\"] == \"a\\\"\\\\\\u000a\"");
    assertThat(DeviceSelectors.capacityAtLeast(MEMORY, Quantity.parse("9Gi")).expression())
        .isEqualTo(
            "\"memory\" in device.capacity[\"gpu.example.org\"] &&"
                + " device.capacity[\"gpu.example.org\"][\"memory\"].compareTo(quantity(\"9Gi\"))"
                + " >= 0");
    assertThat(DeviceSelectors.all(DeviceSelectors.driverIs("a"), new Failing()).expression())
        .isEqualTo("device.driver == \"a\" && (1 / 0 == 0 || true)");
    assertThat(DeviceSelectors.all().expression()).isEqualTo("true");
  }

  @Test
  void saysWhatItReads() {
    SelectorReads reads =
        DeviceSelectors.all(
                DeviceSelectors.driverIs(DRIVER),
                DeviceSelectors.attributeEquals(MODEL, "big"),
                DeviceSelectors.capacityAtLeast(MEMORY, Quantity.ONE))
            .reads();

    assertThat(reads.everything()).isFalse();
    assertThat(reads.driver()).isTrue();
    assertThat(reads.attributes()).containsExactly(MODEL);
    assertThat(reads.capacities()).containsExactly(MEMORY);
  }

  @Test
  void equalConditionsAreEqual() {
    assertThat(DeviceSelectors.all(DeviceSelectors.attributeEquals(MODEL, "big")))
        .isEqualTo(DeviceSelectors.all(DeviceSelectors.attributeEquals(MODEL, "big")))
        .isNotEqualTo(DeviceSelectors.all(DeviceSelectors.attributeEquals(MODEL, "small")));
  }

  @Test
  void refusesNamesWithoutDomain() {
    assertThatThrownBy(() -> DeviceSelectors.attributeEquals(QualifiedName.of("", "model"), "big"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A selector looks up \"model\", which has no domain (R27). Put the driver before it:"
                + " driver/model.");
  }

  private Outcome outcome(DeviceSelector selector) {
    return selector.evaluate(DRIVER, device);
  }

  private record Failing() implements DeviceSelector {

    @Override
    public String expression() {
      return "1 / 0 == 0 || true";
    }

    @Override
    public Optional<String> defect() {
      return Optional.empty();
    }

    @Override
    public SelectorReads reads() {
      return SelectorReads.NOTHING;
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      return new Outcome.Failure("broken");
    }
  }
}
