package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.solver.CpSatAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
