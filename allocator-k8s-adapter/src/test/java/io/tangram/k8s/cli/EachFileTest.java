package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.k8s.write.SummarySchema;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EachFileTest {

  @TempDir private Path folder;

  private Path problem(String path, String... claims) throws IOException {
    Path file = folder.resolve("in").resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, SmallClusters.with(claims));
  }

  private Outcome run(String... options) {
    return run(new CommandRun(), options);
  }

  private Outcome run(CommandRun command, String... options) {
    String[] args =
        Stream.concat(
                Stream.of("allocate", "-f", in(), "--each", folder.resolve("out").toString()),
                Stream.of(options))
            .toArray(String[]::new);
    return command.run(args);
  }

  private String in() {
    return folder.resolve("in").toString();
  }

  private List<String> outputs() throws IOException {
    Path out = folder.resolve("out");
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(out)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> out.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void writesResultAndSummaryUnderTheRelativePath() throws IOException {
    problem("a.yaml", "a");
    problem("deep/er/b.json.yml", "b", "c", "d");
    try (OutputStream gzip =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("in/c.yaml.gz")))) {
      gzip.write(SmallClusters.with("c").getBytes(StandardCharsets.UTF_8));
    }

    Outcome outcome = run("-o", "json");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("a.yaml: 1 of 1 claims allocated", "b.json.yml: 2 of 3 claims allocated");
    assertThat(outputs())
        .containsExactly(
            "a.json",
            "a.summary.json",
            "c.json",
            "c.summary.json",
            "deep/er/b.json.json",
            "deep/er/b.json.summary.json");
    assertThat(folder.resolve("out/c.json")).content().contains("\"gpu-0\"");
    assertThat(
            SummarySchema.complaints(
                Files.readString(folder.resolve("out/deep/er/b.json.summary.json"))))
        .isEmpty();
  }

  @Test
  void saysOfWhichFilesThereAreWarnings() throws IOException {
    problem("a.yaml", "a");
    Files.writeString(problem("b.yaml"), "");
    Files.writeString(problem("c.yaml"), SmallClusters.claim("c"));

    Outcome outcome = run("--shared", Files.createFile(folder.resolve("shared.yaml")).toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err().lines().toList())
        .satisfiesExactly(
            a -> assertThat(a).contains("a.yaml: 1 of 1", "; warning: no objects in "),
            b -> assertThat(b).contains("b.yaml: 0 of 0", "; warning: the input holds no objects"),
            c -> assertThat(c).contains("c.yaml: 0 of 1", "; 2 warnings, such as: no objects in "));
    assertThat(folder.resolve("out/b.summary.json")).content().contains("holds no objects");
  }

  @Test
  void goesOnBehindABadFileAndEndsWithTheHighestCode() throws IOException {
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/bad.yaml"), "from an earlier run");
    Files.writeString(problem("bad.yaml"), "kind: [");
    problem("good.yaml", "a", "b", "c");

    Outcome outcome = run("--require-all");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outputs()).containsExactly("bad.summary.json", "good.summary.json", "good.yaml");
    String error = Files.readString(folder.resolve("out/bad.summary.json"));
    assertThat(error).contains("\"error\": ", "in/bad.yaml: line 1, column 8: not YAML");
    assertThat(SummarySchema.complaints(error)).isEmpty();
  }

  /** What fails in one file leaves memory and machine to the next. */
  @Test
  void goesOnBehindAFileThatIsTooMuch() throws IOException {
    problem("a.yaml", "a", "b");
    problem("b.yaml", "b");
    CommandRun command =
        new CommandRun()
            .allocator(
                new ScriptedAllocator(
                    "first-fit",
                    (problem, options) -> {
                      if (problem.claims().size() > 1) {
                        throw new OutOfMemoryError("Java heap space");
                      }
                      return new FirstFitAllocator().allocate(problem, options);
                    }));

    Outcome outcome = run(command);

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err().lines().toList().get(0))
        .isEqualTo(
            "tangram: %s: out of memory; give Java more, as in TANGRAM_JAVA_OPTS=-Xmx8g."
                .formatted(folder.resolve("in/a.yaml")));
    assertThat(outputs()).containsExactly("a.summary.json", "b.summary.json", "b.yaml");
  }

  @Test
  void goesOnBehindAResultThatCanNotBeWritten() throws IOException {
    problem("a.yaml", "a");
    problem("b.yaml", "b");
    Path inTheWay = folder.resolve("out/a.yaml/x");
    CommandRun command =
        new CommandRun()
            .allocator(
                new ScriptedAllocator(
                    "first-fit",
                    (problem, options) -> {
                      makeFolders(inTheWay);
                      return new FirstFitAllocator().allocate(problem, options);
                    }));

    Outcome outcome = run(command);

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err()).contains("can't write " + inTheWay.getParent());
    assertThat(outputs()).containsExactly("a.summary.json", "b.summary.json", "b.yaml");
  }

  private static void makeFolders(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writesSummariesOnlyForTheFormatNone() throws IOException {
    problem("a.yaml", "a");

    run("-o", "none");

    assertThat(outputs()).containsExactly("a.summary.json");
  }

  @Test
  void refusesTwoInputsWithOneOutputBeforeAnyWork() throws IOException {
    problem("a.yaml", "a");
    problem("a.json", "a");

    Outcome outcome = run();

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("a.json and ", "a.yaml would both write ", "rename one or run them apart")
        .hasLineCount(1);
    assertThat(outputs()).isEmpty();
  }

  @Test
  void refusesAResultThatWouldBeASummary() throws IOException {
    problem("a.yaml", "a");
    problem("a.summary.yaml", "a");

    assertThat(run("-o", "json").exitCode()).isEqualTo(2);
    assertThat(outputs()).isEmpty();
  }

  @Test
  void refusesStandardInputAndSummaries() throws IOException {
    problem("a.yaml", "a");

    assertThat(run("-f", "-").err())
        .isEqualTo(
            "tangram allocate: --each: standard input has no name to write to; use files."
                + System.lineSeparator());
    assertThat(run("--summary", "s.json").err())
        .isEqualTo(
            "tangram allocate: --summary: --each writes a summary beside every result; leave --summary out."
                + System.lineSeparator());
    assertThat(outputs()).isEmpty();
  }

  @Test
  void refusesToWriteAmongTheInputs() throws IOException {
    problem("a.yaml", "a");

    Outcome outcome = new CommandRun().run("allocate", "-f", in(), "--each", in() + "/out");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("lies in the input", "choose a folder outside");
    assertThat(folder.resolve("in/out")).doesNotExist();
  }

  @Test
  void stopsWhenInterrupted() throws IOException {
    problem("a.yaml", "a");
    problem("b.yaml", "b");
    CommandRun command = new CommandRun();
    command.allocator(
        new ScriptedAllocator(
            "first-fit",
            (problem, options) -> {
              command.interruption().cancellation().cancel();
              return new FirstFitAllocator().allocate(problem, AllocationOptions.DEFAULTS);
            }));

    Outcome outcome = run(command);

    assertThat(outcome.exitCode()).isEqualTo(130);
    assertThat(outputs()).containsExactly("a.summary.json", "a.yaml");
  }
}
