package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationListener.Event;
import io.tangram.api.AllocationProblem;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.k8s.read.InputFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interruption interruption = new Interruption();
  private final TerminalProgress progress =
      new TerminalProgress(
          new PrintStream(err, true, StandardCharsets.UTF_8),
          new Amounts(Admission.MOST_CLAIMS),
          interruption);

  /** Returns the line that is shown now, without its time. */
  private String shown() {
    err.reset();
    progress.draw();
    return err.toString(StandardCharsets.UTF_8)
        .replace("\r\u001b[K", "")
        .replaceAll(" +[0-9.]+ s$", "");
  }

  @Test
  void saysWhatIsGoingOn() {
    progress.reading(List.of(InputFile.of(Path.of("cluster.yaml"))));
    assertThat(shown()).isEqualTo("reading cluster.yaml");

    progress.compiling(AllocationProblem.builder().build());
    assertThat(shown()).isEqualTo("compiling 0 claims");

    progress.on(new Event.Compiled(PlanStatistics.builder().strategy("patterns").build()));
    assertThat(shown()).isEqualTo("solving");

    progress.on(new Event.Improved("admission", 2767, Double.POSITIVE_INFINITY));
    assertThat(shown()).isEqualTo("solving admission: 2,767");

    progress.on(new Event.Improved("admission", 2767, 2800));
    assertThat(shown()).isEqualTo("solving admission: 2,767, bound 2,800, gap 1.19 %");

    progress.on(new Event.Improved("fit", 33_076_613, 26_092_385));
    assertThat(shown()).isEqualTo("solving fit: 33.077, bound 26.092, gap 21.12 %");

    progress.on(new Event.Checking());
    assertThat(shown()).isEqualTo("checking");

    progress.writing();
    assertThat(shown()).isEqualTo("writing");
  }

  @Test
  void fitsOneLine() {
    progress.reading(List.of(InputFile.of(Path.of("x".repeat(200)))));
    progress.draw();

    assertThat(err.toString(StandardCharsets.UTF_8)).hasSizeLessThan(85);
  }

  @Test
  void drawsNothingAfterAnInterruption() {
    progress.reading(List.of());
    interruption.cancellation().cancel();

    assertThat(shown()).isEmpty();
  }

  @Test
  void leavesNothingBehind() {
    progress.reading(List.of());
    progress.draw();
    err.reset();

    progress.clear();
    progress.clear();

    assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[K");
  }
}
