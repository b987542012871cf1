package io.tangram.k8s.cli;

import static io.tangram.k8s.cli.CommandProcess.says;
import static io.tangram.k8s.cli.CommandProcess.signal;
import static io.tangram.k8s.cli.CommandProcess.text;
import static io.tangram.k8s.cli.CommandProcess.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tangram.k8s.write.SummarySchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What signals do to the command, in a process of its own and with the solver that is meant. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class InterruptionIT {

  private static final int SIGINT = 2;

  @TempDir private Path folder;
  private Process process;

  @AfterEach
  void leaveNoProcessBehind() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void start(String... args) throws IOException {
    ProcessBuilder builder = CommandProcess.of(args).directory(folder.toFile());
    builder.environment().put("TANGRAM_PROGRESS", "always");
    process = builder.start();
  }

  /** A parent that ignores the interrupt, such as a job in the background, hands that on. */
  private static void assumeHeard(String signal) throws IOException {
    assumeFalse(signal.equals("INT") && CommandProcess.ignores(SIGINT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void writesTheBestPlanSoFarWhileSolving(String signal) throws Exception {
    assumeHeard(signal);
    Path input = Files.writeString(folder.resolve("odd.yaml"), OddCluster.text());
    start(("allocate -o ndjson --time-limit 1h --summary s.json -f " + input).split(" "));
    assertThat(says("solving admission: ", process.getErrorStream())).isTrue();

    signal(process, signal);
    var err = textOf(process.getErrorStream());
    String out = text(process.getInputStream());

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(out.lines()).hasSize(OddCluster.CLAIMS).allMatch(InterruptionIT::isWholeObject);
    assertThat(out).contains("\"allocation\":");
    assertThat(err.get()).contains("tangram: interrupted; this is the best plan so far.");
    assertThat(SummarySchema.complaints(Files.readString(folder.resolve("s.json")))).isEmpty();
  }

  private static boolean isWholeObject(String line) {
    try {
      return new ObjectMapper().readTree(line).path("kind").asText().equals("ResourceClaim");
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void writesNothingWhileReading(String signal) throws Exception {
    assumeHeard(signal);
    start("allocate", "--summary", "s.json", "-f", "-");
    process.getOutputStream().write(OddCluster.text().getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    assertThat(says("reading", process.getErrorStream())).isTrue();

    signal(process, signal);

    assertThat(text(process.getInputStream())).isEmpty();
    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(text(process.getErrorStream()))
        .endsWith("tangram: interrupted before there was a plan; nothing is written.\n");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  /** Each command says what is lost, and none of them speaks of what it doesn't make. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void saysThatVerifyDidNotCheckEverything(String signal) throws Exception {
    assumeHeard(signal);
    start("verify", "-f", "-");
    writeUntilItIsRead();

    signal(process, signal);

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(text(process.getInputStream())).isEmpty();
    assertThat(text(process.getErrorStream()))
        .isEqualTo(
            TerminalProgress.START_OF_LINE
                + "tangram: interrupted before everything was checked.\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void saysHowManyFilesAreDone(String signal) throws Exception {
    assumeHeard(signal);
    Path done = Files.writeString(folder.resolve("a.yaml"), SmallClusters.with("a"));
    start("allocate", "-f", done.toString(), "-f", "/dev/stdin", "--each", folder + "/out");
    writeUntilItIsRead();

    signal(process, signal);

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(text(process.getErrorStream()))
        .endsWith(
            "tangram: interrupted before there was a plan for /dev/stdin; 1 of 2 files is done.\n");
    assertThat(folder.resolve("out/a.yaml")).content().contains("gpu-0");
    assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**stdin*");
  }

  /** A pipe doesn't hold this much, so when all of it is written some has been read. */
  private void writeUntilItIsRead() throws IOException {
    String comment = "#".repeat(63) + "\n";
    process.getOutputStream().write(comment.repeat(1 << 12).getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }
}
