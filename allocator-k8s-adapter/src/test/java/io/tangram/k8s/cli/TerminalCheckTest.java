package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalCheckTest {

  @Test
  void doesAsTheVariableSays() {
    assertThat(TerminalCheck.isWatched(Map.of("TANGRAM_PROGRESS", "always"))).isTrue();
    assertThat(TerminalCheck.isWatched(Map.of("TANGRAM_PROGRESS", "never", "TERM", "xterm")))
        .isFalse();
  }

  @Test
  void showsNothingOnDumbTerminals() {
    assertThat(TerminalCheck.isWatched(Map.of("TERM", "dumb"))).isFalse();
    assertThat(TerminalCheck.isWatched(Map.of())).isFalse();
  }
}
