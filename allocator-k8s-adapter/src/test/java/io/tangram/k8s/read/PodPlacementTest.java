package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.claim;
import static io.tangram.k8s.read.Reading.node;
import static io.tangram.k8s.read.Reading.pod;
import static io.tangram.k8s.read.Reading.podWith;
import static io.tangram.k8s.read.Reading.uses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tangram.api.claim.Workload;
import io.tangram.api.device.Node;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** On which nodes a pod may be placed, as kube-scheduler judges them. */
class PodPlacementTest {

  private static final String NODES =
      node("a1", ", labels: {zone: a, gen: \"7\"}}")
          + node("b1", ", labels: {zone: b, gen: \"10\"}}")
          + node("c1", "}, spec: {taints: [{key: gpu, value: big, effect: NoSchedule}]}")
          + node("d1", "}, spec: {taints: [{key: gpu, effect: PreferNoSchedule}]}")
          + node("e1", "}, spec: {unschedulable: true}");

  private static List<String> allowed(Cluster cluster) {
    Workload workload = cluster.problem().workloads().get(0);
    return cluster.problem().nodes().stream().filter(workload::allows).map(Node::name).toList();
  }

  private static List<String> allowed(String spec) {
    return allowed(Reading.read(NODES, claim("a", "{}"), pod("p", uses("a") + spec)));
  }

  private static String affinity(String terms) {
    return ", affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
        + " {nodeSelectorTerms: ["
        + terms
        + "]}}}";
  }

  @ParameterizedTest
  @MethodSource
  void selectsNodes(String spec, List<String> nodes) {
    assertThat(allowed(spec)).isEqualTo(nodes);
  }

  static Stream<Arguments> selectsNodes() {
    String zone = "{matchExpressions: [{key: zone, operator: ";
    return Stream.of(
        arguments("", List.of("a1", "b1", "d1")),
        arguments(", nodeSelector: {}", List.of("a1", "b1", "d1")),
        arguments(", nodeSelector: {zone: a}", List.of("a1")),
        arguments(", nodeSelector: {zone: a, gen: \"10\"}", List.of()),
        arguments(affinity(zone + "In, values: [a, x]}]}"), List.of("a1")),
        arguments(affinity(zone + "NotIn, values: [a]}]}"), List.of("b1", "d1")),
        arguments(affinity(zone + "Exists}]}"), List.of("a1", "b1")),
        arguments(affinity(zone + "DoesNotExist}]}"), List.of("d1")),
        arguments(
            affinity("{matchExpressions: [{key: gen, operator: Gt, values: [\"7\"]}]}"),
            List.of("b1")),
        arguments(
            affinity("{matchExpressions: [{key: gen, operator: Lt, values: [\"10\"]}]}"),
            List.of("a1")),
        arguments(
            affinity("{matchFields: [{key: metadata.name, operator: In, values: [b1]}]}"),
            List.of("b1")),
        // Terms are alternatives, and an empty one matches nothing.
        arguments(
            affinity(zone + "In, values: [a]}]}, {}, " + zone + "In, values: [b]}]}"),
            List.of("a1", "b1")),
        // A preference excludes nothing.
        arguments(
            ", affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}",
            List.of("a1", "b1", "d1")),
        arguments(", nodeSelector: {zone: a}" + affinity(zone + "In, values: [b]}]}"), List.of()));
  }

  @ParameterizedTest
  @MethodSource
  void toleratesTaints(String toleration, List<String> nodes) {
    assertThat(allowed(", tolerations: [" + toleration + "]")).isEqualTo(nodes);
  }

  static Stream<Arguments> toleratesTaints() {
    String unschedulable = "key: node.kubernetes.io/unschedulable, ";
    return Stream.of(
        arguments("{key: gpu, value: big}", List.of("a1", "b1", "c1", "d1")),
        arguments("{key: gpu, value: small}", List.of("a1", "b1", "d1")),
        arguments("{key: gpu, operator: Exists}", List.of("a1", "b1", "c1", "d1")),
        arguments("{key: gpu, operator: Exists, effect: NoExecute}", List.of("a1", "b1", "d1")),
        arguments(
            "{key: gpu, operator: Exists, effect: PreferNoSchedule}", List.of("a1", "b1", "d1")),
        arguments("{operator: Exists}", List.of("a1", "b1", "c1", "d1", "e1")),
        arguments("{operator: Exists, effect: NoSchedule}", List.of("a1", "b1", "c1", "d1", "e1")),
        arguments("{" + unschedulable + "operator: Exists}", List.of("a1", "b1", "d1", "e1")));
  }

  @Test
  void marksUnschedulableNodesOnce() {
    String taint = "{key: node.kubernetes.io/unschedulable, effect: NoSchedule}";

    Cluster cluster =
        Reading.read(
            node("n", "}, spec: {unschedulable: true, taints: [" + taint + "]}"),
            node("m", "}, spec: {unschedulable: true}"),
            node("o", "}, spec: {unschedulable: false}"));

    assertThat(cluster.problem().nodes())
        .extracting(each -> each.taints().size())
        .containsExactly(1, 1, 0);
    assertThat(cluster.problem().nodes().get(0).taints())
        .isEqualTo(cluster.problem().nodes().get(1).taints());
  }

  private static String boundWithAntiAffinity(String term) {
    return pod(
        "db",
        "nodeName: a1, affinity: {podAntiAffinity:"
            + " {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, "
            + term
            + "}]}}");
  }

  @ParameterizedTest
  @MethodSource
  void keepsAwayFromBoundPodsThatWantItSo(String term, List<String> nodes) {
    Cluster cluster =
        Reading.read(
            NODES,
            "---\n{apiVersion: v1, kind: Namespace, metadata: {name: ns, labels: {team: a}}}",
            claim("a", "{}"),
            boundWithAntiAffinity(term),
            podWith("p", ", labels: {app: web, tier: x}", uses("a"), ""));

    assertThat(allowed(cluster)).isEqualTo(nodes);
  }

  static Stream<Arguments> keepsAwayFromBoundPodsThatWantItSo() {
    List<String> elsewhere = List.of("b1", "d1");
    List<String> everywhere = List.of("a1", "b1", "d1");
    String web = "labelSelector: {matchLabels: {app: web}}";
    return Stream.of(
        arguments(web, elsewhere),
        arguments("labelSelector: {}", elsewhere),
        arguments("namespaces: [ns]", everywhere),
        arguments("labelSelector: {matchLabels: {app: web, tier: y}}", everywhere),
        arguments(
            "labelSelector: {matchExpressions: [{key: app, operator: In, values: [web]}, {key: z,"
                + " operator: DoesNotExist}]}",
            elsewhere),
        arguments(
            "labelSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}",
            everywhere),
        arguments("labelSelector: {matchExpressions: [{key: app, operator: Exists}]}", elsewhere),
        arguments(web + ", namespaces: [other]", everywhere),
        arguments(web + ", namespaceSelector: {}", elsewhere),
        arguments(web + ", namespaceSelector: {matchLabels: {team: b}}", everywhere));
  }

  @Test
  void takesNamespacesThatAreNotKnownForAny() {
    Cluster cluster =
        Reading.read(
            NODES,
            claim("a", "{}"),
            boundWithAntiAffinity("labelSelector: {}, namespaceSelector: {matchLabels: {t: b}}"),
            pod("p", uses("a")));

    assertThat(allowed(cluster)).containsExactly("b1", "d1");
  }
}
