package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of pods: two GPUs on n1, one on n2, and a link that all nodes reach. */
class PodGroupsCommandTest {

  private static final String GATES =
      "--feature-gates=GenericWorkload=true,DRAWorkloadResourceClaims=true";

  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      status: {allocatable: {cpu: 4, pods: 9}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: n2}
      status: {allocatable: {cpu: 4, pods: 9}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: gpu}
      spec: {selectors: [{cel: {expression: device.driver == 'gpu.com'}}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: link}
      spec: {selectors: [{cel: {expression: device.driver == 'link.com'}}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: n1}
      spec:
        driver: gpu.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 1}
        devices: [{name: gpu-0}, {name: gpu-1}]
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: n2}
      spec:
        driver: gpu.com
        nodeName: n2
        pool: {name: n2, generation: 1, resourceSliceCount: 1}
        devices: [{name: gpu-0}]
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: links}
      spec:
        driver: link.com
        allNodes: true
        pool: {name: links, generation: 1, resourceSliceCount: 1}
        devices: [{name: link-0}]
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaimTemplate
      metadata: {name: gpu, namespace: ns}
      spec: {spec: {devices: {requests: [{name: r, exactly: {deviceClassName: gpu}}]}}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaimTemplate
      metadata: {name: link, namespace: ns}
      spec: {spec: {devices: {requests: [{name: r, exactly: {deviceClassName: link}}]}}}
      """;

  private static String group(int minCount) {
    return """
    ---
    apiVersion: scheduling.k8s.io/v1beta1
    kind: PodGroup
    metadata: {name: g, namespace: ns, uid: u-g}
    spec:
      schedulingPolicy: {gang: {minCount: %d}}
      resourceClaims: [{name: link, resourceClaimTemplateName: link}]
    """
        .formatted(minCount);
  }

  private static String member(String name, String spec) {
    return """
    ---
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: ns, uid: u-%s}
    spec: {schedulingGroup: {podGroupName: g}, %s}
    """
        .formatted(name, name, spec);
  }

  private static String worker(String name) {
    return member(
        name,
        "resourceClaims: [{name: link, resourceClaimTemplateName: link},"
            + " {name: gpu, resourceClaimTemplateName: gpu}]");
  }

  private static Outcome allocate(String objects, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of("allocate", "-f", "-", "-o", "ndjson", "--summary", "-", "--with-pods"));
    words.addAll(List.of("--time-limit", "5m"));
    words.addAll(List.of(options));
    return new CommandRun().in(objects).run(words.toArray(String[]::new));
  }

  /** R229, R231: one claim for all, reserved once for the group that owns it. */
  @Test
  void allocatesWhatAGroupSharesOnce() {
    String objects = CLUSTER + group(3) + worker("a") + worker("b") + worker("c");
    Outcome outcome = allocate(objects, GATES);

    String out = outcome.out().replace('"', '\'');
    assertThat(outcome.err()).contains("\"allocated\": 4", "\"placed\": 3");
    assertThat(out.lines().filter(line -> line.contains("'generateName':'g-link-'")))
        .singleElement()
        .asString()
        .contains("'resource.kubernetes.io/podgroup-claim-name':'link'")
        .contains("'apiVersion':'scheduling.k8s.io/v1beta1','kind':'PodGroup','name':'g'")
        .contains(
            "'reservedFor':[{'apiGroup':'scheduling.k8s.io','resource':'podgroups','name':'g',"
                + "'uid':'u-g'}]");
    assertThat(out).contains("'generateName':'a-gpu-'", "'resource':'pods','name':'a'");
  }

  /** What was written is what goes on from there. */
  @Test
  void knowsItsOwnResultAgain() {
    String objects = CLUSTER + group(3);
    Outcome first = allocate(objects + worker("a") + worker("b") + worker("c"), GATES);
    String result = objects + "---\n" + first.out().replace("\n", "\n---\n");

    Outcome verified = new CommandRun().in(result).run("verify", "-f", "-", "--strict", GATES);
    Outcome more = allocate(result + worker("d").replaceFirst("^---\n", ""), GATES);

    assertThat(verified.exitCode()).as(verified.out() + verified.err()).isZero();
    assertThat(more.err()).contains("\"placed\": 0").contains("\"INSUFFICIENT_DEVICES\"");
  }

  @Test
  void placesNobodyWhereTooFewFit() {
    String objects = CLUSTER + group(4) + worker("a") + worker("b") + worker("c") + worker("d");
    Outcome outcome = allocate(objects, GATES);

    assertThat(outcome.err())
        .contains("\"allocated\": 0", "\"placed\": 0", "\"reason\": \"GROUP\"")
        .contains(
            "group ns/g is placed with at least 4 members or not at all, and so many found no"
                + " place together");
  }

  @Test
  void countsMembersThatRunAndThoseWithoutDevices() {
    String running = member("r", "nodeName: n1");
    String launcher = member("l", "containers: [{name: c}]");
    String objects = CLUSTER + group(5) + worker("a") + worker("b") + worker("c");

    assertThat(allocate(objects + running + launcher, GATES).err()).contains("\"placed\": 4");
    assertThat(allocate(objects + running, GATES).err())
        .contains("\"placed\": 0")
        .contains("and 3 of those that wait can be considered");
  }

  @Test
  void placesMembersForThemselvesWithoutAGang() {
    String basic = group(9).replace("gang: {minCount: 9}", "basic: {}");

    assertThat(allocate(CLUSTER + basic + worker("a") + worker("b"), GATES).err())
        .contains("\"placed\": 2");
  }

  @Test
  void keepsMembersOutThatCannotBeJudged() {
    String objects = CLUSTER + group(1) + worker("a");
    String topology =
        objects.replace(
            "  schedulingPolicy",
            "  schedulingConstraints: {topology: [{key: rack, near: 2}]}\n  schedulingPolicy");

    assertThat(allocate(objects).err())
        .contains("\"reason\": \"FEATURE_OFF\"", "feature gate GenericWorkload is off (R229)");
    assertThat(allocate(CLUSTER + worker("a"), GATES).err())
        .contains("PodGroup ns/g, of which it is a member, is not there (R229)");
    assertThat(allocate(topology, GATES).err())
        .contains(
            "\"reason\": \"UNSUPPORTED_CONSTRAINT\"",
            "the unknown constraint spec.schedulingConstraints.topology[0].near");
  }

  @Test
  void namesTheWayOutWhereGroupsAreOff() {
    Outcome outcome =
        new CommandRun()
            .in(CLUSTER + group(2) + worker("a") + worker("b"))
            .run("allocate", "-f", "-", "-o", "none");

    assertThat(outcome.err())
        .contains(
            "PodGroup ns/g: keeps its pods out while feature gate GenericWorkload is off (R229);"
                + " --feature-gates GenericWorkload=true turns it on.")
        .contains(
            "shares no claims while feature gate DRAWorkloadResourceClaims is off (R229);"
                + " --feature-gates GenericWorkload=true,DRAWorkloadResourceClaims=true turns it"
                + " on.")
        .contains(
            "pod ns/a stays out: FEATURE_OFF: it is a member of PodGroup ns/g, and feature gate"
                + " GenericWorkload is off (R229); --feature-gates GenericWorkload=true turns it"
                + " on")
        .contains("; pods left out: 2 FEATURE_OFF");
  }

  @Test
  void saysWhichVersionsHaveNoGroups() {
    assertThat(allocate(CLUSTER + group(2) + worker("a"), "--kubernetes-version=1.34").err())
        .contains("GenericWorkload is off (R229); Kubernetes 1.34 doesn't have it");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 must be greater than 0 (R229).",
    "3000000000, 3000000000 must be an integer of 32 bits (R229)."
  })
  void refusesGroupsThatAnApiServerWouldRefuse(String minCount, String problem) {
    String group = group(1).replace("minCount: 1", "minCount: " + minCount);

    Outcome outcome = allocate(CLUSTER + group, GATES);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .contains("PodGroup ns/g: spec.schedulingPolicy.gang.minCount: " + problem);
  }

  /** The claims of a pod are its own where groups share none. */
  @Test
  void sharesNoClaimsWhereThatIsOff() {
    Outcome outcome =
        allocate(
            CLUSTER + group(2) + worker("a") + worker("b"), "--feature-gates=GenericWorkload=true");

    assertThat(outcome.err())
        .contains("\"placed\": 0")
        .contains("shares no claims while feature gate DRAWorkloadResourceClaims is off (R229)");
  }
}
