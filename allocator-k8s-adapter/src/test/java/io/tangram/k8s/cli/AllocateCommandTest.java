package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationListener.Event;
import io.tangram.api.AllocationOptions;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.k8s.write.SummarySchema;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocateCommandTest {

  @TempDir private Path folder;

  private String cluster(String... claims) throws IOException {
    return Files.writeString(folder.resolve("cluster.yaml"), SmallClusters.with(claims)).toString();
  }

  @Test
  void writesTheResultToStandardOutputAndALineForPeople() throws IOException {
    Outcome outcome = new CommandRun().run("allocate", "-f", cluster("a", "b", "c"));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .matches(
            "2 of 3 claims allocated, FEASIBLE, [0-9.]+ s; left out: 1"
                + " (OUTRANKED|INSUFFICIENT_DEVICES)\\R {7}1 \\1, such as ns/c: .*\\R");
    assertThat(outcome.out())
        .startsWith(
            """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: resource.k8s.io/v1
              kind: ResourceClaim
              metadata:
                name: a
                namespace: ns
                uid: u-a
                finalizers:
                - resource.kubernetes.io/delete-protection
              spec:
                devices:
                  requests:
                  - name: r
                    exactly:
                      deviceClassName: gpu
              status:
                allocation:
                  devices:
                    results:
                    - request: r
                      driver: gpu.com
                      pool: n1
                      device: gpu-0
                  nodeSelector:
                    nodeSelectorTerms:
                    - matchFields:
                      - key: metadata.name
                        operator: In
                        values:
                        - n1
                  allocationTimestamp: "2025-01-31T12:00:00Z"
            """)
        .endsWith(
            """
            - apiVersion: resource.k8s.io/v1
              kind: ResourceClaim
              metadata:
                name: c
                namespace: ns
                uid: u-c
              spec:
                devices:
                  requests:
                  - name: r
                    exactly:
                      deviceClassName: gpu
            """);
  }

  @Test
  void readsStandardInputAndSeveralFiles() throws IOException {
    Path objects = Files.writeString(folder.resolve("objects.yaml"), SmallClusters.OBJECTS);

    Outcome outcome =
        new CommandRun()
            .in(SmallClusters.claim("a"))
            .run("allocate", "-f", objects.toString(), "-f", "-", "-o", "ndjson");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("\"device\":\"gpu-0\"").hasLineCount(1);
  }

  @Test
  void keepsWhatIsHeld() throws IOException {
    Path cluster =
        Files.writeString(
            folder.resolve("cluster.yaml"),
            SmallClusters.with("new") + SmallClusters.holder("old", "gpu-0"));

    Outcome outcome = new CommandRun().run("allocate", "-f", cluster.toString(), "-o", "ndjson");

    assertThat(outcome.out().lines().toList().get(0)).contains("\"device\":\"gpu-1\"");
    assertThat(outcome.out().lines().toList().get(1))
        .contains("\"device\":\"gpu-0\"")
        .doesNotContain("allocationTimestamp", "finalizers");
  }

  @Test
  void takesTheTimeFromTheOptionThenTheEnvironmentThenTheClock() throws IOException {
    String cluster = cluster("a");

    assertThat(new CommandRun().run("allocate", "-f", cluster).out())
        .contains("2025-01-31T12:00:00Z");
    assertThat(
            new CommandRun()
                .variable("SOURCE_DATE_EPOCH", "86400")
                .run("allocate", "-f", cluster)
                .out())
        .contains("1970-01-02T00:00:00Z");
    assertThat(
            new CommandRun()
                .variable("SOURCE_DATE_EPOCH", "86400")
                .run("allocate", "-f", cluster, "--now", "2000-01-01T02:00:00+02:00")
                .out())
        .contains("2000-01-01T00:00:00Z");
    assertThat(
            new CommandRun()
                .variable("SOURCE_DATE_EPOCH", "soon")
                .run("allocate", "-f", cluster)
                .err())
        .isEqualTo(
            "tangram allocate: SOURCE_DATE_EPOCH is 'soon'; it must be seconds since 1970, or not set."
                + System.lineSeparator());
  }

  @Test
  void failsWithRequireAllWhereAClaimStaysOut() throws IOException {
    assertThat(new CommandRun().run("allocate", "-f", cluster("a"), "--require-all").exitCode())
        .isZero();
    assertThat(
            new CommandRun()
                .run("allocate", "-f", cluster("a", "b", "c"), "--require-all")
                .exitCode())
        .isEqualTo(1);
  }

  @Test
  void writesTheSummaryToAFile() throws IOException {
    Path summary = folder.resolve("summary.json");

    Outcome outcome =
        new CommandRun()
            .run("allocate", "-f", cluster("a", "b", "c"), "-o", "none", "--summary", summary + "");

    assertThat(outcome.out()).isEmpty();
    assertThat(SummarySchema.complaints(Files.readString(summary))).isEmpty();
    assertThat(summary)
        .content()
        .contains("\"pending\": 3", "\"allocated\": 2", "\"bound\": null", "\"gap\": null");
  }

  /** Who reads a summary after the command has ended must not read that of another run. */
  @ParameterizedTest
  @CsvSource({
    "kind: Node, --time-limit 0.000001ms, 3",
    "kind: [, --gap 0, 2",
  })
  void leavesNoOlderSummaryWhereThereIsNoPlan(String node, String option, int exitCode)
      throws IOException {
    Path summary = Files.writeString(folder.resolve("summary.json"), "{\"schema\": 1}");

    Outcome outcome =
        CommandRun.asInstalled()
            .in(SmallClusters.with("a").replace("kind: Node", node))
            .run(("allocate -f - " + option + " --summary " + summary).split(" "));

    assertThat(outcome.exitCode()).isEqualTo(exitCode);
    assertThat(summary).doesNotExist();
  }

  @Test
  void keepsAnOlderSummaryWhereNothingIsDone() throws IOException {
    Path summary = Files.writeString(folder.resolve("summary.json"), "{\"schema\": 1}");

    Outcome outcome =
        new CommandRun().run("allocate", "-f", summary + "", "--summary", summary + "");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(summary).hasContent("{\"schema\": 1}");
  }

  /** Programs read it there, so nothing else may stand beside it. */
  @Test
  void writesTheSummaryAloneToStandardError() throws IOException {
    String unknown = "---\napiVersion: v1\nkind: Service\n";
    Path cluster = Files.writeString(folder.resolve("c.yaml"), SmallClusters.with("a") + unknown);

    Outcome outcome = new CommandRun().run("allocate", "-f", cluster.toString(), "--summary", "-");

    assertThat(SummarySchema.complaints(outcome.err())).isEmpty();
    assertThat(outcome.err()).contains("skipped 1 object of kind Service");
  }

  @Test
  void saysWarningsOnStandardError() {
    Outcome outcome =
        new CommandRun().in("apiVersion: v1\nkind: Service\n").run("allocate", "-f", "-");

    assertThat(outcome.err())
        .startsWith("warning: skipped 1 object of kind Service (v1), which plays no part here.");
    assertThat(outcome.out()).isEqualTo("apiVersion: v1\nkind: List\nitems: []\n");
  }

  @Test
  void handsOptionsToTheAllocator() throws IOException {
    List<AllocationOptions> seen = new ArrayList<>();
    CommandRun command =
        new CommandRun()
            .allocator(
                new ScriptedAllocator(
                    "optimal",
                    (problem, options) -> {
                      seen.add(options);
                      return new FirstFitAllocator().allocate(problem, options);
                    }));

    Outcome outcome =
        command.run(
            ("allocate -f " + cluster("a"))
                .concat(" --allocator optimal --admit in-order --objectives fit,preference")
                .concat(" --time-limit 1m30s --gap 0.25 --seed -7 --workers 3")
                .split(" "));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.warmedUp()).containsExactly("optimal");
    AllocationOptions options = seen.get(0);
    assertThat(options.admission()).isEqualTo(Admission.IN_ORDER);
    assertThat(options.objectives()).containsExactly(Objective.FIT, Objective.PREFERENCE);
    assertThat(options.timeLimit()).isEqualTo(Duration.ofSeconds(90));
    assertThat(options.gap()).isEqualTo(0.25);
    assertThat(options.seed()).isEqualTo(-7);
    assertThat(options.workers()).isEqualTo(3);
  }

  @Test
  void asksForTheDefaultsElse() throws IOException {
    List<AllocationOptions> seen = new ArrayList<>();
    CommandRun command =
        new CommandRun()
            .allocator(
                new ScriptedAllocator(
                    "first-fit",
                    (problem, options) -> {
                      seen.add(options);
                      return new FirstFitAllocator().allocate(problem, options);
                    }));

    command.run("allocate", "-f", cluster("a"));
    command.run("allocate", "-f", cluster("a"), "--objectives", "none");

    assertThat(seen.get(0).admission()).isEqualTo(Admission.MOST_CLAIMS);
    assertThat(seen.get(0).objectives())
        .containsExactly(
            Objective.PREFERENCE, Objective.FIT, Objective.FRAGMENTATION, Objective.PACKING);
    assertThat(seen.get(0).timeLimit()).isEqualTo(Duration.ofSeconds(10));
    assertThat(seen.get(0).gap()).isZero();
    assertThat(seen.get(0).seed()).isEqualTo(1);
    assertThat(seen.get(1).objectives()).isEmpty();
  }

  @Test
  void saysThatTimeRanOutBeforeThereWasAnything() throws IOException {
    CommandRun command =
        new CommandRun()
            .allocator(
                new ScriptedAllocator(
                    "first-fit",
                    (problem, options) -> {
                      throw new DeadlineExceededException("The time limit passed.");
                    }));

    Outcome outcome = command.run("allocate", "-f", cluster("a"));

    assertThat(outcome.exitCode()).isEqualTo(3);
    assertThat(outcome.err()).isEqualTo("tangram: The time limit passed." + System.lineSeparator());
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void keepsInternalErrorsToOneLineUnlessAskedForMore() throws IOException {
    CommandRun command =
        new CommandRun()
            .allocator(
                new ScriptedAllocator(
                    "first-fit",
                    (problem, options) -> {
                      throw new IllegalStateException("a variable\nis missing");
                    }));

    Outcome outcome = command.run("allocate", "-f", cluster("a"));
    Outcome inFull = command.variable("TANGRAM_DEBUG", "1").run("allocate", "-f", cluster("a"));

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err())
        .isEqualTo(
            "tangram: internal error: IllegalStateException: a variable is missing (details: set"
                + " TANGRAM_DEBUG=1)"
                + System.lineSeparator());
    assertThat(inFull.exitCode()).isEqualTo(70);
    assertThat(inFull.err()).contains("\tat io.tangram.k8s.cli.AllocateCommandTest");
  }

  @Test
  void endsErrorsOfTheMachineInOneLineToo() throws IOException {
    CommandRun command =
        new CommandRun()
            .allocator(
                new ScriptedAllocator(
                    "first-fit",
                    (problem, options) -> {
                      throw new OutOfMemoryError("Java heap space");
                    }));

    Outcome outcome = command.run("allocate", "-f", cluster("a"));

    assertThat(outcome.exitCode()).isEqualTo(70);
    assertThat(outcome.err())
        .startsWith("tangram: out of memory; give Java more, as in TANGRAM_JAVA_OPTS=-Xmx8g.")
        .hasLineCount(1);
  }

  @Test
  void writesTheBestPlanSoFarWhenInterrupted() throws IOException {
    CommandRun command = new CommandRun();
    command.allocator(
        new ScriptedAllocator(
            "first-fit",
            (problem, options) -> {
              command.interruption().cancellation().cancel();
              assertThat(options.cancellation().isCancelled()).isTrue();
              return new FirstFitAllocator()
                  .allocate(problem, AllocationOptions.builder().seed(options.seed()).build());
            }));

    Outcome outcome = command.run("allocate", "-f", cluster("a"));

    assertThat(outcome.exitCode()).isEqualTo(130);
    assertThat(outcome.out()).contains("device: gpu-0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "gpu} | `gpu: }` | line 7, column 21: not YAML: a { that is not closed",
        "gpu} | gpu, allocationMode: Most} | ResourceClaim ns/a:"
            + " spec.devices.requests[0].exactly.allocationMode: \"Most\" must be one of"
            + " ExactCount, All (section 5.1).",
        "gpu} | gpu, count: -1} | ResourceClaim ns/a: spec.devices.requests[0].exactly.count: -1"
            + " must be greater than 0 (R62).",
        "gpu} | gpu, capacity: {requests: {memory: 10Gx}}} | ResourceClaim ns/a:"
            + " spec.devices.requests[0].exactly.capacity.requests[memory]: \"10Gx\" is not a"
            + " quantity (R35). Write a number with an optional suffix: n u m k M G T P E, Ki Mi Gi"
            + " Ti Pi Ei, or an exponent such as e3.",
        "deviceClassName: gpu | `` | ResourceClaim ns/a:"
            + " spec.devices.requests[0].exactly.deviceClassName: is required (R40).",
        "name: b | name: a | ResourceClaim ns/a: the input has another ResourceClaim of this name"
            + " that differs. Leave one of them out.",
      })
  void refusesBadInputInOneLine(String good, String bad, String line) {
    Outcome outcome =
        new CommandRun()
            .in(SmallClusters.with("a", "b").replace(good, bad))
            .run("allocate", "-f", "-");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("tangram: standard input: " + line).hasLineCount(1);
  }

  @Test
  void leavesOutClaimsOfClassesThatAreNotThere() {
    Outcome outcome =
        new CommandRun()
            .in(
                SmallClusters.with("a", "b")
                    .replaceFirst("deviceClassName: gpu", "deviceClassName: tpu"))
            .run("allocate", "-f", "-", "-o", "none", "--summary", "-");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("\"CLASS_MISSING\"", "\"allocated\": 1");
  }

  @Test
  void leavesOutClaimsWhoseSelectorsDoNotCompile() {
    Outcome outcome =
        new CommandRun()
            .in(
                SmallClusters.with("a", "b")
                    .replaceFirst("gpu}}", "gpu, selectors: [{cel: {expression: 'device.x'}}]}}"))
            .run("allocate", "-f", "-", "-o", "none", "--summary", "-");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("\"SELECTOR_ERROR\"", "\"allocated\": 1");
  }

  @Test
  void keepsReasonsToOneLineHoweverLongTheSelector() {
    String expression = "device.driver == 'gpu.com' ||\\n".repeat(50) + "device.x";
    Outcome outcome =
        new CommandRun()
            .terminal()
            .in(
                SmallClusters.with("a")
                    .replaceFirst(
                        "gpu}}",
                        Matcher.quoteReplacement(
                            "gpu, selectors: [{cel: {expression: \"%s\"}}]}}"
                                .formatted(expression))))
            .run("allocate", "-f", "-", "-o", "none");

    assertThat(outcome.err())
        .containsPattern(
            "(?m)^       1 SELECTOR_ERROR, such as ns/a: request r: selector device.driver =="
                + " .{90,110}\\.\\.\\.: undefined field 'x', at line 51, column 7 \\(R54, R55\\)$");
  }

  @Test
  void countsWhatIsAskedForHoweverMuchItIs() {
    Outcome outcome =
        new CommandRun()
            .in(SmallClusters.with("a").replace("gpu}}", "gpu, count: 9223372036854775807}}"))
            .run("allocate", "-f", "-", "-o", "none", "--summary", "-");

    assertThat(outcome.err())
        .contains("asks for at least 9223372036854775807 devices; a claim can have 32 (R203).");
  }

  @Test
  void deniesAdministrativeAccessWithoutItsNamespace() {
    String objects = SmallClusters.with("a").replace("gpu}}", "gpu, adminAccess: true}}");
    String namespace =
        "---\n{apiVersion: v1, kind: Namespace, metadata: {name: ns, labels:"
            + " {resource.kubernetes.io/admin-access: \"true\"}}}\n";
    String[] args = {"allocate", "-f", "-", "-o", "none", "--summary", "-"};

    assertThat(new CommandRun().in(objects).run(args).err())
        .contains("\"ADMIN_ACCESS_DENIED\"", "\"allocated\": 0");
    assertThat(new CommandRun().in(objects + namespace).run(args).err())
        .contains("\"allocated\": 1");
  }

  @Test
  void showsPeopleATable() throws IOException {
    Outcome outcome = new CommandRun().terminal().run("allocate", "-f", cluster("a", "b", "c"));

    assertThat(outcome.err().replaceAll("[0-9.]+ s\\b", "T"))
        .containsPattern("(?m)^claims        2 of 3 allocated, not proven optimal$")
        .containsPattern("(?m)^devices       2 given, 2 published$")
        .containsPattern("(?m)^admission     2 claims, no bound$")
        .containsPattern("(?m)^time          T: read T, compile T, solve T \\(greedy\\), check T,")
        .containsPattern("(?m)^left out      1$")
        .containsPattern("(?m)^       1 [A-Z_]+, such as ns/c: ");
  }

  @Test
  void showsWhatIsGoingOnAndClearsIt() throws IOException {
    CommandRun command =
        new CommandRun()
            .terminal()
            .allocator(
                new ScriptedAllocator(
                    "first-fit",
                    (problem, options) -> {
                      options.listener().on(new Event.Improved("admission", 295, 296));
                      return new FirstFitAllocator().allocate(problem, options);
                    }));

    Outcome outcome = command.run("allocate", "-f", cluster("a"));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err().lines().toList()).allMatch(line -> !line.startsWith("solving"));
  }
}
