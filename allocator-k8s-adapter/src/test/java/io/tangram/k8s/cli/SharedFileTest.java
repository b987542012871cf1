package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster in one file, claims for it in others, each of these a problem of its own. */
class SharedFileTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeTwoProblems() throws IOException {
    problem("one.yaml", SmallClusters.claim("a"));
    problem(
        "three.yaml",
        SmallClusters.claim("b") + SmallClusters.claim("c") + SmallClusters.claim("d"));
  }

  private void problem(String name, String text) throws IOException {
    file("in/" + name, text);
  }

  private String file(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private Outcome run(CommandRun command, String... options) {
    String[] args =
        Stream.concat(
                Stream.of("allocate", "-f", folder + "/in", "--each", folder + "/out"),
                Stream.of(options))
            .toArray(String[]::new);
    return command.run(args);
  }

  private String out(String name) throws IOException {
    return Files.readString(folder.resolve("out").resolve(name));
  }

  @Test
  void joinsEveryProblem() throws IOException {
    String cluster = file("cluster.yaml", SmallClusters.OBJECTS);

    Outcome outcome = run(new CommandRun(), "--shared", cluster, "-o", "ndjson");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains("one.yaml: 1 of 1 claims allocated", "three.yaml: 2 of 3 claims allocated");
    assertThat(out("one.ndjson")).hasLineCount(1).contains("\"gpu-0\"");
    assertThat(out("three.ndjson")).hasLineCount(3).contains("\"gpu-0\"", "\"gpu-1\"");
  }

  @Test
  void isRepeatableAndMayBeAFolder() throws IOException {
    List<String> objects = List.of(SmallClusters.OBJECTS.split("---\n"));
    file("cluster/node.yaml", objects.get(0));
    file("cluster/class.yml", objects.get(1));
    Path slice = folder.resolve("slice.gz");
    try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(slice))) {
      gzip.write(objects.get(2).getBytes(StandardCharsets.UTF_8));
    }

    Outcome outcome =
        run(new CommandRun(), "--shared", folder + "/cluster", "--shared", slice.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains("one.yaml: 1 of 1 claims allocated", "three.yaml: 2 of 3 claims allocated");
  }

  @Test
  void mayBeStandardInputForAnyNumberOfProblems() {
    Outcome outcome = run(new CommandRun().in(SmallClusters.OBJECTS), "--shared", "-");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains("one.yaml: 1 of 1 claims allocated", "three.yaml: 2 of 3 claims allocated");
  }

  /** As of any input, so that each result can be verified with what it came from. */
  @Test
  void hasItsClaimsInEveryResult() throws IOException {
    String cluster =
        file("cluster.yaml", SmallClusters.OBJECTS + SmallClusters.holder("old", "gpu-0"));

    Outcome outcome = run(new CommandRun(), "--shared", cluster, "-o", "ndjson");
    Outcome verified =
        new CommandRun()
            .run(
                "verify -f CLUSTER -f DIR/in/three.yaml --result DIR/out/three.ndjson"
                    .replace("CLUSTER", cluster)
                    .replace("DIR", folder.toString())
                    .split(" "));

    assertThat(outcome.exitCode()).isZero();
    assertThat(out("one.ndjson").lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("\"old\"", "\"gpu-0\"");
    assertThat(out("one.ndjson")).contains("\"gpu-1\"");
    assertThat(out("three.ndjson").lines()).hasSize(4);
    assertThat(verified.err()).contains("2 allocations checked: 0 violations");
  }

  @Test
  void leavesOneFileThatContradictsItToThatFile() throws IOException {
    String cluster = file("cluster.yaml", SmallClusters.OBJECTS);
    problem(
        "other.yaml", "{apiVersion: v1, kind: Node, metadata: {name: n1, labels: {zone: a}}}\n");

    Outcome outcome = run(new CommandRun(), "--shared", cluster);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains(
            "in/other.yaml: Node n1: the input has another Node of this name that differs. Leave"
                + " one of them out.",
            "one.yaml: 1 of 1",
            "three.yaml: 2 of 3");
    assertThat(out("other.summary.json")).contains("\"error\": ");
  }

  @Test
  void isRefusedBeforeAnyWorkIfItIsBad() throws IOException {
    String cluster =
        file(
            "cluster.yaml",
            SmallClusters.OBJECTS.replace("resourceSliceCount: 1", "resourceSliceCount: 0"));

    Outcome outcome = run(new CommandRun(), "--shared", cluster);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "tangram: %s: ResourceSlice s: spec.pool.resourceSliceCount: 0 must be at least 1 (R11).%n"
                .formatted(cluster));
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }

  @Test
  void isRefusedWhereItCanNotBeMeant() throws IOException {
    String cluster = file("cluster.yaml", SmallClusters.OBJECTS);
    String problem = folder + "/in/one.yaml";

    assertThat(new CommandRun().run("allocate", "-f", problem, "--shared", cluster).err())
        .isEqualTo(
            "tangram allocate: --shared: goes with --each; name these files with -f.%n"
                .formatted());
    assertThat(run(new CommandRun(), "--shared", problem).err())
        .isEqualTo(
            "tangram allocate: --shared: %s is an input of -f too; keep it outside of what -f names.%n"
                .formatted(problem));
    assertThat(run(new CommandRun(), "--shared", "no-such-file").err())
        .isEqualTo(
            "tangram: no-such-file: no such file or folder. Check the path behind --shared.%n"
                .formatted());
    assertThat(run(new CommandRun(), "--shared", "-", "--shared", "-").err())
        .isEqualTo(
            "tangram: --shared -: standard input can be read once; name it once.%n".formatted());
    assertThat(run(new CommandRun(), "--shared", folder.toString()).err())
        .contains("is an input of -f too");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void isNotWrittenOver() throws IOException {
    String cluster = file("out/one.yaml", SmallClusters.OBJECTS);
    String inFolder = file("cluster/objects.yaml", SmallClusters.OBJECTS);

    Outcome over = run(new CommandRun(), "--shared", cluster);
    Outcome among =
        new CommandRun()
            .run(
                "allocate",
                "-f",
                folder + "/in",
                "--each",
                folder + "/cluster/out",
                "--shared",
                folder + "/cluster");

    assertThat(over.err())
        .isEqualTo(
            "tangram allocate: --each: %s: is an input; choose another name.%n".formatted(cluster));
    assertThat(among.err()).contains("lies in the input", "choose a folder outside");
    assertThat(List.of(over.exitCode(), among.exitCode())).containsOnly(2);
    assertThat(Path.of(cluster)).hasContent(SmallClusters.OBJECTS);
    assertThat(Path.of(inFolder)).hasContent(SmallClusters.OBJECTS);
  }
}
