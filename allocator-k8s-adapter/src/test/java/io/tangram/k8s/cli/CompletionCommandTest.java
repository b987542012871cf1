package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script is asked in a bash of its own, as bash asks when somebody presses the tab key. */
class CompletionCommandTest {

  private static final Path BASH = Path.of("/bin/bash");

  private static final String ASK =
      """
      compopt() { :; }
      source "$1"
      shift
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      _complete_tangram tangram "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[*]}"
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'c' | catalog completion",
        "'allocate --a' | --allocator --admit --assume-vanished-free",
        "'allocate --allocator ' | first-fit",
        "'allocate --admit ' | most-claims most-device-share in-order",
        "'allocate -o j' | json",
        "'allocate --objectives p' | preference packing",
        "'allocate --expect sha' | shapes.yaml",
        "'allocate --prices sha' | shapes.yaml",
        "'allocate --start sha' | shapes.yaml",
        "'allocate -f sha' | shapes.yaml",
        "'allocate --sha' | --shared",
        "'allocate --shared sha' | shapes.yaml",
        "'verify -f sha' | shapes.yaml",
        "'verify --' | --assume-vanished-free --feature-gates --help --kubernetes-version --result"
            + " --strict --topology",
        "'verify --topology sha' | shapes.yaml",
        "'verify --result sha' | shapes.yaml",
        "'catalog 8xH' | 8xH100-80GB 8xH200-141GB",
        "'catalog --layouts ' | maximal all none",
        "'generate -o y' | yaml",
        "'generate --nodes 4x' | 4xGB200-186GB",
        "'generate --claims' | --claims --claims-per-pod",
        "'generate --pods a' | auto",
        "'completion ' | bash zsh",
      })
  void completesCommandsOptionsWordsAndFiles(String typed, String completions) throws Exception {
    assumeTrue(Files.isExecutable(BASH));
    Path script =
        Files.writeString(
            folder.resolve("script"), new CommandRun().run("completion", "bash").out());
    Files.createFile(folder.resolve("shapes.yaml"));

    String out = bash(script, ("tangram " + typed).split(" ", -1));

    assertThat(out.strip().split(" ")).containsExactlyInAnyOrder(completions.split(" "));
  }

  private String bash(Path script, String... words) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(BASH.toString(), "-c", ASK, "bash", script.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.command().addAll(List.of(words));
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  @Test
  void writesTheSameScriptForZsh() {
    Outcome zsh = new CommandRun().run("completion", "zsh");

    assertThat(zsh.exitCode()).isZero();
    assertThat(zsh.err()).isEmpty();
    assertThat(zsh.out())
        .contains("bashcompinit")
        .isEqualTo(new CommandRun().run("completion", "bash").out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "completion | tangram completion: Missing required parameter: 'SHELL'. See tangram"
            + " completion --help.",
        "completion fish | tangram completion: Invalid value for positional parameter at index 0"
            + " (SHELL): 'fish' must be one of bash, zsh. See tangram completion --help.",
      })
  void refusesBadUsageInOneLine(String args, String line) {
    Outcome outcome = new CommandRun().run(args.split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).isEqualTo(line + System.lineSeparator());
    assertThat(outcome.out()).isEmpty();
  }
}
