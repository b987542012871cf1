package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of pods over racks: n1 and n2 in rack a, n3 and n4 in rack b, each with a GPU. */
class GroupTopologyCommandTest {

  private static final String GATE = "--feature-gates=GenericWorkload=true";

  private static final String CLUSTER =
      """
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: gpu}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaimTemplate
      metadata: {name: gpu, namespace: ns}
      spec: {spec: {devices: {requests: [{name: r, exactly: {deviceClassName: gpu}}]}}}
      """
          + IntStream.rangeClosed(1, 4)
              .mapToObj(
                  number ->
                      """
                      ---
                      apiVersion: v1
                      kind: Node
                      metadata: {name: n%1$d, labels: {rack: %2$s, kubernetes.io/hostname: n%1$d}}
                      status: {allocatable: {cpu: 4, pods: 9}}
                      ---
                      apiVersion: resource.k8s.io/v1
                      kind: ResourceSlice
                      metadata: {name: n%1$d}
                      spec:
                        driver: gpu.com
                        nodeName: n%1$d
                        pool: {name: n%1$d, generation: 1, resourceSliceCount: 1}
                        devices: [{name: gpu-0}]
                      """
                          .formatted(number, number < 3 ? "a" : "b"))
              .collect(Collectors.joining());

  private static String group(int minCount, String annotations, String spec) {
    return """
    ---
    apiVersion: scheduling.k8s.io/v1beta1
    kind: PodGroup
    metadata: {name: g, namespace: ns, uid: u-g, annotations: {%s}}
    spec: {schedulingPolicy: {gang: {minCount: %d}}%s}
    """
        .formatted(annotations, minCount, spec);
  }

  private static String worker(String name) {
    return pod(name, "resourceClaims: [{name: gpu, resourceClaimTemplateName: gpu}]");
  }

  private static String pod(String name, String spec) {
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: ns, uid: u-%s}
    spec: {schedulingGroup: {podGroupName: g}, %s}
    """
        .formatted(name, name, spec);
  }

  private static Outcome allocate(String objects, String... options) {
    List<String> words = new ArrayList<>(List.of("allocate", "-f", "-", "-o", "none", GATE));
    words.addAll(List.of("--summary", "-", "--time-limit", "5m"));
    words.addAll(List.of(options));
    return new CommandRun().in(CLUSTER + objects).run(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"optimal, 7", "best-fit, 7", "first-fit, 3"})
  void placesTheGroupsOfTheExample(String allocator, int pods) {
    Outcome outcome =
        CommandRun.asInstalled()
            .run(
                "allocate",
                "-f",
                "examples/pod-groups.yaml",
                "-o",
                "none",
                "--summary",
                "-",
                "--allocator",
                allocator,
                GATE);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("\"placed\": " + pods);
  }

  @Test
  void keepsPodsInOneRackAsKubernetesSays() {
    String inOne = ", schedulingConstraints: {topology: [{key: rack}]}";
    String three = worker("x") + worker("y") + worker("z");

    assertThat(allocate(group(2, "", inOne) + worker("x") + worker("y")).err())
        .contains("\"placed\": 2");
    assertThat(allocate(group(3, "", inOne) + three).err())
        .contains("\"placed\": 0", "\"reason\": \"TOPOLOGY\"")
        .contains(
            "group ns/g requires all members in one rack, and 2 of the 3 members that it needs were"
                + " found a place like that (rack has 2 values)");
  }

  @Test
  void staysInTheRackInWhichPodsRun() {
    String inOne = group(1, "tangram.io/topology-required: rack", "");

    Outcome outcome = allocate(inOne + pod("r", "nodeName: n3") + worker("x"));

    assertThat(outcome.err()).containsPattern("\"node\": \"n[34]\"");
  }

  @Test
  void spreadsPodsOverRacks() {
    String spread = group(2, "tangram.io/topology-at-most: rack=1", "");
    String pods = worker("x") + worker("y") + worker("z");

    assertThat(allocate(spread + pods).err()).contains("\"placed\": 2", "\"OUTRANKED\"");
  }

  @Test
  void optimisesWhatIsPreferredWhereSomethingIs() {
    String prefers = group(2, "tangram.io/topology-preferred: rack", "");
    String apart = group(2, "tangram.io/topology-at-most-preferred: rack=1", "");
    String pods = worker("x") + worker("y");

    assertThat(allocate(prefers + pods).err())
        .containsPattern("\"name\": \"topology\",\\s*\"tier\": 0,\\s*\"value\": 0");
    assertThat(allocate(apart + pods).err())
        .containsPattern("\"name\": \"topology\",\\s*\"tier\": 0,\\s*\"value\": 0");
    assertThat(allocate(prefers + pods, "--objectives", "fit").err()).doesNotContain("topology");
    assertThat(allocate(group(2, "", "") + pods).err()).doesNotContain("topology");
  }

  /** Pods that use no devices count too. */
  @Test
  void placesPodsWithoutDevicesWithTheOthers() {
    String inOne = group(1, "tangram.io/topology-required: rack", "");
    String pods = worker("x") + worker("y") + pod("l", "containers: [{name: c}]");

    assertThat(allocate(inOne + pods).err()).contains("\"pending\": 3", "\"placed\": 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topology-required: 'rack,' | \"\" must be the key of a label of nodes, such as"
            + " topology.kubernetes.io/zone; commas part several.",
        "topology-preferred: 'a b' | \"a b\" must be the key of a label of nodes, such as"
            + " topology.kubernetes.io/zone; commas part several.",
        "topology-required: 'rack,rack' | \"rack\" is there twice; name each label once.",
        "topology-at-most: rack | \"rack\" must be the key of a label of nodes, = and a whole number"
            + " from 1, such as kubernetes.io/hostname=1; commas part several.",
        "topology-at-most-preferred: rack=0 | \"rack=0\" must be the key of a label of nodes, = and a"
            + " whole number from 1, such as kubernetes.io/hostname=1; commas part several."
      })
  void refusesWhatIsNoTopology(String annotation, String problem) {
    Outcome outcome = allocate(group(2, "tangram.io/" + annotation, ""));

    String name = annotation.substring(0, annotation.indexOf(':'));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("PodGroup ns/g: metadata.annotations[tangram.io/" + name + "]: " + problem);
  }

  @Test
  void warnsOfAnnotationsThatItDoesNotKnow() {
    assertThat(allocate(group(2, "tangram.io/topology: rack, example.com/x: y", "")).err())
        .contains(
            "PodGroup ns/g: metadata.annotations[tangram.io/topology]: is not known and has no"
                + " effect; on a PodGroup there are tangram.io/topology-required,")
        .doesNotContain("example.com");
  }

  @Test
  void verifiesWherePodsOfAGroupRun() {
    String inOne = group(2, "'tangram.io/topology-required': rack", "");
    String pods = pod("r", "nodeName: n1") + pod("s", "nodeName: n3");
    CommandRun command = new CommandRun().in(CLUSTER + inOne + pods);

    Outcome drift = command.run("verify", "-f", "-", GATE);
    Outcome strict =
        new CommandRun().in(CLUSTER + inOne + pods).run("verify", "-f", "-", "--strict", GATE);

    assertThat(drift.exitCode()).isZero();
    assertThat(drift.err())
        .contains(
            "drift: PLACEMENT: group ns/g requires all members in one rack, but has members in a and"
                + " b");
    assertThat(strict.exitCode()).isEqualTo(1);
  }
}
