package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TangramTest {

  private static final List<String> COMMANDS =
      List.of("allocate", "verify", "catalog", "generate", "completion");

  /** A person learns from examples, and a script needs the exit codes. */
  @Test
  void everyCommandHasHelpToLearnFrom() {
    assertThat(COMMANDS)
        .allSatisfy(
            command -> {
              Outcome outcome = new CommandRun().run(command, "--help");

              assertThat(outcome.exitCode()).isZero();
              assertThat(outcome.err()).isEmpty();
              assertThat(outcome.out())
                  .contains("Usage: tangram " + command, "Examples:", "Exit codes:")
                  .doesNotContain("null");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void teachesOnStandardOutput(String option) {
    Outcome outcome = new CommandRun().run(option);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("allocate", "verify", "catalog", "generate", "completion")
        .contains("tangram allocate --help", "source <(tangram completion bash)");
    assertThat(outcome.err()).isEmpty();
  }

  /** A shell takes the lines of an example together where they are broken with a backslash. */
  @Test
  void showsExamplesThatCanBeCopied() {
    String help = new CommandRun().run("allocate", "--help").out();

    assertThat(help.replaceAll("\\\\\\R", "").lines())
        .contains(
            "    kubectl get -A -o yaml nodes,namespaces,pods,priorityclasses,resourceslices,"
                + "deviceclasses,resourceclaims,resourceclaimtemplates > cluster.yaml",
            "    tangram allocate -f clusters/ --each results/");
    assertThat(new CommandRun().run("verify", "--help").out().lines())
        .contains("  tangram allocate -f cluster.yaml | tangram verify -f cluster.yaml --result -");
  }

  @Test
  void saysWhichBuildItIs() {
    assertThat(new CommandRun().run("--version").out()).matches("tangram [0-9].*\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | tangram: Name a command, one of allocate, verify, catalog, generate, completion."
            + " See tangram --help.",
        "dance | tangram: 'dance' is no command; there are allocate, verify, catalog, generate, completion. See"
            + " tangram --help.",
        "allocate | tangram allocate: Missing required option: '-f FILE'. See tangram allocate"
            + " --help.",
        "allocate -f x --dance | tangram allocate: '--dance' is no option. See tangram allocate"
            + " --help.",
        "alocate -f x | tangram: 'alocate' is no command; did you mean allocate? See tangram --help.",
        "allocate -f x --sumary=y | tangram allocate: '--sumary=y' is no option; did you mean"
            + " --summary? See tangram allocate --help.",
        "allocate -f x --allocator best | tangram allocate: --allocator: 'best' must be one of first-fit.",
        "allocate -f x --admit all | tangram allocate: --admit: 'all'"
            + " must be one of most-claims, most-device-share, in-order. See tangram allocate"
            + " --help.",
        "allocate -f x --time-limit 10 | tangram allocate: --time-limit:"
            + " '10' is not a duration; write 10s, 1m30s or 250ms. See tangram allocate --help.",
        "allocate -f x --time-limit 0s | tangram allocate: --time-limit: '0s' is no time at all; write"
            + " more, as 10s. See tangram allocate --help.",
        "allocate -f x --gap 2 | tangram allocate: --gap: '2' is not a number from 0 to 1. See tangram"
            + " allocate --help.",
        "allocate -f x --gap NaN | tangram allocate: --gap: 'NaN' is not a number from 0 to 1. See"
            + " tangram allocate --help.",
        "allocate -f x --gap small | tangram allocate: --gap: 'small' is not a number from 0 to 1. See"
            + " tangram allocate --help.",
        "allocate -f x --workers few | tangram allocate: --workers: 'few' is not a whole number from 1"
            + " to 2147483647. See tangram allocate --help.",
        "allocate x | tangram allocate: 'x' belongs to no option; name input with -f. See tangram"
            + " allocate --help.",
        "allocate -f x --workers 0 | tangram allocate: --workers: '0' is not a whole number from 1 to"
            + " 2147483647. See tangram allocate --help.",
        "allocate -f x --workers 9999999999 | tangram allocate: --workers: '9999999999' is not a whole"
            + " number from 1 to 2147483647. See tangram allocate --help.",
        "allocate -f x --seed one | tangram allocate: --seed: 'one' is"
            + " not a whole number of 64 bits. See tangram allocate --help.",
        "allocate -f x --now today | tangram allocate: --now: 'today' is"
            + " not a time; write 2025-01-31T12:00:00Z. See tangram allocate --help.",
        "allocate -f x -o xml | tangram allocate: -o: 'xml' must be one"
            + " of yaml, json, ndjson, none. See tangram allocate --help.",
        "allocate -f no-such-file | tangram: no-such-file: no such file or folder. Check the path"
            + " behind -f.",
        "verify -f no-such-file | tangram: no-such-file: no such file or folder. Check the path"
            + " behind -f.",
      })
  void refusesBadUsageInOneLine(String args, String line) {
    Outcome outcome = new CommandRun().run(args.isEmpty() ? new String[0] : args.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).isEqualTo(line + System.lineSeparator());
    assertThat(outcome.out()).isEmpty();
  }
}
