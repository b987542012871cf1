package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code tangram generate} in a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GenerateIT {

  private Process process;

  @AfterEach
  void leaveNoProcessBehind() {
    process.destroyForcibly();
  }

  @Test
  void endsAtOnceWhenItIsInterrupted() throws Exception {
    process = CommandProcess.of("generate", "--nodes", "8xH100-80GB=1000000000").start();
    CompletableFuture<String> err = CommandProcess.textOf(process.getErrorStream());
    assertThat(CommandProcess.says("ResourceSlice", process.getInputStream())).isTrue();

    CommandProcess.signal(process, "TERM");

    assertThat(process.waitFor()).isEqualTo(130);
    assertThat(err.get()).isEmpty();
  }

  /** What is written is twice as much as Java may hold. */
  @Test
  void writesFiveThousandNodesInLittleMemory() throws Exception {
    ProcessBuilder command =
        CommandProcess.of(
            "generate",
            "--nodes",
            "8xH100-80GB=5000",
            "--partitions",
            "none",
            "--nics",
            "--held",
            "0.5",
            "--claims",
            "gpu=20000",
            "--pods",
            "10000",
            "-o",
            "ndjson");
    command.command().add(1, "-Xmx32m");
    process = command.start();
    CompletableFuture<String> err = CommandProcess.textOf(process.getErrorStream());
    long characters = 0;
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        characters += line.length();
      }
    }

    assertThat(process.waitFor()).as(err.get()).isZero();
    assertThat(err.get()).contains(" 5000 Node, ", " 10000 ResourceSlice");
    assertThat(characters).isGreaterThan(64L << 20);
  }
}
