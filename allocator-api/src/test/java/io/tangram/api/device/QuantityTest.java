package io.tangram.api.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @Test
  void readsNothingThatIsLongerThanAnybodyWrites() {
    assertThat(Quantity.parse("9".repeat(1000))).isEqualTo(Quantity.of(Long.MAX_VALUE));
    assertThatThrownBy(() -> Quantity.parse("9".repeat(2_000_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a quantity of 2000000 characters is not read (R35). Write at most 1000.");
  }

  @ParameterizedTest
  @CsvSource({
    "1n, 0.000000001",
    "1u, 0.000001",
    "250m, 0.25",
    "0.5, 0.5",
    ".5, 0.5",
    "-3, -3",
    "+3, 3",
    "2k, 2000",
    "2M, 2000000",
    "2G, 2000000000",
    "2T, 2000000000000",
    "2P, 2000000000000000",
    "2E, 2000000000000000000",
    "1Ki, 1024",
    "1.5Mi, 1572864",
    "1Gi, 1073741824",
    "1Ti, 1099511627776",
    "1Pi, 1125899906842624",
    "1Ei, 1152921504606846976",
    "12e3, 12000",
    "12E-1, 1.2"
  })
  void readsEveryFormOfAnAmount(String text, String amount) {
    assertThat(Quantity.parse(text).value()).isEqualByComparingTo(new BigDecimal(amount));
    assertThat(Quantity.parse(text)).isEqualTo(Quantity.parse(amount));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Gi", "1gi", "1 Gi", "1Gib", "1e", "1e+", "1.2.3", "0x10", "1,5"})
  void readsNothingElse(String text) {
    assertThat(Quantity.isQuantity(text)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "15890m, 64, 15.89",
    "2, 1500m, 2000m",
    "263567892Ki, 300Gi, 251.358Gi",
    "0, 64Gi, 0Gi",
    "63999999999n, 64, 63.999999999",
    "64, 64, 64",
    "12345, 2e3, 12.345e3",
    "1, 8E, 0.001E"
  })
  void writesAnAmountInTheUnitOfAnother(String amount, String other, String expected) {
    String text = Quantity.parse(amount).inUnitOf(Quantity.parse(other));

    assertThat(text).isEqualTo(expected);
  }
}
