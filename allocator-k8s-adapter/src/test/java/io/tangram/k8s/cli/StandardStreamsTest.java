package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard streams that are closed, or go where nothing fits. */
class StandardStreamsTest {

  private static final OutputStream FULL =
      new OutputStream() {
        @Override
        public void write(int octet) throws IOException {
          throw new IOException("No space left on device");
        }
      };

  @TempDir private Path folder;

  private String cluster() throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), SmallClusters.with("a")).toString();
  }

  @Test
  void refusesToReadWhatIsClosed() {
    StandardStreams streams = StandardStreams.of("in");

    Outcome outcome = new CommandRun().in(streams.in()).run("allocate", "-f", "-");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "tangram: standard input: can't be read: it is closed." + System.lineSeparator());
  }

  @ParameterizedTest
  @ValueSource(strings = {"allocate", "verify"})
  void refusesToWorkForAClosedOutput(String command) {
    StandardStreams streams = StandardStreams.of("out");

    Outcome outcome = new CommandRun().out(streams.out()).run(command, "-f", "no-such-file");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "tangram "
                + command
                + ": standard output is closed; open it, or send it to a file."
                + System.lineSeparator());
  }

  @Test
  void needsNoOutputForTheFormatNone() throws IOException {
    Outcome outcome =
        new CommandRun()
            .out(StandardOutput.closed())
            .run("allocate", "-f", cluster(), "-o", "none");

    assertThat(outcome.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version", "allocate --help", "verify -f -"})
  void losesNoTextSilently(String args) {
    Outcome outcome =
        new CommandRun()
            .in(
                SmallClusters.OBJECTS
                    + SmallClusters.holder("a", "gpu-0")
                    + SmallClusters.holder("b", "gpu-0"))
            .out(StandardOutput.to(FULL))
            .run(args.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err())
        .endsWith(
            "tangram: can't write standard output: No space left on device."
                + System.lineSeparator());
  }

  @Test
  void losesNoResultSilently() throws IOException {
    Outcome outcome =
        new CommandRun().out(StandardOutput.to(FULL)).run("allocate", "-f", cluster());

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err())
        .isEqualTo(
            "tangram: can't write standard output: No space left on device."
                + System.lineSeparator());
  }

  @Test
  void saysNothingToAReaderThatHasEnough() throws IOException {
    OutputStream pipe =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    Outcome allocated =
        new CommandRun().out(StandardOutput.to(pipe)).run("allocate", "-f", cluster());
    Outcome catalog = new CommandRun().out(StandardOutput.to(pipe)).run("catalog", "H100-80GB");

    assertThat(allocated.exitCode()).isEqualTo(70);
    assertThat(allocated.err()).isEmpty();
    assertThat(catalog.exitCode()).isEqualTo(70);
    assertThat(catalog.err()).isEmpty();
  }

  @Test
  void knowsThatTheErrorsAreClosed() {
    assertThat(StandardStreams.of("err,in").err().checkError()).isTrue();
    assertThat(StandardStreams.of("").err().checkError()).isFalse();
    assertThatThrownBy(() -> StandardStreams.of("err,in").in().read())
        .isInstanceOf(IOException.class);
  }
}
