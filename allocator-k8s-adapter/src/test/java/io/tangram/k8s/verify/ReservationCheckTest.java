package io.tangram.k8s.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.check.Violation.Severity;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import io.tangram.k8s.cel.CelExpressions;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.ClusterView;
import io.tangram.k8s.read.InputFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A claim that is usable in zone a, reserved for pod p, and who uses it. */
class ReservationCheckTest {

  private static final String NODES =
      """
      {apiVersion: v1, kind: Node, metadata: {name: a1, labels: {zone: a}}}
      ---
      {apiVersion: v1, kind: Node, metadata: {name: b1, labels: {zone: b}}}
      ---
      """;
  private static final String CLAIM =
      """
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: c, namespace: ns, uid: u}
      spec: {devices: {}}
      status:
        allocation:
          devices: {}
          nodeSelector: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [a]}]}]}
        reservedFor: [{resource: pods, name: p, uid: p1}]
      ---
      """;
  private static final String BY_NAME =
      CLAIM.replace(
          "matchExpressions: [{key: zone, operator: In, values: [a]}]",
          "matchFields: [{key: metadata.name, operator: In, values: [a1]}]");

  private static final ClusterView COUNTING =
      new ClusterView(FeatureSet.DEFAULT.with(FeatureGate.NODE_ALLOCATABLE_RESOURCES, true), false);

  /** The claim has four CPUs of its node, or a device that costs each pod as much. */
  private static String claimOfCpus(String consumption) {
    return """
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: s}
        spec:
          driver: cpu.example.com
          nodeName: a1
          pool: {name: a1, generation: 1, resourceSliceCount: 1}
          devices: [{name: socket-0, nodeAllocatableResources: {cpu: %s}}]
        ---
        """
            .formatted(consumption)
        + CLAIM.replace(
            "devices: {}\n    nodeSelector",
            "devices: {results: [{request: r, driver: cpu.example.com, pool: a1, device: socket-0}]}\n"
                + "    nodeSelector");
  }

  /** The same pod with a container that references the claim. */
  private static String referencing(String pod) {
    return pod.replace(
        "spec: {", "spec: {containers: [{name: m, resources: {claims: [{name: x}]}}], ");
  }

