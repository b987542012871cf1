package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.claim;
import static io.tangram.k8s.read.Reading.node;
import static io.tangram.k8s.read.Reading.pod;
import static io.tangram.k8s.read.Reading.podWith;
import static io.tangram.k8s.read.Reading.template;
import static io.tangram.k8s.read.Reading.uses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods, and what belongs to them, that an API server would refuse. */
class BadPodTest {

  private static final String POD = "cluster.yaml: Pod ns/p: spec";

  @ParameterizedTest
  @MethodSource
  void isRefusedInOneLine(String text, String line) {
    assertThatThrownBy(() -> Reading.read(text))
        .isInstanceOf(InputException.class)
        .hasMessage(line);
  }

  static Stream<Arguments> isRefusedInOneLine() {
    String containers = "containers: [{resources: {requests: {cpu: ";
    return Stream.of(
        arguments(
            "{apiVersion: v1, kind: Pod, metadata: {name: p, namespace: ns}}",
            POD + ": is required (pod placement)."),
        arguments(
            pod("p", "resourceClaims: [{name: a}]"),
            POD
                + ".resourceClaims[0]: set exactly one of resourceClaimName and"
                + " resourceClaimTemplateName (R224)."),
        arguments(
            pod(
                "p",
                "resourceClaims: [{name: a, resourceClaimName: x, resourceClaimTemplateName: y}]"),
            POD
                + ".resourceClaims[0]: set exactly one of resourceClaimName and"
                + " resourceClaimTemplateName (R224)."),
        arguments(
            pod(
                "p",
                "resourceClaims: [{name: a, resourceClaimName: x}, {name: a, resourceClaimName: y}]"),
            POD + ".resourceClaims[1]: \"a\" is there twice (R224)."),
        arguments(
            pod("p", "resourceClaims: [{resourceClaimName: x}]"),
            POD + ".resourceClaims[0].name: is required (R224)."),
        arguments(
            pod("p", "resourceClaims: {a: x}"),
            POD + ".resourceClaims: {\"a\":\"x\"} must be a list."),
        arguments(
            podWith("p", "", "", "resourceClaimStatuses: [{resourceClaimName: x}]"),
            "cluster.yaml: Pod ns/p: status.resourceClaimStatuses[0].name: is required (R225)."),
        arguments(
            pod("p", containers + "1x}}}]"),
            POD
                + ".containers[0].resources.requests[cpu]: \"1x\" is not a quantity (R35). Write a"
                + " number with an optional suffix: n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an"
                + " exponent such as e3."),
        arguments(
            pod("p", containers + "-1}}}]"),
            POD
                + ".containers[0].resources.requests[cpu]: -1 must not be negative (pod"
                + " resources)."),
        arguments(
            pod("p", "tolerations: [{operator: Equal, value: x}]"),
            POD
                + ".tolerations[0].operator: must be Exists where no key is named (taints of"
                + " nodes)."),
        arguments(
            pod("p", "tolerations: [{key: a, effect: Never}]"),
            POD
                + ".tolerations[0].effect: \"Never\" must be one of NoSchedule, PreferNoSchedule,"
                + " NoExecute (taints of nodes)."),
        arguments(
            pod("p", "nodeSelector: {zone: 1}"),
            POD + ".nodeSelector[zone]: 1 must be a string; put it in quotes."),
        arguments(
            pod(
                "p",
                "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                    + " {nodeSelectorTerms: []}}}"),
            POD
                + ".affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
                + ".nodeSelectorTerms: needs at least one term (node selectors)."),
        arguments(
            pod("p", "priority: 3000000000"),
            POD + ".priority: 3000000000 must be an integer of 32 bits (pod priority)."),
        arguments(
            claim("a", "{}") + pod("p", uses("a") + ", priorityClassName: top"),
            POD
                + ".priorityClassName: there is no PriorityClass top. Add it to the input, or set"
                + " spec.priority (pod priority)."),
        arguments(
            pod(
                "p",
                "nodeName: n, affinity: {podAntiAffinity:"
                    + " {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: z,"
                    + " labelSelector: {matchExpressions: [{key: a, operator: In}]}}]}}"),
            POD
                + ".affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0]"
                + ".labelSelector.matchExpressions[0].values: needs at least one value with this"
                + " operator (label selectors)."),
        arguments(
            pod("p", "") + pod("p", "hostname: x"),
            "cluster.yaml: Pod ns/p: the input has another Pod of this name that differs. Leave one"
                + " of them out."),
        arguments(
            "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: c}}",
            "cluster.yaml: PriorityClass c: value: is required (pod priority)."),
        arguments(
            template("t", "{requests: [{name: r}]}"),
            "cluster.yaml: ResourceClaimTemplate ns/t: spec.spec.devices.requests[0]: has neither"
                + " exactly nor firstAvailable; set one of them (section 5.1)."),
        arguments(
            template("t", "{}").replace("spec: {spec:", "spec: {metadata: {name: x}, spec:"),
            "cluster.yaml: ResourceClaimTemplate ns/t: spec.metadata.name: only labels and"
                + " annotations are allowed (R233)."),
        arguments(
            node("n", "}, spec: {taints: [{key: a}]}"),
            "cluster.yaml: Node n: spec.taints[0].effect: is required: one of NoSchedule,"
                + " PreferNoSchedule, NoExecute (taints of nodes)."),
        arguments(
            node("n", "}, status: {allocatable: {cpu: many}}"),
            "cluster.yaml: Node n: status.allocatable[cpu]: \"many\" is not a quantity (R35). Write"
                + " a number with an optional suffix: n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an"
                + " exponent such as e3."),
        arguments(
            Reading.held("a", ", reservedFor: [{resource: pods, name: x}]"),
            "cluster.yaml: ResourceClaim ns/a: status.reservedFor[0].uid: is required (R188)."));
  }
}
