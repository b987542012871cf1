package io.tangram.k8s.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * What kubectl shows of a node with an H100, its slices and what wants them, as a whole or with one
 * thing changed. Its claim gets a partition, and its pod a place.
 */
final class RealObjects {

  /** What the command says if nothing is changed. */
  static final String PLACED = "1 of 1 claims allocated, 1 of 1 pods placed";

  private RealObjects() {}

  static String text() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RealObjects.class.getResourceAsStream("real/h100.yaml"))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** Returns the text with one place changed, the first where it says this. */
  static String changed(String from, String to) throws IOException {
    String text = text();
    int at = text.indexOf(from);
    assertThat(at).as("place of %s", from).isNotNegative();
    return text.substring(0, at) + to + text.substring(at + from.length());
  }

  /** Has the command read a file of this content, {@code cluster.yaml} in the folder. */
  static Outcome allocate(Path folder, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("cluster.yaml"), content);
    return new CommandRun().run("allocate", "-f", file.toString());
  }

  /** Looks whether the command refuses a file of this content in exactly this line. */
  static void assertRefused(Path folder, byte[] content, String line) throws IOException {
    Outcome outcome = allocate(folder, content);

    assertThat(outcome.err().replace(folder + "/", ""))
        .isEqualTo("tangram: cluster.yaml: " + line + System.lineSeparator());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(2);
  }
}
