package io.tangram.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table is what its script makes of the facts, where the facts are at hand. */
class GpuModelTableIsCurrentTest {

  private static final Path SCRIPT = Path.of("src", "main", "scripts", "gpu_models.py");
  private static final Path FACTS = Path.of("..", "..", "shared", "domain", "mig-profiles.json");
  private static final Path TABLE =
      Path.of("src", "main", "resources", "io", "tangram", "api", "catalog", "gpu-models.txt");

  @TempDir private Path folder;

  @Test
  void tableIsWhatTheScriptMakesOfTheFacts() throws Exception {
    assumeThat(FACTS).exists();
    assumeThat(pythonRuns()).isTrue();

    assertThat(output("python3", SCRIPT.toString(), FACTS.toString()))
        .isEqualTo(Files.readString(TABLE));
  }

  private boolean pythonRuns() throws Exception {
    try {
      return output("python3", "-c", "print(3)").equals("3\n");
    } catch (IOException e) {
      return false;
    }
  }

  private String output(String... command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    assertThat(ended).isTrue();
    assertThat(Files.readString(err)).isEmpty();
    assertThat(process.exitValue()).isZero();
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