  private static String pod(String name, String uid, String node, String phase) {
    return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: ns, uid: %s}
        spec: {nodeName: %s, resourceClaims: [{name: x, resourceClaimName: c}]}
        status: {phase: %s}
        ---
        """
        .formatted(name, uid, node, phase);
  }

  private static List<String> findings(Severity severity, String... objects) {
    return findings(ClusterView.DEFAULT, severity, objects);
  }

  private static List<String> findings(ClusterView view, Severity severity, String... objects) {
    Cluster cluster =
        ClusterReader.create(new CelExpressions())
            .withView(view)
            .read(
                List.of(
                    InputFile.of(
                        "in",
                        new ByteArrayInputStream(
                            String.join("", objects).getBytes(StandardCharsets.UTF_8)))));
    return ReservationCheck.findings(cluster).stream()
        .filter(each -> each.severity() == severity)
        .map(Object::toString)
        .toList();
  }

  @Test
  void findsNothingWhereAllIsWell() {
    String pod = pod("p", "p1", "a1", "Running");

    assertThat(findings(Severity.VIOLATION, NODES, CLAIM, pod)).isEmpty();
    assertThat(findings(Severity.DRIFT, NODES, CLAIM, pod)).isEmpty();
  }

  @Test
  void saysNothingOfPodsWhereTheInputHasNone() {
    assertThat(findings(Severity.DRIFT, NODES, CLAIM)).isEmpty();
  }

  @Test
  void findsReservationsForPodsThatHaveGone() {
    String reserved = "R190 claim ns/c: is reserved for pod ns/p, which ";

    assertThat(findings(Severity.DRIFT, NODES, CLAIM, pod("q", "q1", "a1", "Succeeded")))
        .containsExactly(reserved + "is not there");
    assertThat(findings(Severity.DRIFT, NODES, CLAIM, pod("p", "p2", "a1", "Succeeded")))
        .containsExactly(reserved + "has gone; a pod of another uid has its name");
    assertThat(findings(Severity.DRIFT, NODES, CLAIM, pod("p", "p1", "a1", "Succeeded")))
        .containsExactly(reserved + "has finished");
  }

  @Test
  void findsPodsWithoutReservation() {
    String user = "R187 claim ns/c: is not reserved for it, but pod ns/q ";
    String objects = NODES + CLAIM + pod("p", "p1", "a1", "Running");

    assertThat(findings(Severity.VIOLATION, objects, pod("q", "q1", "a1", "Running")))
        .containsExactly(user + "runs on node a1");
    assertThat(findings(Severity.DRIFT, objects, pod("q", "q1", "a1", "Pending")))
        .containsExactly(user + "is bound to node a1");
    assertThat(
            findings(
                Severity.VIOLATION,
                objects.replace(
                    "uid: p1}]", "uid: p1}, {apiGroup: g, resource: x, name: y, uid: z}]"),
                pod("q", "q1", "a1", "Running")))
        .isEmpty();
  }

  /** R230. */
  @Test
  void acceptsReservationsForTheGroupOfAPod() {
    String group = "{apiGroup: scheduling.k8s.io, resource: podgroups, name: g, uid: g1}";
    String objects = NODES + CLAIM.replace("{resource: pods, name: p, uid: p1}", group);
    String member =
        pod("p", "p1", "a1", "Running")
            .replace("spec: {", "spec: {schedulingGroup: {podGroupName: g}, ");

    assertThat(findings(Severity.VIOLATION, objects, member)).isEmpty();
    assertThat(findings(Severity.VIOLATION, objects, member.replace("Name: g}", "Name: h}")))
        .containsExactly("R187 claim ns/c: is not reserved for it, but pod ns/p runs on node a1");
  }

  @Test
  void findsPodsWhoseClaimIsNotAllocated() {
    String pending = CLAIM.substring(0, CLAIM.indexOf("status:")) + "---\n";

    assertThat(findings(Severity.VIOLATION, pending, pod("p", "p1", "a1", "Running")))
        .containsExactly("R187 claim ns/c: is not allocated, but pod ns/p runs on node a1");
    assertThat(findings(Severity.DRIFT, pending, pod("p", "p1", "a1", "Pending")))
        .containsExactly("R187 claim ns/c: is not allocated, but pod ns/p is bound to node a1");
  }

  @Test
  void findsPodsWhereTheirClaimIsNotUsable() {
    String pod = pod("p", "p1", "b1", "Running");

    assertThat(findings(Severity.VIOLATION, NODES, BY_NAME, pod))
        .containsExactly(
            "R186 claim ns/c: is usable only where metadata.name In [a1], but pod ns/p runs on node"
                + " b1");
    assertThat(findings(Severity.DRIFT, NODES, CLAIM, pod))
        .containsExactly(
            "R186 claim ns/c: is usable only where zone In [a], but pod ns/p runs on node b1");
  }

  @Test
  void judgesByNameAloneWhereLabelsAreNotKnown() {
    String pod = pod("p", "p1", "b1", "Running");

    assertThat(findings(Severity.VIOLATION, BY_NAME, pod)).hasSize(1);
    assertThat(findings(Severity.DRIFT, CLAIM, pod)).isEmpty();
  }

  @Test
  void findsPartsOfNodesThatSeveralPodsHave() { // R238
    String claim = claimOfCpus("{mapping: {deviceMultiplier: \"4\"}}");
    String first = referencing(pod("p", "p1", "a1", "Running"));
    String second = referencing(pod("q", "q1", "a1", "Pending"));

    assertThat(findings(COUNTING, Severity.VIOLATION, claim, first)).isEmpty();
    assertThat(findings(COUNTING, Severity.VIOLATION, claim, first, second))
        .containsExactly(
            "R238 claim ns/c device cpu.example.com/a1/socket-0: is a part of its node, but 2 pods"
                + " have it, such as ns/p and ns/q");
    assertThat(
            findings(
                COUNTING, Severity.VIOLATION, claim, first, second.replace("Pending", "Failed")))
        .isEmpty();
  }

  @Test
  void findsPartsOfNodesThatNoContainerReferences() { // R238
    String claim = claimOfCpus("{mapping: {deviceMultiplier: \"4\"}}");

    assertThat(findings(COUNTING, Severity.VIOLATION, claim, pod("p", "p1", "a1", "Running")))
        .containsExactly(
            "R238 claim ns/c device cpu.example.com/a1/socket-0: is a part of its node, but no"
                + " container of pod ns/p references the claim");
  }

  @Test
  void acceptsSeveralPodsWhereDevicesOnlyCostThemSomething() { // R239
    String pods = pod("p", "p1", "a1", "Running") + pod("q", "q1", "a1", "Pending");

    assertThat(
            findings(
                COUNTING, Severity.VIOLATION, claimOfCpus("{overhead: {perPod: \"4\"}}"), pods))
        .isEmpty();
  }

  @Test
  void acceptsSeveralPodsWhereNothingIsCounted() {
    String pods = pod("p", "p1", "a1", "Running") + pod("q", "q1", "a1", "Pending");
    String claim = claimOfCpus("{mapping: {deviceMultiplier: \"4\"}}");

    assertThat(findings(Severity.VIOLATION, claim, pods)).isEmpty();
  }

  @Test
  void findsPodsWhoseClaimIsAnothers() {
    String pod =
        pod("p", "p1", "a1", "Running")
            .replace("resourceClaimName: c", "resourceClaimTemplateName: t")
            .replace(
                "phase: Running",
                "phase: Running, resourceClaimStatuses: [{name: x, resourceClaimName: c}]");
    String claim =
        CLAIM.replace(
            "uid: u}",
            "uid: u, ownerReferences: [{apiVersion: v1, kind: Pod, name: q, uid: q1, controller: true}]}");

    assertThat(findings(Severity.DRIFT, NODES, claim, pod))
        .containsExactly(
            "R225: pod ns/p on node a1: claim ns/c, which its status names, was not generated for"
                + " it");
  }

  @Test
  void findsPodsForWhichNoClaimWasGenerated() {
    String pod =
        pod("p", "p1", "a1", "Running")
            .replace("resourceClaimName: c", "resourceClaimTemplateName: t");
    String template =
        "{apiVersion: resource.k8s.io/v1, kind: ResourceClaimTemplate, metadata: {name: t,"
            + " namespace: ns}, spec: {spec: {devices: {}}}}\n---\n";

    assertThat(findings(Severity.DRIFT, NODES, template, pod))
        .containsExactly("R226: pod ns/p on node a1: there is no claim for its entry x");
  }
}
