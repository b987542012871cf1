package io.tangram.k8s.cel;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegularExpressionSizeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a{1000}",
        "(a{10}){100}",
        "(a{10}b{100}){10}",
        "a{10}{1}",
        "[{]{1000}[\\]{1001}]",
        "[]{1001}]",
        "[[:alpha:]{1001}]",
        "\\Q{1001}\\E",
        "\\{1001}",
        "{1001",
        "x{,1001}",
        "x{a}",
        ")",
        "(",
        "[",
        "[[:",
        "\\",
        "\\Q"
      })
  void acceptsWhatStaysSmall(String expression) {
    assertThatCode(() -> RegularExpressionSize.check(expression)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{1001}",
        "a{1,1001}",
        "a{1001,}",
        "(a{11}){100}",
        "(b|(a{10}c){10}){11}",
        "((a{100}){100}){100}",
        "(a{2}){501}"
      })
  void refusesRepetitionsThatMultiplyToMoreThan1000(String expression) {
    assertThatExceptionOfType(CelFailure.class)
        .isThrownBy(() -> RegularExpressionSize.check(expression))
        .withMessageContaining("repeats more than 1000 times");
  }

  @Test
  void refusesProgramsOutOfProportion() {
    String group = "(" + "ab".repeat(2000) + "){";

    assertThatCode(() -> RegularExpressionSize.check(group + "800}")).doesNotThrowAnyException();
    assertThatExceptionOfType(CelFailure.class)
        .isThrownBy(() -> RegularExpressionSize.check(group + "900}"))
        .withMessageContaining("too large");
  }

  @Test
  void refusesMoreThan1000GroupsInsideOfEachOther() {
    assertThatExceptionOfType(CelFailure.class)
        .isThrownBy(() -> RegularExpressionSize.check("(".repeat(1001)))
        .withMessageContaining("more than 1000 groups");
  }
}
