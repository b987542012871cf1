package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import io.tangram.api.AllocationOptions;
import io.tangram.k8s.cli.CommandRun.Outcome;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every option that the command is meant to have does something, or is refused. To build one, move
 * its line from {@link #NOT_BUILT} to {@link #BUILT}.
 */
class EveryOptionTest {

  /**
   * The command, the option, what stands beside it, and evidence that is there with the option and
   * not without it.
   */
  private static final String BUILT =
      """
      allocate | -f DIR/more.yaml           | --summary -    | name: one-more
      allocate | --allocator first-fit      | --summary -    | "allocator": "first-fit"
      allocate | --allocator best-fit       | --summary -    | "allocator": "best-fit"
      allocate | --allocator fragmentation  | --summary -    | "allocator": "fragmentation"
      allocate | --compat 1.36              | --summary - --allocator first-fit | "strategy": "reference 1.36"
      allocate | --admit in-order           | --summary -    | "allocated": 1,
      allocate | --admit most-device-share  | --summary - --objectives none | "value": 2000000,
      allocate | --objectives none          | --summary -    | objectives [admission]
      allocate | --objectives preference    | --summary -    | objectives [admission, preference]
      allocate | --objectives fit           | --summary -    | objectives [admission, fit]
      allocate | --objectives fragmentation | --summary -    | objectives [admission, fragmentation]
      allocate | --objectives packing       | --summary -    | objectives [admission, packing]
      allocate | --objectives spread        | --summary -    | objectives [admission, spread]
      allocate | --expect DIR/expect.yaml   | --summary - --objectives fragmentation | "value": 60000000,
      allocate | --prices DIR/prices.yaml   | --summary - --objectives cost | "value": 250000,
      allocate | --start DIR/start.yaml     | --summary - --objectives stability | objectives [admission, stability]
      allocate | --time-limit 0.000001ms    | -o none        | exit 3,
      allocate | --seed 7                   | -o yaml        | uid: 9c6d31bd-73f5-4fbb-8ded-71300559805e
      allocate | --now 2001-02-03T04:05:06Z | -o yaml        | "2001-02-03T04:05:06Z"
      allocate | --kubernetes-version 1.33  | --summary -    | "reason": "FEATURE_OFF"
      allocate | --feature-gates DynamicResourceAllocation=false | --summary - | "reason": "FEATURE_OFF"
      allocate | --assume-vanished-free     | -f DIR/vanished.yaml | device: half
      allocate | --link-objective aggregate | --topology DIR/topo.txt -f DIR/joined.yaml --summary - | "value": 300000
      allocate | --topology DIR/topo.txt    | -f DIR/joined.yaml | device: nv-1
      allocate | -o json                    | --summary -    | "items": [
      allocate | -o ndjson                  | --summary -    | {"apiVersion":"resource.k8s.io/v1"
      allocate | -o none                    | --summary -    | exit 0, output of 0 lines
      allocate | --with-pods                | -o yaml        | nodeName: n1
      allocate | --summary -                | -o none        | "schema": 1
      allocate | --summary DIR/s.json       | -o none        | file s.json
      allocate | --require-all              | -o none        | exit 1,
      allocate | --each DIR/out             | -o yaml        | file out/cluster.summary.json
      allocate | --shared DIR/more.yaml     | --each DIR/out | name: one-more
      verify   | -f DIR/drift.yaml          | --strict       | ns/gone
      verify   | --strict                   | -f DIR/drift.yaml | exit 1,
      verify   | --kubernetes-version 1.35  | -f DIR/vanished.yaml | R117
      verify   | --feature-gates DRAPartitionableDevices=false | -f DIR/vanished.yaml | R117
      verify   | --assume-vanished-free     | -f DIR/vanished.yaml | 1 warning of drift
      verify   | --topology DIR/topo.txt    | -f DIR/held.yaml  | 0 warnings of drift
      verify   | --result DIR/result.yaml   | -f DIR/more.yaml  | 1 allocation checked
      """;

  /** What can't be seen from outside in so small a problem; each has a test of its own below. */
  private static final String SHOWN_BELOW =
      """
      allocate --gap --workers -h --help
      """;

  /** What is refused until it is built, and where it would stand. */
  private static final String NOT_BUILT =
      """
      --report              | allocate --report FILE
      --explain             | allocate --explain
      explain               | explain --claim ns/both
      capacity              | capacity --claim ns/both
      repack                | repack --max-moves 3
      replay                | replay
      run                   | run --namespace ns
      """;

  /**
   * Two GPUs, a claim for both of them that comes first, and two for one of them each: a pod waits
   * for the one, the other has no uid.
   */
  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      status: {allocatable: {cpu: "8", pods: "10"}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: gpu}
      spec: {selectors: [{cel: {expression: device.driver == "gpu.com"}}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: s}
      spec:
        driver: gpu.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 1}
        devices:
        - name: large
          attributes: {size: {string: large}}
          capacity: {memory: {value: 80Gi}}
        - name: small
          attributes: {size: {string: small}}
          capacity: {memory: {value: 40Gi}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: both, namespace: ns, uid: u-both, creationTimestamp: 2025-01-01T00:00:00Z}
      spec: {devices: {requests: [{name: r, exactly: {deviceClassName: gpu, count: 2}}]}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: of-pod, namespace: ns, uid: u-of-pod, creationTimestamp: 2025-01-02T00:00:00Z}
      spec: {devices: {requests: [{name: r, exactly: {deviceClassName: gpu}}]}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: p, namespace: ns, uid: u-p}
      spec: {resourceClaims: [{name: gpu, resourceClaimName: of-pod}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: no-uid, namespace: ns, creationTimestamp: 2025-01-03T00:00:00Z}
      spec: {devices: {requests: [{name: r, exactly: {deviceClassName: gpu}}]}}
      """;

  /** Two partitions of which one is held, and a held device that nobody publishes any more. */
  private static final String VANISHED =
      """
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: part}
      spec: {selectors: [{cel: {expression: device.driver == "part.com"}}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: part-counters}
      spec:
        driver: part.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 2}
        sharedCounters: [{name: board, counters: {slots: {value: "4"}}}]
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: part-devices}
      spec:
        driver: part.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 2}
        devices:
        - name: half
          consumesCounters: [{counterSet: board, counters: {slots: {value: "2"}}}]
        - name: quarter
          consumesCounters: [{counterSet: board, counters: {slots: {value: "1"}}}]
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: part, namespace: ns, uid: u-part}
      spec: {devices: {requests: [{name: r, exactly: {deviceClassName: part}}]}}
      """
          + (SmallClusters.holder("ghost", "gone") + SmallClusters.holder("holder", "quarter"))
              .replace("deviceClassName: gpu", "deviceClassName: part")
              .replace("gpu.com", "part.com");

  /**
   * Three GPUs of which nothing says how they are joined, and a claim for three that NVLinks join.
   */
  private static final String JOINED =
      """
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: nv}
      spec: {selectors: [{cel: {expression: device.driver == "gpu.nvidia.com"}}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: nv}
      spec:
        driver: gpu.nvidia.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 1}
        devices:
        - name: nv-0
          attributes:
            type: {string: gpu}
            resource.kubernetes.io/pciBusID: {string: "0000:10:00.0"}
        - name: nv-1
          attributes:
            type: {string: gpu}
            resource.kubernetes.io/pciBusID: {string: "0000:20:00.0"}
        - name: nv-2
          attributes:
            type: {string: gpu}
            resource.kubernetes.io/pciBusID: {string: "0000:30:00.0"}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata:
        name: joined
        namespace: ns
        uid: u-joined
        annotations: {tangram.io/links: nvlink}
      spec: {devices: {requests: [{name: r, exactly: {deviceClassName: nv, count: 3}}]}}
      """;

  private static final String HELD =
      """
      status:
        allocation:
          devices:
            results:
            - {request: r, driver: gpu.nvidia.com, pool: n1, device: nv-0}
            - {request: r, driver: gpu.nvidia.com, pool: n1, device: nv-1}
            - {request: r, driver: gpu.nvidia.com, pool: n1, device: nv-2}
          nodeSelector:
            nodeSelectorTerms:
            - matchFields: [{key: metadata.name, operator: In, values: [n1]}]
      """;

  private static final String LISTING =
      """
      \tGPU0\tGPU1\tGPU2
      GPU0\t X \tNV4\tNV4
      GPU1\tNV4\t X \tNV4
      GPU2\tNV4\tNV4\t X
      """;

  private static final Map<String, String> INPUTS =
      Map.ofEntries(
          Map.entry("in/cluster.yaml", CLUSTER),
          Map.entry(
              "expect.yaml",
              SmallClusters.claim("more")
                  .replace("ns,", "ns, annotations: {tangram.io/weight: \"30\"},")),
          Map.entry("prices.yaml", "default: 0.25\n"),
          Map.entry("start.yaml", SmallClusters.holder("no-uid", "small")),
          Map.entry("more.yaml", SmallClusters.claim("one-more")),
          Map.entry("result.yaml", SmallClusters.holder("one-more", "gpu-0")),
          Map.entry("drift.yaml", SmallClusters.holder("gone", "gpu-9")),
          Map.entry("vanished.yaml", VANISHED),
          Map.entry("topo.txt", LISTING),
          Map.entry("joined.yaml", JOINED),
          Map.entry("held.yaml", JOINED + HELD));

  private static final Path CONTRACT = Path.of("..", "..", "shared", "contract.md");

  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");

  @TempDir private Path folder;

  static Stream<Arguments> built() {
    return rows(BUILT);
  }

  static Stream<Arguments> notBuilt() {
    return rows(NOT_BUILT);
  }

  private static Stream<Arguments> rows(String table) {
    return table
        .lines()
        .map(line -> Arguments.of(Splitter.on('|').trimResults().splitToStream(line).toArray()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("built")
  void showsThatItIsNotIgnored(String command, String option, String beside, String evidence)
      throws IOException {
    String without = transcript(command + " " + beside);
    String with = transcript(command + " " + beside + " " + option);

    assertThat(without).doesNotContain(evidence);
    assertThat(with).contains(evidence);
  }

  /** Returns all that a run left behind. */
  private String transcript(String command) throws IOException {
    Path home = Files.createTempDirectory(folder, "run");
    for (Map.Entry<String, String> input : INPUTS.entrySet()) {
      Path file = home.resolve(input.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, input.getValue());
    }
    String[] args = (command + " -f DIR/in").replace("DIR", home.toString()).split(" +");

    Outcome outcome = CommandRun.asInstalled().run(args);

    StringBuilder transcript = new StringBuilder();
    transcript.append(
        "exit %d, output of %d lines%n"
            .formatted(outcome.exitCode(), outcome.out().lines().count()));
    transcript.append(outcome.out()).append(outcome.err());
    transcript.append("objectives ").append(objectives(outcome.err())).append('\n');
    for (Path file : filesBelow(home)) {
      String name = home.relativize(file).toString();
      if (!INPUTS.containsKey(name)) {
        transcript.append("file ").append(name).append('\n').append(Files.readString(file));
      }
    }
    return transcript.toString();
  }

  private static List<String> objectives(String summary) {
    return Pattern.compile("\"name\": \"(\\w+)\"")
        .matcher(summary)
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static List<Path> filesBelow(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** What limits the search, and nobody could tell from its plan; without the gap it never ends. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void stopsWithinTheGap() {
    Outcome outcome =
        CommandRun.asInstalled()
            .in(OddCluster.text())
            .run(
                "allocate -f - -o none --summary - --objectives fit --time-limit 10h --gap 0.9"
                    .split(" "));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).containsPattern("\"gap\": 0\\.(?!0\\b)[0-9]+");
  }

  @Test
  void letsSoManyWorkersWork() {
    List<AllocationOptions> seen = new ArrayList<>();
    CommandRun command =
        new CommandRun()
            .in(CLUSTER)
            .allocator(
                new ScriptedAllocator(
                    "first-fit",
                    (problem, options) -> {
                      seen.add(options);
                      return new FirstFitAllocator().allocate(problem, options);
                    }));

    Outcome outcome = command.run("allocate", "-f", "-", "--workers", "37");

    assertThat(outcome.exitCode()).isZero();
    assertThat(seen).extracting(AllocationOptions::workers).containsExactly(37);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("notBuilt")
  void isRefusedAndAbsentFromHelp(String refused, String arguments) {
    Outcome outcome = CommandRun.asInstalled().run((arguments + " -f no-such-file").split(" "));

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(": " + refused + " is not built yet.").hasLineCount(1);
    assertThat(whereItWouldStand(arguments))
        .isNotEmpty()
        .doesNotContainPattern(" " + refused + "\\b");
  }

  private static Set<String> options(String text) {
    return OPTION.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  /** Returns the part of the help that would speak of the last option that is named. */
  private static String whereItWouldStand(String arguments) {
    List<String> words = Splitter.on(' ').splitToList(arguments);
    String help = help(words.get(0));
    if (help.contains("\nCommands:")) { // it is no command yet
      return help.replaceFirst("(?s).*\nCommands:", "").replaceFirst("(?s)\nEnvironment:.*", "");
    }
    List<String> options = Splitter.onPattern("\\n(?= +-)").splitToList(help);
    return options.stream()
        .filter(option -> option.strip().startsWith(words.get(1) + "="))
        .findFirst()
        .orElse(help);
  }

  private static String help(String command) {
    return new CommandRun().run((command + " --help").strip().split(" ")).out();
  }

  @Test
  void showsAllThatHelpOffers() {
    for (String command : List.of("allocate", "verify")) {
      Set<String> offered = new TreeSet<>();

      for (String line : Splitter.onPattern("\\n(?= +-)").split(help(command))) {
        offered.addAll(options(line.strip().replaceFirst("(?s)(=|  ).*", "")));
      }

      assertThat(offered).hasSizeGreaterThan(3);
      assertThat(offered).isSubsetOf(options(BUILT + SHOWN_BELOW));
    }
  }

  /** The contract is published apart from this repository. */
  @Test
  void knowsAllOfTheContract() throws IOException {
    assumeTrue(Files.exists(CONTRACT));
    Set<String> meant = new TreeSet<>();
    for (String line : Files.readAllLines(CONTRACT)) {
      if (line.startsWith("| `-")) {
        meant.addAll(options(line.substring(0, line.indexOf('|', 2))));
      }
    }

    assertThat(meant).contains("--allocator", "--seed", "-o");
    assertThat(meant).isSubsetOf(options(BUILT + NOT_BUILT + SHOWN_BELOW));
  }
}
