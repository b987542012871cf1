package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.claim;
import static io.tangram.k8s.read.Reading.node;
import static io.tangram.k8s.read.Reading.pod;
import static io.tangram.k8s.read.Reading.podWith;
import static io.tangram.k8s.read.Reading.template;
import static io.tangram.k8s.read.Reading.uses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Quantity;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which pods wait for a node, in which order, and what the others take. */
class PodStatesTest {

  private static final String CPU = "containers: [{resources: {requests: {cpu: 3}}}]";

  private static ImmutableMap<String, Quantity> left(Cluster cluster) {
    return cluster.problem().nodes().get(0).available().orElseThrow();
  }

  private static Quantity quantity(String text) {
    return Quantity.parse(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nodeName: n | | has a node already, so that nobody allocates its claims (R228)",
        "schedulingGates: [{name: g}] | | has scheduling gates",
        "hostname: x | phase: Succeeded | has finished",
        "nodeName: n | phase: Failed | has finished",
      })
  void doesNotPlacePodsThatDoNotWait(String spec, String status, String why) {
    Cluster cluster =
        Reading.read(
            claim("a", "{}"),
            podWith("p", "", uses("a") + ", " + spec, status == null ? "" : status));

    assertThat(cluster.problem().workloads()).isEmpty();
    assertThat(cluster.problem().claims()).isEmpty();
    assertThat(cluster.pods().pending()).isZero();
    assertThat(cluster.pods().claimsLeftOut().get(new ClaimId("ns", "a")).message())
        .isEqualTo("waits for pod ns/p, which " + why);
  }

  @Test
  void doesNotPlacePodsThatAreBeingDeleted() {
    Cluster cluster =
        Reading.read(
            claim("a", "{}"),
            podWith("p", ", deletionTimestamp: 2025-01-01T00:00:00Z", uses("a"), ""));

    assertThat(cluster.problem().workloads()).isEmpty();
    assertThat(cluster.pods().claimsLeftOut().get(new ClaimId("ns", "a")).message())
        .isEqualTo("waits for pod ns/p, which is being deleted");
    assertThat(cluster.warnings())
        .containsExactly("cluster2.yaml: Pod ns/p: has a deletion timestamp and is not placed.");
  }

  @Test
  void warnsOfGates() {
    String gated =
        template("t", "{}")
            + pod(
                "p",
                "schedulingGates: [{name: g}], resourceClaims:"
                    + " [{name: x, resourceClaimTemplateName: t}]");

    assertThat(Reading.read(gated).warnings())
        .containsExactly("cluster.yaml: Pod ns/p: has scheduling gates and is not placed.");
    assertThat(
            Reading.read(gated + pod("q", "schedulingGates: [{name: g}], " + uses("a"))).warnings())
        .containsExactly("2 pods have scheduling gates, such as Pod ns/p; they are not placed.");
  }

  @Test
  void countsPodsThatUseNoDevices() {
    Cluster cluster = Reading.read(pod("p", CPU), pod("q", ""), pod("r", "nodeName: n"));

    assertThat(cluster.pods().skipped()).isEqualTo(2);
    assertThat(cluster.pods().pending()).isZero();
    assertThat(cluster.problem().workloads()).isEmpty();
  }

  @Test
  void takesWhatBoundPodsTakeOffTheirNodes() {
    String bound = "nodeName: n, ";
    Cluster cluster =
        Reading.read(
            node("n", "}, status: {allocatable: {cpu: 8, memory: 9007199254740993, pods: 110}}"),
            pod("p", bound + CPU),
            podWith("q", ", deletionTimestamp: 2025-01-01T00:00:00Z", bound + CPU, ""),
            podWith("done", "", bound + CPU, "phase: Succeeded"),
            pod("elsewhere", "nodeName: m, " + CPU),
            pod("waiting", CPU));

    assertThat(left(cluster))
        .containsExactlyInAnyOrderEntriesOf(
            ImmutableMap.of(
                "cpu", quantity("2"),
                "memory", quantity("9007199254740993"),
                "pods", quantity("108")));
  }

  @Test
  void leavesNothingOfAnOvercommittedNode() {
    Cluster cluster =
        Reading.read(
            node("n", "}, status: {allocatable: {cpu: 2, pods: 0}}"),
            pod("p", "nodeName: n, " + CPU));

    assertThat(left(cluster)).containsValues(quantity("0")).hasSize(2);
  }

