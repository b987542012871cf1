package io.tangram.k8s.cli;

import static io.tangram.k8s.cli.CommandProcess.text;
import static io.tangram.k8s.cli.CommandProcess.textOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.write.SummarySchema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TangramIT {

  private static final Path EXAMPLE = Path.of("examples", "mig-cluster.yaml");

  @TempDir private Path folder;

  @Test
  void allocatesTheExampleWithProof() throws Exception {
    Process process = CommandProcess.of("allocate", "-f", EXAMPLE + "", "--summary", "-").start();
    CompletableFuture<String> err = textOf(process.getErrorStream());
    String out = text(process.getInputStream());

    assertThat(process.waitFor()).isZero();
    assertThat(out).startsWith("apiVersion: v1\nkind: List\nitems:\n- apiVersion: resource.k8s.io");
    assertThat(SummarySchema.complaints(err.get())).isEmpty();
    assertThat(err.get())
        .contains("\"status\": \"OPTIMAL\"", "\"pending\": 94", "\"allocated\": 90");
  }

  @Test
  void refusesNoiseInOneLine() throws Exception {
    Process process = CommandProcess.of("allocate", "-f", "-").start();
    Path noise = folder.resolve("out");
    try (OutputStream in = process.getOutputStream()) {
      byte[] block =
          "lorem ipsum dolor sit amet\n".repeat(1 << 15).getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 230; i++) {
        in.write(block);
      }
    } catch (IOException e) {
      Files.writeString(noise, "the command stopped reading: " + e.getMessage());
    }

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(noise).exists();
    assertThat(text(process.getErrorStream()))
        .startsWith("tangram: standard input: one value of more than 2 MiB")
        .hasLineCount(1);
  }

  /** As a shell hands them on: {@code --shared <(kubectl get ...)}. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void readsPipesAsFiles() throws Exception {
    for (String claim : List.of("a", "b")) {
      Files.writeString(folder.resolve(claim + ".yaml"), SmallClusters.claim(claim));
    }
    ProcessBuilder command =
        CommandProcess.of(
            "allocate -f a.yaml -f b.yaml --shared /dev/stdin --each results -o ndjson".split(" "));
    Process process = command.directory(folder.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(SmallClusters.OBJECTS.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(text(process.getErrorStream()))
        .contains("a.yaml: 1 of 1 claims allocated", "b.yaml: 1 of 1 claims allocated");
    assertThat(process.waitFor()).isZero();
    assertThat(folder.resolve("results/b.ndjson")).content().contains("\"gpu-0\"");
  }
}
