package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs that can't be written; the input is bad too, and nobody comes to see that. */
class OutputCheckTest {

  @TempDir private Path folder;
  private Path input;

  @BeforeEach
  void writeBadInput() throws IOException {
    Path problems = Files.createDirectories(folder.resolve("problems"));
    input = Files.writeString(problems.resolve("a.yaml"), "kind: [");
  }

  private static Outcome allocate(Path input, String option, Object output) {
    return new CommandRun().run("allocate", "-f", input.toString(), option, output.toString());
  }

  private static void assertRefused(Outcome outcome, String line) {
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).isEqualTo("tangram allocate: " + line + System.lineSeparator());
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void refusesSummariesWhereNoFileCanBe() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path missing = folder.resolve("no/such");

    assertRefused(
        allocate(input, "--summary", folder),
        "--summary: " + folder + ": is a folder; name a file.");
    assertRefused(
        allocate(input, "--summary", file.resolve("s.json")),
        "--summary: " + file + ": is no folder; choose another.");
    assertRefused(
        allocate(input, "--summary", missing.resolve("s.json")),
        "--summary: " + missing + ": no such folder; make it, or choose another.");
    assertRefused(allocate(input, "--summary", ""), "--summary: the name is empty; name a file.");
    assertThat(missing).doesNotExist();
  }

  @Test
  void refusesToWriteOverItsInput() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), input);

    assertRefused(
        allocate(input, "--summary", link),
        "--summary: " + link + ": is an input; choose another name.");
    assertRefused(
        allocate(input, "--each", input.getParent()),
        "--each: " + input + ": is an input; choose another name.");
    assertThat(input).hasContent("kind: [");
  }

  @Test
  void refusesWhatMayNotBeWritten() throws IOException {
    Path locked = Files.createDirectories(folder.resolve("locked"));
    Path readOnly = Files.writeString(folder.resolve("read-only"), "");
    assumeTrue(locked.toFile().setWritable(false) && readOnly.toFile().setWritable(false));
    assumeFalse(Files.isWritable(locked), "some users may do anything");

    assertRefused(
        allocate(input, "--summary", locked.resolve("s.json")),
        "--summary: " + locked + ": no file can be made there; check the permissions.");
    assertRefused(
        allocate(input, "--summary", readOnly),
        "--summary: " + readOnly + ": may not be written; check its permissions.");
    assertRefused(
        allocate(input, "--each", locked.resolve("out")),
        "--each: " + locked.resolve("out") + ": the folder can't be made; check the permissions.");
  }

  @Test
  void refusesToWriteEachResultWhereNoneCanBe() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Path taken = Files.createDirectories(folder.resolve("out/a.yaml"));

    assertRefused(
        allocate(input, "--each", file), "--each: " + file + ": is a file; choose a folder.");
    assertRefused(
        allocate(input, "--each", file.resolve("below")),
        "--each: " + file + ": is a file; choose a folder.");
    assertRefused(
        allocate(input, "--each", taken.getParent()),
        "--each: " + taken + ": is a folder; name a file.");
    assertRefused(allocate(input, "--each", ""), "--each: the name is empty; name a folder.");
  }

  @Test
  void leavesNothingBehind() throws IOException {
    allocate(input, "--summary", folder.resolve("s.json"));

    try (var files = Files.list(folder)) {
      assertThat(files.toList()).isEqualTo(List.of(input.getParent()));
    }
  }

  @Test
  void refusesAnInputWithoutAName() {
    Outcome outcome = new CommandRun().run("allocate", "-f", "");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "tangram: -f: the name is empty; name a file or a folder." + System.lineSeparator());
  }
}
