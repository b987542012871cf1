package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({"10s, 10000", "250ms, 250", "1m30s, 90000", "1.5h, 5400000", "0s, 0"})
  void readsWhatPeopleWrite(String text, long millis) {
    assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "-1s", "1 s", "10sec", "1d"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is not a duration; write 10s, 1m30s or 250ms");
  }

  @Test
  void readsAnyNumberOfParts() {
    assertThat(DurationText.parse("1s".repeat(100_000))).isEqualTo(Duration.ofSeconds(100_000));
  }

  @Test
  void writesSeconds() {
    assertThat(DurationText.seconds(Duration.ofMillis(1234))).isEqualTo("1.23 s");
    assertThat(DurationText.seconds(Duration.ofMillis(12_345))).isEqualTo("12.3 s");
  }
}
