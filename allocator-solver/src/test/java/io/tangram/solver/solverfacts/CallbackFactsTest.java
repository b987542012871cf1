package io.tangram.solver.solverfacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What native code does with a callback that misbehaves. Each callback gets a process to kill. */
class CallbackFactsTest {

  @Test
  void anExceptionInASolutionCallbackKillsTheProcess() throws Exception {
    Ended process = run("throwing");

    assertThat(process.exitValue()).as(process.output()).isNotIn(0, MisbehavingCallback.SURVIVED);
    assertThat(process.output()).contains("from the callback");
  }

  @Test
  void aLambdaIsNoBestBoundCallback() throws Exception {
    Ended process = run("lambda");

    assertThat(process.exitValue()).as(process.output()).isNotEqualTo(MisbehavingCallback.SURVIVED);
    assertThat(process.output()).contains("NoSuchMethodError");
  }

  private record Ended(int exitValue, String output) {}

  private static Ended run(String misbehaviour) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    // a crash leaves no files behind
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=/dev/null",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MisbehavingCallback.class.getName(),
                    misbehaviour))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
