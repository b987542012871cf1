package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.solver.CpSatAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole results, each beside its input. What their inputs show is said there. */
class GoldenResultTest {

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenResultTest.class.getResourceAsStream("golden/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "shared-gpu, optimal",
    "shared-gpu, first-fit",
    "gpu-and-nic, first-fit",
    "partitions, first-fit",
  })
  void isByteForByteTheSame(String input, String allocator) throws IOException {
    Outcome outcome =
        new CommandRun()
            .allocator(new CpSatAllocator())
            .in(resource(input + ".yaml"))
            .run("allocate", "-f", "-", "--allocator", allocator);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo(resource(input + "." + allocator + ".yaml"));
  }

  @ParameterizedTest
  @CsvSource({"shared-gpu, optimal", "gpu-and-nic, first-fit", "partitions, first-fit"})
  void passesVerification(String input, String allocator) throws IOException {
    String objects =
        resource(input + ".yaml")
            .replaceAll("(?s)---\\napiVersion: [^\\n]+\\nkind: ResourceClaim.*", "");
    String claims = resource(input + "." + allocator + ".yaml");

    Outcome outcome =
        new CommandRun().in(objects + "---\n" + claims).run("verify", "-f", "-", "--strict");

    assertThat(outcome.err()).contains(": 0 violations, 0 warnings of drift");
    assertThat(outcome.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimal", "first-fit"})
  void hasThePodsThatChangeToo(String allocator) throws IOException {
    Outcome outcome =
        new CommandRun()
            .allocator(new CpSatAllocator())
            .in(resource("pods.yaml"))
            .run("allocate", "-f", "-", "--with-pods", "--allocator", allocator);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEqualTo(resource("pods.result.yaml"));
    assertThat(outcome.err())
        .contains(
            "warning: pod ml/lost stays out: UNSUPPORTED_CONSTRAINT: claim template ml/two-gpus,"
                + " which it names, is not there (R226)",
            "warning: pod ml/open stays out: UNSUPPORTED_CONSTRAINT: host port 80 is not supported",
            "2 of 4 claims allocated, 4 of 7 pods placed");
  }

  @Test
  void passesVerificationWithItsPods(@TempDir Path folder) throws IOException {
    Path objects = Files.writeString(folder.resolve("pods.yaml"), resource("pods.yaml"));

    Outcome outcome =
        new CommandRun()
            .in(resource("pods.result.yaml"))
            .run("verify", "-f", objects.toString(), "--result", "-", "--strict");

    assertThat(outcome.err()).contains("3 allocations checked: 0 violations, 0 warnings of drift");
    assertThat(outcome.exitCode()).isZero();
  }
}
