package io.tangram.k8s.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainScalarTest {

  @Test
  void takesAnyLengthForATime() {
    assertThat(PlainScalar.isText("1:".repeat(100_000) + "1")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "yes, true",
    "On, true",
    "TRUE, true",
    "no, false",
    "OFF, false",
    "~, null",
    "Null, null",
    "12, 12",
    "-7, -7",
    "+7, 7",
    "0x1F, 31",
    "0o17, 15",
    "017, 15",
    "0b101, 5",
    "1_000, 1000",
    "9223372036854775808, 9223372036854775808",
    "1.5, 1.5",
    "1e3, 1e3",
    ".5, 0.5",
    "5., 5",
    "09, 9",
  })
  void readsWordsAndNumbersAsKubernetesDoes(String text, String json) {
    assertThat(JsonEmitter.compact(PlainScalar.resolve(text))).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80Gi", "1g.10gb", "580.65.6", "2025-01-01", "2025-01-01T00:00:00Z", "1:30", "yEs", "nil",
        "-", "+", ".", "0x", "1e", "v1", "--1", "y",
        "N"
      })
  void readsEverythingElseAsText(String text) {
    assertThat(PlainScalar.resolve(text).isTextual()).isTrue();
    assertThat(PlainScalar.resolve(text).textValue()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yes",
        "n",
        "null",
        "",
        "1",
        "-1",
        "+1",
        "0x1",
        "0b1",
        "1_0",
        "1.5",
        "1e3",
        "1:30",
        "1:30:15.5",
        "2025-01-01",
        "2025-1-1 10:00:00",
        ".5",
        ".inf",
        "-.inf",
        "09",
        "1,000",
        "0o7"
      })
  void knowsWhatSomeReaderTakesForSomethingElse(String text) {
    assertThat(PlainScalar.isText(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"80Gi", "1g.10gb", "580.65.6", "gpu-0", "nope", "8e7c1234-aaaa"})
  void knowsPlainText(String text) {
    assertThat(PlainScalar.isText(text)).isTrue();
  }
}
