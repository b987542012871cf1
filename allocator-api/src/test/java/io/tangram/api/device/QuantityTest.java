package io.tangram.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

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
