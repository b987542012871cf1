package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tangram.api.AllocationOptions;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.plan.Objective;
import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.k8s.write.SummarySchema;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objectives through the command, and the files that they go by. */
class ObjectivesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String EVERY_OBJECTIVE =
      Arrays.stream(Objective.values()).map(Objective::label).collect(Collectors.joining(","));

  private static final String PRICES = "{default: 0.25}\n";

  private static final String EXPECTED =
      SmallClusters.claim("x")
              .replace("name: x,", "name: x, annotations: {tangram.io/weight: \"30\"},")
          + SmallClusters.claim("y");

  @TempDir private Path folder;
  private String cluster;

  @BeforeEach
  void writeACluster() throws IOException {
    cluster = file("cluster.yaml", SmallClusters.with("a", "b"));
  }

  private String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private static Outcome run(CommandRun command, String arguments) {
    return command.run(arguments.split(" "));
  }

  private Outcome allocate(String arguments) {
    return run(new CommandRun(), "allocate -f " + cluster + " " + arguments);
  }

  /** Returns a result in which claim a has gpu-1 and b has gpu-0. */
  private String swapped() throws IOException {
    return file(
        "result.yaml", SmallClusters.holder("a", "gpu-1") + SmallClusters.holder("b", "gpu-0"));
  }

  private static List<String> values(String summary) throws IOException {
    List<String> values = new ArrayList<>();
    for (JsonNode objective : JSON.readTree(summary).get("objectives")) {
      values.add(objective.get("name").asText() + " " + objective.get("value").asLong());
    }
    return values;
  }

  @Test
  void areAllReportedInTheOrderAskedFor() throws IOException {
    Outcome outcome =
        allocate(
            "--objectives %s --prices %s --start %s -o none --summary -"
                .formatted(EVERY_OBJECTIVE, file("prices.yaml", PRICES), swapped()));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(SummarySchema.complaints(outcome.err())).isEmpty();
    assertThat(values(outcome.err()))
        .containsExactly(
            "admission 2",
            "preference 0",
            "topology 0",
            "bandwidth 0",
            "fit 2000000",
            "fragmentation 2000000",
            "packing 1",
            "cost 250000",
            "spread 4",
            "stability 0");
  }

  @Test
  void areShownToPeopleInTheirUnits() throws IOException {
    CommandRun command = new CommandRun().terminal();

    Outcome outcome =
        run(
            command,
            "allocate -f %s -o none --objectives fragmentation,packing,cost,spread --prices %s"
                .formatted(cluster, file("prices.yaml", PRICES)));

    assertThat(outcome.err().lines())
        .contains(
            "admission     2 claims, no bound",
            "fragmentation 2.000 devices, no bound",
            "packing       1 node, no bound",
            "cost          0.25, no bound",
            "spread        4, no bound");
  }

  /** An optimal allocator that keeps what it was asked and plans as first-fit does. */
  private static CommandRun asking(List<AllocationOptions> seen) {
    return new CommandRun()
        .allocator(
            new ScriptedAllocator(
                "optimal",
                (problem, options) -> {
                  seen.add(options);
                  return new FirstFitAllocator().allocate(problem, AllocationOptions.DEFAULTS);
                }));
  }

  private AllocationOptions asked(String arguments) {
    List<AllocationOptions> seen = new ArrayList<>();
    Outcome outcome =
        run(asking(seen), "allocate -f " + cluster + " --allocator optimal -o none " + arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return seen.get(0);
  }

  @Test
  void goByNothingButTheClusterUnlessTold() {
    AllocationOptions options = asked("");

    assertThat(options.expectedDemand()).isEmpty();
    assertThat(options.prices()).isEmpty();
    assertThat(options.start()).isEmpty();
  }

  @Test
  void goByClaimsThatAreExpected() throws IOException {
    AllocationOptions options = asked("--expect " + file("expect.yaml", EXPECTED));

    assertThat(options.expectedDemand().orElseThrow().weights().values()).containsExactly(31);
  }

  @Test
  void leaveExpectedClaimsToTheAllocatorThatGoesByThem() throws IOException {
    String file = file("expect.yaml", EXPECTED);
    List<AllocationOptions> seen = new ArrayList<>();
    CommandRun command =
        new CommandRun()
            .allocator(
                new ScriptedAllocator(
                    "fragmentation",
                    (problem, options) -> {
                      seen.add(options);
                      return new FragmentationAllocator().allocate(problem, options);
                    }));

    Outcome outcome =
        run(
            command,
            "allocate -f %s --allocator fragmentation --objectives none --expect %s -o none"
                .formatted(cluster, file));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(seen.get(0).expectedDemand().orElseThrow().weights().values()).containsExactly(31);
  }

  @Test
  void goByTheExpectedClaimsOfAFolder() throws IOException {
    file("expect/1.yaml", EXPECTED);
    file("expect/2.json", "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": []}");
    file("expect/3.yml", SmallClusters.claim("z").replace("class: gpu", "class: gpu"));

    AllocationOptions options = asked("--expect " + folder + "/expect");

    assertThat(options.expectedDemand().orElseThrow().weights().values()).containsExactly(32);
  }

  @Test
  void goByPricesOfNodes() throws IOException {
    AllocationOptions options = asked("--objectives cost --prices " + file("prices.yaml", PRICES));

    assertThat(options.prices()).containsExactly(entry("n1", 250_000L));
  }

  @Test
  void startFromAnEarlierResult() throws IOException {
    AllocationOptions options = asked("--start " + swapped());

    assertThat(options.start()).containsOnlyKeys(new ClaimId("ns", "a"), new ClaimId("ns", "b"));
    assertThat(options.start().get(new ClaimId("ns", "a")).devices().get(0).device().device())
        .isEqualTo("gpu-1");
  }

  @ParameterizedTest
  @CsvSource({"yaml", "json", "ndjson"})
  void startFromAnyFormatOfResult(String format) throws IOException {
    String result =
        file("result", allocate("--with-pods -o " + format + " --objectives none").out());

    Outcome outcome = allocate("--objectives stability --start " + result + " -o none --summary -");

    assertThat(values(outcome.err())).containsExactly("admission 2", "stability 2");
    assertThat(outcome.err()).contains("\"warnings\": []");
  }

  @ParameterizedTest
  @CsvSource({"--expect, fragmentation", "--prices, cost", "--start, stability"})
  void goByStandardInputToo(String option, String objective) {
    String text =
        switch (option) {
          case "--expect" -> EXPECTED;
          case "--prices" -> PRICES;
          default -> SmallClusters.holder("a", "gpu-0");
        };

    Outcome outcome =
        run(
            new CommandRun().in(text),
            "allocate -f %s %s - --objectives %s -o none".formatted(cluster, option, objective));

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }

  @Test
  void warnOfWhatTheFilesSayInVain() throws IOException {
    String expected =
        file("expect.yaml", EXPECTED + SmallClusters.claim("z").replace("Name: gpu", "Name: tpu"));
    String result =
        file(
            "result.yaml", SmallClusters.holder("a", "gpu-1") + SmallClusters.holder("z", "gpu-0"));

    Outcome outcome =
        allocate(
            "--expect %s --start %s --objectives fragmentation,stability -o none"
                .formatted(expected, result));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .startsWith(
            """
            warning: DeviceClass tpu, for which claims are expected, is not there; nothing is kept free for them.
            warning: %s: claim ns/z is not pending in the input; what it was given is not looked at.
            """
                .formatted(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--objectives fat | --objectives: 'fat' must be one of preference, topology,"
            + " bandwidth, fit, fragmentation, packing, cost, spread, stability, none.",
        "--objectives fit, | --objectives: '' must be one of preference, topology,"
            + " bandwidth, fit, fragmentation, packing, cost, spread, stability, none.",
        "--objectives fit,fit | --objectives: fit is there twice; name each once, of preference,"
            + " topology, bandwidth, fit, fragmentation, packing, cost, spread, stability, none.",
        "--objectives none,fit | --objectives: none goes with no other of preference,"
            + " topology, bandwidth, fit, fragmentation, packing, cost, spread, stability, none.",
        "--objectives cost | --objectives: cost needs the prices of nodes; give --prices FILE.",
        "--objectives stability | --objectives: stability needs an earlier result to keep to; give"
            + " --start FILE.",
        "--objectives fit --expect x | --expect: nothing but fragmentation goes by it; add that to"
            + " --objectives, or leave --expect out.",
        "--prices x | --prices: nothing but cost goes by it; add that to --objectives, or leave"
            + " --prices out.",
        "--start x | --start: first-fit starts from nothing; leave --start out, or add stability to"
            + " --objectives to see how near it comes.",
        "-f - --expect - | --expect -: -f reads standard input already; use a file.",
        "--expect - --prices - --objectives fragmentation,cost | --prices -: --expect reads standard"
            + " input already; use a file.",
        "--prices - --start - --objectives cost,stability | --start -: --prices reads standard"
            + " input already; use a file.",
        "--expect no-such-file | no-such-file: no such file or folder. Check the path behind"
            + " --expect.",
        "--objectives cost --prices no-such-file | no-such-file: no such file or folder. Check the"
            + " path behind --prices.",
        "--objectives stability --start no-such-file | no-such-file: no such file or folder. Check"
            + " the path behind --start.",
      })
  void areRefusedInOneLineWhereTheyCanNotBeMeant(String arguments, String line) {
    Outcome outcome = allocate(arguments);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("tangram").endsWith(": " + line + System.lineSeparator());
    assertThat(outcome.err()).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @Test
  void warnOfExpectedClaimsWhoseSelectorsDoNotCompile() throws IOException {
    String broken = "gpu, selectors: [{cel: {expression: 'device.x'}}]}}";
    String expected =
        file(
            "expect.yaml",
            EXPECTED
                + SmallClusters.claim("v").replace("gpu}}", broken)
                + SmallClusters.claim("w").replace("gpu}}", broken));

    Outcome outcome = allocate("--objectives fragmentation -o none --expect " + expected);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("warning: %s: ResourceClaim ns/v: selector device.x: ".formatted(expected))
        .endsWith(" (R54); nothing is kept free for such requests.");
  }

  @Test
  void refuseFilesThatAreBad() throws IOException {
    String prices = file("prices.yaml", "{prices: [{model: H100, price: 1}]}");
    String none = file("none.yaml", "{prices: [{matchLabels: {a: b}, price: 1}]}");
    String pods = file("pods.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: p}}");

    assertThat(allocate("--objectives cost --prices " + prices).err())
        .startsWith(
            "tangram: " + prices + ": prices[0].model: \"H100\" is no machine of tangram catalog,")
        .hasLineCount(1);
    assertThat(allocate("--objectives cost --prices " + none).err())
        .startsWith("tangram: " + none + ": prices: no entry is for node n1 (")
        .hasLineCount(1);
    assertThat(allocate("--expect " + pods).err())
        .startsWith("tangram: " + pods + ": line 1: Pod p: plays no part in what is expected.")
        .hasLineCount(1);
    assertThat(allocate("--objectives cost --prices " + prices).exitCode()).isEqualTo(2);
  }

  @Test
  void refuseSeveralFilesOfPrices() throws IOException {
    file("prices/a.yaml", PRICES);
    file("prices/b.yaml", PRICES);

    assertThat(allocate("--objectives cost --prices " + folder + "/prices").err())
        .isEqualTo(
            "tangram allocate: --prices: is a folder with 2 files; name one file.%n".formatted());
  }

  @Test
  void areNotWrittenOver() throws IOException {
    String prices = file("prices.yaml", PRICES);

    Outcome outcome =
        allocate("--objectives cost --prices %s --summary %s".formatted(prices, prices));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "tangram allocate: --summary: %s: is an input; choose another name.%n"
                .formatted(prices));
    assertThat(Path.of(prices)).hasContent(PRICES);
  }

  @Test
  void goByTheSameFilesForEachProblem() throws IOException {
    file("in/one.yaml", SmallClusters.with("a"));
    file("in/two.yaml", SmallClusters.with("a", "b"));
    file("in/unpriced.yaml", SmallClusters.with("a").replace("n1", "n2"));
    String prices = "{prices: [{matchLabels: {zone: z}, price: 3}]}";
    for (String name : List.of("in/one.yaml", "in/two.yaml")) {
      Path file = folder.resolve(name);
      Files.writeString(
          file, Files.readString(file).replace("{name: n1}", "{name: n1, labels: {zone: z}}"));
    }
    List<AllocationOptions> seen = new ArrayList<>();

    Outcome outcome =
        run(
            asking(seen).in(prices),
            ("allocate -f FOLDER/in --each FOLDER/out --allocator optimal -o none"
                    + " --objectives fragmentation,cost --prices - --expect EXPECT --start START")
                .replace("FOLDER", folder.toString())
                .replace("EXPECT", file("expect.yaml", EXPECTED))
                .replace("START", swapped()));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("unpriced.yaml: standard input: prices: no entry is for node n2 (");
    assertThat(seen).hasSize(2);
    assertThat(seen).allMatch(options -> options.prices().get("n1") == 3_000_000L);
    assertThat(seen).allMatch(options -> options.expectedDemand().isPresent());
    assertThat(seen.get(0).start()).containsOnlyKeys(new ClaimId("ns", "a"));
    assertThat(seen.get(1).start()).hasSize(2);
    assertThat(folder.resolve("out/one.summary.json"))
        .content()
        .contains("claim ns/b is not pending in the input");
    assertThat(folder.resolve("out/two.summary.json")).content().contains("\"warnings\": []");
  }

  @Test
  void haveHelpWithALineForEach() {
    String help = new CommandRun().run("allocate", "--help").out();

    for (Objective objective : Objective.values()) {
      assertThat(help).containsPattern("(?m)^ +" + objective.label() + ": ");
    }
    assertThat(help).contains("tangram.io/weight: \"30\"", "- model: 8xH100-80GB");
  }

  /** What the help shows of a list of prices is one. */
  @Test
  void showAListOfPricesThatCanBeCopied() throws IOException {
    String help = new CommandRun().run("allocate", "--help").out();
    String list =
        help.substring(help.indexOf("\n", help.indexOf("counts:")), help.indexOf("      --start"));

    Outcome outcome =
        allocate("--objectives cost --prices " + file("prices.yaml", list) + " -o none");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
  }
}
