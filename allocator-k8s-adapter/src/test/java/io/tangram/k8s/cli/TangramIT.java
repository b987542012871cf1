package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tangram.k8s.write.SummarySchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TangramIT {

  /** From this version on Java remarks on native code, on standard error. */
  private static final int NATIVE_ACCESS_SINCE = 22;

  private static final Path EXAMPLE = Path.of("examples", "mig-cluster.yaml");

  @TempDir private Path folder;

  private static Process start(Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).start();
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void allocatesTheExampleWithProof() throws Exception {
    Process process = start(Tangram.class, "allocate", "-f", EXAMPLE + "", "--summary", "-");
    CompletableFuture<String> err =
        CompletableFuture.supplyAsync(() -> unchecked(process.getErrorStream()));
    String out = text(process.getInputStream());

    assertThat(process.waitFor()).isZero();
    assertThat(out).startsWith("apiVersion: v1\nkind: List\nitems:\n- apiVersion: resource.k8s.io");
    assertThat(SummarySchema.complaints(err.get())).isEmpty();
    assertThat(err.get())
        .contains("\"status\": \"OPTIMAL\"", "\"pending\": 94", "\"allocated\": 90");
  }

  private static String unchecked(InputStream in) {
    try {
      return text(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void refusesNoiseInOneLine() throws Exception {
    Process process = start(Tangram.class, "allocate", "-f", "-");
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

  @Test
  void writesTheBestPlanSoFarOnASignal() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/bin/kill")) || Files.isExecutable(Path.of("/usr/bin/kill")));
    Path cluster = Files.writeString(folder.resolve("c.yaml"), SmallClusters.with("a"));
    Process process =
        start(InterruptibleCommand.class, "allocate", "-f", cluster.toString(), "-o", "ndjson");
    BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
    assertThat(err.readLine()).isEqualTo(InterruptibleCommand.WORKING);

    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();

    assertThat(text(process.getInputStream())).contains("\"device\":\"gpu-0\"").hasLineCount(1);
    assertThat(process.waitFor()).isEqualTo(130);
  }
}
