package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.solver.greedy.FirstFitAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts rely on: each exit code means one thing, and help says which there are. */
class EveryExitCodeTest {

  private static final String TWICE =
      SmallClusters.OBJECTS
          + SmallClusters.holder("a", "gpu-0")
          + SmallClusters.holder("b", "gpu-0");

  private static Outcome run(String text, String command) {
    return CommandRun.asInstalled().in(text).run((command + " -f -").split(" "));
  }

  @Test
  void isZeroWhereAllIsDoneAlsoIfClaimsStayOut() {
    assertThat(run(SmallClusters.with("a", "b", "c"), "allocate").exitCode()).isZero();
    assertThat(run(SmallClusters.with("a"), "allocate --require-all").exitCode()).isZero();
    assertThat(run(SmallClusters.with("a"), "verify").exitCode()).isZero();
  }

  @Test
  void isOneWhereWhatWasAskedForDoesNotHold() {
    Outcome allocated = run(SmallClusters.with("a", "b", "c"), "allocate --require-all");
    Outcome verified = run(TWICE, "verify");

    assertThat(allocated.exitCode()).isEqualTo(1);
    assertThat(allocated.out()).contains("name: c"); // the result is there all the same
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.out()).hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "allocate --dance",
    "allocate --time-limit soon",
    "allocate -f no-such-file",
    "verify --dance",
    "dance",
  })
  void isTwoForBadUsage(String command) {
    Outcome outcome = run(SmallClusters.with("a"), command);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("tangram").hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"allocate", "verify"})
  void isTwoForBadInput(String command) {
    Outcome outcome = run(SmallClusters.with("a").replace("kind: Node", "kind: ["), command);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("tangram: standard input: line ").hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void isThreeWhereTimePassedBeforeThereWasAnything() {
    Outcome outcome = run(SmallClusters.with("a"), "allocate --time-limit 0.000001ms");

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).startsWith("tangram: ").hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void isSeventyForFaultsOfTheProgram() {
    Outcome outcome =
        new CommandRun()
            .in(SmallClusters.with("a"))
            .allocator(
                new ScriptedAllocator(
                    "first-fit",
                    (problem, options) -> {
                      throw new IllegalStateException("a fault");
                    }))
            .run("allocate", "-f", "-");

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err()).startsWith("tangram: internal error: ").hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  /** What a signal does to the process is told in {@code InterruptionIT}. */
  @Test
  void isOneHundredAndThirtyWhereItWasInterrupted() {
    CommandRun command = new CommandRun().in(SmallClusters.with("a"));
    command.allocator(
        new ScriptedAllocator(
            "first-fit",
            (problem, options) -> {
              command.interruption().cancellation().cancel();
              return new FirstFitAllocator().allocate(problem, AllocationOptions.DEFAULTS);
            }));

    Outcome outcome = command.run("allocate", "-f", "-", "--require-all");

    assertThat(outcome.exitCode()).isEqualTo(130);
    assertThat(outcome.out()).contains("device: gpu-0");
  }

  @ParameterizedTest
  @CsvSource({
    "allocate, 0 1 2 3 70 130",
    "verify, 0 1 2 70 130",
    "catalog, 0 2 70",
    "generate, 0 2 70 130",
    "completion, 0 2 70",
  })
  void isInTheHelpOfItsCommand(String command, String codes) {
    String help = new CommandRun().run(command, "--help").out();

    String list = help.replaceFirst("(?s).*\nExit codes:\n", "").replaceFirst("(?s)\n\n.*", "");
    assertThat(list.lines().map(line -> line.replaceFirst("^ +(\\d+) .*", "$1")))
        .filteredOn(line -> line.matches("\\d+"))
        .containsExactly(codes.split(" "));
  }
}
