package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void putsASpaceForEachBreak() {
    assertThat(OneLine.of("\na\r\nb  \u2028 c\n")).isEqualTo("a b c");
  }

  @Test
  void showsWhatATerminalWouldObeyOrHide() {
    assertThat(OneLine.of("a\u001b[31m\t\u202e\uFEFF\uDB40\uDC01\ud800"))
        .isEqualTo("a\\u001B[31m\\u0009\\u202E\\uFEFF\\uDB40\\uDC01\\uD800");
  }

  @Test
  void keepsLettersOfEveryLanguage() {
    assertThat(OneLine.of("Gr\u00f6\u00dfe \u5927\u5c0f \uD83D\uDE00"))
        .isEqualTo("Gr\u00f6\u00dfe \u5927\u5c0f \uD83D\uDE00");
  }

  @Test
  void keepsTheEndsOfWhatIsLong() {
    String line = OneLine.of("where " + "x".repeat(1_000_000) + " what");

    assertThat(line).startsWith("where ").endsWith(" what").contains("...").hasSize(2_003);
  }
}
