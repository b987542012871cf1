package io.tangram.solver.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardErrorLoggingTest {

  private static String logged(boolean traces) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
    new StandardErrorLogging(err, traces)
        .getLoggerFactory()
        .getLogger("child")
        .error(
            "the search failed",
            new UncheckedIOException("can't go on", new IOException("no pipe")));
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysWhatWasThrownAndWhyInOneLine() {
    assertThat(logged(false))
        .isEqualTo(
            "the search failed: java.io.UncheckedIOException: can't go on; because of"
                + " java.io.IOException: no pipe"
                + System.lineSeparator());
  }

  @Test
  void writesStackTracesForThoseWhoAsk() {
    assertThat(logged(true)).contains("the search failed: ", "\tat " + getClass().getName());
  }
}