  @Test
  void takesTheCapacityOfNodesThatNameNoAllocatableResources() {
    Cluster cluster = Reading.read(node("n", "}, status: {capacity: {cpu: 2, pods: 1}}"));

    assertThat(left(cluster)).containsEntry("cpu", quantity("2"));
  }

  @Test
  void warnsOfNodesThatDoNotLimitPods() {
    String pending = claim("a", "{}") + pod("p", uses("a"));
    String silent = node("n", "}") + node("m", "}");
    String uncounted = node("o", "}, status: {allocatable: {cpu: 2}}");

    assertThat(Reading.read(silent, uncounted).warnings()).isEmpty();
    assertThat(Reading.read(silent, uncounted, pending).warnings())
        .containsExactly(
            "2 nodes have no status.allocatable, such as n; pods are not limited there.",
            "node o has no status.allocatable.pods; the number of pods is not limited there.");
    assertThat(Reading.read(uncounted, pending).problem().nodes().get(0).available())
        .hasValueSatisfying(left -> assertThat(left).containsEntry("pods", Quantity.ONE));
  }

  @Test
  void ranksPodsByPriorityAndTime() {
    String classes =
        priorityClass("low", "-5")
            + priorityClass("usual", "7, globalDefault: true")
            + priorityClass("less", "3, globalDefault: true");
    Cluster cluster =
        Reading.read(
            claim("a", "{}"),
            classes,
            pod("none", uses("a")),
            pod("low", uses("a") + ", priorityClassName: low"),
            pod("given", uses("a") + ", priority: 11, priorityClassName: low"),
            pod("node", uses("a") + ", priorityClassName: system-node-critical"),
            pod("cluster", uses("a") + ", priorityClassName: system-cluster-critical"),
            podWith("old", ", creationTimestamp: 2025-01-01T00:00:00Z", uses("a"), ""));

    assertThat(cluster.problem().workloads())
        .extracting(Workload::priority)
        .containsExactly(3, -5, 11, 2_000_001_000, 2_000_000_000, 3);
    assertThat(cluster.problem().workloads().get(5).createdAt())
        .contains(Instant.parse("2025-01-01T00:00:00Z"));
    assertThat(cluster.problem().workloads().get(0).createdAt()).isEmpty();
  }

  @Test
  void givesNoPriorityWithoutClasses() {
    Cluster cluster = Reading.read(claim("a", "{}"), pod("p", uses("a")));

    assertThat(cluster.problem().workloads().get(0).priority()).isZero();
  }

  private static String priorityClass(String name, String value) {
    return "---\n{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: "
        + name
        + "}, value: "
        + value
        + "}\n";
  }

  @Test
  void makesUidsFromTheSeedWithAWarning() {
    String pod = pod("p", uses("a")).replace(", uid: p-p", "");

    Cluster cluster = Reading.read(claim("a", "{}"), pod);

    PodObject object = cluster.pods().objects().values().iterator().next();
    assertThat(object.uid()).matches("[0-9a-f-]{36}");
    assertThat(cluster.warnings())
        .containsExactly("cluster2.yaml: Pod ns/p: has no uid; it gets one made from the seed.");
    assertThat(
            Reading.read(2, claim("a", "{}"), pod)
                .pods()
                .objects()
                .values()
                .iterator()
                .next()
                .uid())
        .isNotEqualTo(object.uid());
  }

  @Test
  void mergesCopiesOfPods() {
    Cluster cluster = Reading.read(claim("a", "{}"), pod("p", uses("a")), pod("p", uses("a")));

    assertThat(cluster.problem().workloads()).hasSize(1);
    assertThat(cluster.warnings())
        .containsExactly(
            "cluster3.yaml: Pod ns/p: is there more than once; the copies are identical and count"
                + " once.");
  }

  @Test
  void warnsOfFieldsOfPodsThatHaveNoEffect() {
    Cluster cluster = Reading.read(pod("p", "nodeSlector: {zone: a}"));

    assertThat(cluster.warnings())
        .containsExactly(
            "cluster.yaml: Pod ns/p: spec.nodeSlector is not a known field and has no effect.");
  }
}
