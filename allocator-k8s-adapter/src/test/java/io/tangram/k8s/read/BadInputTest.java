package io.tangram.k8s.read;

import static io.tangram.k8s.read.Reading.claim;
import static io.tangram.k8s.read.Reading.device;
import static io.tangram.k8s.read.Reading.exactly;
import static io.tangram.k8s.read.Reading.slice;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server would refuse ends in one line that names object, field and rule. */
class BadInputTest {

  private static final String CLAIM = "cluster.yaml: ResourceClaim ns/a: ";
  private static final String LEAF = CLAIM + "spec.devices.requests[0].exactly";
  private static final String SLICE = "cluster.yaml: ResourceSlice s: ";
  private static final String DEVICE = SLICE + "spec.devices[0]";

  @ParameterizedTest
  @MethodSource({"texts", "claims", "slices", "devices", "capacities", "others"})
  void isRefusedInOneLine(String text, String line) {
    assertThatThrownBy(() -> Reading.read(text))
        .isInstanceOf(InputException.class)
        .hasMessage(line);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments(
            "kind: Node\n  name: x: y",
            "cluster.yaml: line 2, column 7: not YAML: a colon where no key can be; quote text that has one, or look at the indentation."),
        arguments(
            "{\"kind\": \"Node\",",
            "cluster.yaml: line 1, column 17: not JSON: the text ends early."),
        arguments(
            "\n\napiVersion: v1",
            "cluster.yaml: line 3: kind: is required; every Kubernetes object says its apiVersion"
                + " and kind."),
        arguments(
            "{apiVersion: v1, kind: [Node]}",
            "cluster.yaml: line 1: kind: must be a string; every Kubernetes object says its"
                + " apiVersion and kind."),
        arguments(
            "kind: Node",
            "cluster.yaml: line 1: apiVersion: is required; every Kubernetes object says its"
                + " apiVersion and kind."),
        arguments(
            "{apiVersion: scheduling.k8s.io/v1alpha3, kind: PodGroup, metadata: {name: g}}",
            "cluster.yaml: PodGroup default/g: spec: is required (R229)."),
        arguments(
            "{apiVersion: resource.k8s.io/v1alpha3, kind: ResourceClaim, metadata: {name: a}}",
            "cluster.yaml: line 1: ResourceClaim a: apiVersion: resource.k8s.io/v1alpha3 is not"
                + " read. Convert the object to resource.k8s.io/v1 (section 0.4)."),
        arguments(
            "{apiVersion: v1, kind: Node, metadata: {name: Not_A_Name}}",
            "cluster.yaml: Node (without a name, line 1): metadata.name: \"Not_A_Name\" is not a"
                + " DNS subdomain: at most 253 lower-case letters, digits, inner hyphens and dots"
                + " (object metadata)."),
        arguments(
            "{apiVersion: v1, kind: Node}",
            "cluster.yaml: Node (without a name, line 1): metadata: is required (object"
                + " metadata)."),
        arguments(
            "{apiVersion: v1, kind: Node, metadata: {name: n, labels: {a: 1}}}",
            "cluster.yaml: Node n: metadata.labels[a]: 1 must be a string; put it in quotes."));
  }

  static Stream<Arguments> claims() {
    return Stream.of(
        arguments(exactly(", count: -1"), LEAF + ".count: -1 must be greater than 0 (R62)."),
        arguments(
            exactly(", count: \"2\""),
            LEAF + ".count: \"2\" must be a 64-bit integer; leave the quotes out."),
        arguments(exactly(", count: 1.5"), LEAF + ".count: 1.5 must be a 64-bit integer."),
        arguments(
            exactly(", count: 9223372036854775808"),
            LEAF
                + ".count: 9223372036854775808 must be a 64-bit integer, -9223372036854775808 to 9223372036854775807."),
        arguments(
            exactly(", allocationMode: Some"),
            LEAF + ".allocationMode: \"Some\" must be one of ExactCount, All (section 5.1)."),
        arguments(
            exactly(", adminAccess: \"true\""),
            LEAF + ".adminAccess: \"true\" must be true or false; leave the quotes out."),
        arguments(
            exactly(", capacity: {requests: {memory: 10Gx}}"),
            LEAF
                + ".capacity.requests[memory]: \"10Gx\" is not a quantity (R35). Write a number"
                + " with an optional suffix: n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an exponent"
                + " such as e3."),
        arguments(
            exactly(", capacity: {requests: {memory: true}}"),
            LEAF + ".capacity.requests[memory]: true must be a quantity, such as 80Gi (R35)."),
        arguments(exactly(", selectors: [{}]"), LEAF + ".selectors[0].cel: is required (R59)."),
        arguments(
            exactly(", selectors: [{cel: {}}]"),
            LEAF + ".selectors[0].cel.expression: is required (R59)."),
        arguments(
            exactly(", selectors: [" + repeated(33, "{cel: {expression: x}}") + "]"),
            LEAF + ".selectors: has 33 entries; at most 32 are allowed (section 5.1)."),
        arguments(
            exactly(", tolerations: [{operator: Is}]"),
            LEAF + ".tolerations[0].operator: \"Is\" must be one of Equal, Exists (R148)."),
        arguments(
            exactly(", tolerations: [{operator: Exists, value: x}]"),
            LEAF + ".tolerations[0].value: \"x\" must be left out with operator Exists (R148)."),
        arguments(
            exactly(", tolerations: [{effect: Never}]"),
            LEAF
                + ".tolerations[0].effect: \"Never\" must be one of None, NoSchedule, NoExecute"
                + " (R148)."),
        arguments(
            claim("a", "{requests: [{name: r, exactly: {}}]}"),
            LEAF + ".deviceClassName: is required (R40)."),
        arguments(
            claim("a", "{requests: [{name: r}]}"),
            CLAIM
                + "spec.devices.requests[0]: has neither exactly nor firstAvailable; set one of"
                + " them (section 5.1)."),
        arguments(
            claim(
                "a",
                "{requests: [{name: r, exactly: {deviceClassName: c}, firstAvailable: [{name: s,"
                    + " deviceClassName: c}]}]}"),
            CLAIM
                + "spec.devices.requests[0]: has both exactly and firstAvailable; set one of them"
                + " (section 5.1)."),
        arguments(
            claim("a", "{requests: {name: r}}"),
            CLAIM + "spec.devices.requests: {\"name\":\"r\"} must be a list."),
        arguments(
            claim(
                "a",
                "{requests: [{name: r, exactly: {deviceClassName: c}}, {name: r, exactly:"
                    + " {deviceClassName: c}}]}"),
            CLAIM + "spec.devices.requests[1]: \"r\" is there twice (section 5.1)."),
        arguments(
            claim(
                "a",
                "{requests: [{name: r, firstAvailable: ["
                    + numbered(9, "{name: s%d, deviceClassName: c}")
                    + "]}]}"),
            CLAIM
                + "spec.devices.requests[0].firstAvailable: has 9 entries; at most 8 are allowed"
                + " (section 5.1)."),
        arguments(
            claim("a", "{constraints: [{requests: [nobody], matchAttribute: a.com/b}]}"),
            CLAIM
                + "spec.devices.constraints[0].requests[0]: \"nobody\" names no request of the"
                + " claim; write request or request/subrequest (R61)."),
        arguments(
            claim("a", "{constraints: [{}]}"),
            CLAIM
                + "spec.devices.constraints[0]: set one of matchAttribute and distinctAttribute"
                + " (R95)."),
        arguments(
            claim("a", "{constraints: [{matchAttribute: bare}]}"),
            CLAIM
                + "spec.devices.constraints[0].matchAttribute: \"bare\" must be a domain, / and an"
                + " identifier, such as a.com/numa (section 6)."),
        arguments(
            claim("a", "{config: [{opaque: {driver: d.com, parameters: [1]}}]}"),
            CLAIM
                + "spec.devices.config[0].opaque.parameters: [1] must be an object (section 5.1)."),
        arguments(
            claim(
                "a",
                "{config: [{opaque: {driver: d.com, parameters: {x: "
                    + "y".repeat(10240)
                    + "}}}]}"),
            CLAIM
                + "spec.devices.config[0].opaque.parameters: has more than 10 KiB (section 5.1)."),
        arguments(
            claim("a", "{requests: []}") + claim("a", "{requests: [], config: []}"),
            CLAIM
                + "the input has another ResourceClaim of this name that differs. Leave one of"
                + " them out."),
        arguments(
            claim("a", "{}").replace("}}\n", "}, status: {reservedFor: [{uid: u}]}}\n"),
            CLAIM + "status.reservedFor: needs an allocation to reserve (R188)."),
        arguments(
            claim("a", "{}").replace("uid: u-a", "creationTimestamp: yesterday"),
            CLAIM
                + "metadata.creationTimestamp: \"yesterday\" must be a time such as"
                + " 2025-01-31T12:00:00Z."));
  }

  static Stream<Arguments> slices() {
    return Stream.of(
        arguments(
            slice("s", "devices: []"),
            SLICE
                + "spec: set exactly one of nodeName, nodeSelector, allNodes and"
                + " perDeviceNodeSelection (R5)."),
        arguments(
            slice("s", "nodeName: n, allNodes: true"),
            SLICE + "spec: only one of nodeName, nodeSelector and allNodes may be set (R5)."),
        arguments(
            slice("s", "allNodes: false"),
            SLICE + "spec.allNodes: must be true or left out (section 1.1)."),
        arguments(
            slice("s", "nodeSelector: {nodeSelectorTerms: [{}, {}]}"),
            SLICE + "spec.nodeSelector: must have exactly one term (section 1.1)."),
        arguments(
            slice(
                "s",
                "nodeSelector: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Near}]}]}"),
            SLICE
                + "spec.nodeSelector.nodeSelectorTerms[0].matchExpressions[0].operator: \"Near\""
                + " must be one of In, NotIn, Exists, DoesNotExist, Gt, Lt (node selectors)."),
        arguments(
            slice(
                "s",
                "nodeSelector: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Gt}]}]}"),
            SLICE
                + "spec.nodeSelector.nodeSelectorTerms[0].matchExpressions[0]: operator Gt on key a"
                + " needs exactly one integer (node selectors)."),
        arguments(
            slice("s", "nodeName: n, devices: [], sharedCounters: []"),
            SLICE
                + "spec: has both devices and sharedCounters; put them into different slices of the"
                + " pool (R110)."),
        arguments(
            slice("s", "nodeName: n, devices: [{name: x}, {name: x}]"),
            SLICE + "spec.devices[1]: \"x\" is there twice (R16)."),
        arguments(
            slice("s", "nodeName: n, devices: [" + numbered(129, "{name: x%d}") + "]"),
            SLICE + "spec.devices: has 129 entries; at most 128 are allowed (section 1.1)."),
        arguments(
            slice(
                "s",
                "nodeName: n, devices: [{name: t, taints: [{key: k, effect: None}]}, "
                    + numbered(64, "{name: x%d}")
                    + "]"),
            SLICE
                + "spec.devices: has 65 entries; at most 64 are allowed where one has taints,"
                + " consumesCounters or a list-typed attribute (section 1.1)."),
        arguments(
            slice("s", "nodeName: n").replace("generation: 1", "generation: -1"),
            SLICE + "spec.pool.generation: -1 must be at least 0 (R3)."),
        arguments(
            slice("s", "nodeName: n").replace(", resourceSliceCount: 1", ""),
            SLICE + "spec.pool.resourceSliceCount: is required (R11)."),
        arguments(
            slice("s", "nodeName: n").replace("driver: d.com", "driver: " + "d".repeat(64)),
            SLICE
                + "spec.driver: \""
                + "d".repeat(64)
                + "\" is not a driver's name: a DNS subdomain of at most 63 characters (section"
                + " 1.1)."),
        arguments(
            slice("s", "nodeName: n").replace("name: p,", "name: p//q,"),
            SLICE
                + "spec.pool.name: \"p//q\" is not a pool's name: DNS subdomains joined by /, at"
                + " most 253 characters (section 1.1)."),
        arguments(
            slice("s", "nodeName: n, sharedCounters: [{name: c, counters: {A: {value: 1}}}]"),
            SLICE
                + "spec.sharedCounters[0].counters[A]: the name is not a DNS label: at most 63"
                + " lower-case letters, digits and inner hyphens (section 1.1)."),
        arguments(
            slice("s", "nodeName: n, sharedCounters: [{name: c, counters: {a: {value: 1Q}}}]"),
            SLICE
                + "spec.sharedCounters[0].counters[a].value: \"1Q\" is not a quantity (R35). Write"
                + " a number with an optional suffix: n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an"
                + " exponent such as e3."));
  }

  static Stream<Arguments> devices() {
    return Stream.of(
        arguments(
            device(", allNodes: true"),
            DEVICE
                + ": nodeName, nodeSelector and allNodes need perDeviceNodeSelection on the slice"
                + " (section 1.1)."),
        arguments(
            slice("s", "perDeviceNodeSelection: true, devices: [{name: x}]"),
            DEVICE
                + ": set exactly one of nodeName, nodeSelector and allNodes, as the slice has"
                + " perDeviceNodeSelection (section 1.1)."),
        arguments(
            device(", attributes: {a: {}}"),
            DEVICE
                + ".attributes[a]: has no value; set exactly one of int, bool, string, version,"
                + " ints, bools, strings, versions (R29)."),
        arguments(
            device(", attributes: {a: {int: 1, string: b}}"),
            DEVICE
                + ".attributes[a]: has int and string; set exactly one of int, bool, string,"
                + " version, ints, bools, strings, versions (R29)."),
        arguments(
            device(", attributes: {a: {int: 1.5}}"),
            DEVICE + ".attributes[a].int: 1.5 must be a 64-bit integer."),
        arguments(
            device(", attributes: {a: {version: \"1.2\"}}"),
            DEVICE
                + ".attributes[a].version: \"1.2\" is not a semantic version 2.0.0, such as 1.2.3"
                + " (section 2.2)."),
        arguments(
            device(", attributes: {a: {string: " + "x".repeat(65) + "}}"),
            DEVICE + ".attributes[a].string: has more than 64 bytes (section 2.2)."),
        arguments(
            device(", attributes: {a: {strings: []}}"),
            DEVICE + ".attributes[a].strings: must not be empty (R29)."),
        arguments(
            device(", attributes: {" + numbered(33, "a%d: {int: 1}") + "}"),
            DEVICE + ": has 33 attributes and capacities; at most 32 are allowed (section 1.1)."),
        arguments(
            device(", attributes: {a: {ints: [" + repeated(49, "1") + "]}}"),
            DEVICE + ": has 49 attribute values; at most 48 are allowed (section 1.1)."),
        arguments(
            device(", taints: [{key: k, effect: Often}]"),
            DEVICE
                + ".taints[0].effect: \"Often\" must be one of None, NoSchedule, NoExecute"
                + " (R146)."),
        arguments(
            device(", taints: [{key: k}]"),
            DEVICE + ".taints[0].effect: is required: one of None, NoSchedule, NoExecute (R146)."),
        arguments(
            device(", bindingConditions: [a], bindingFailureConditions: [a]"),
            DEVICE + ": bindingConditions and bindingFailureConditions share [a] (section 1.1)."),
        arguments(
            device(
                ", consumesCounters: ["
                    + numbered(3, "{counterSet: c%d, counters: {a: {value: 1}}}")
                    + "]"),
            DEVICE + ".consumesCounters: has 3 entries; at most 2 are allowed (R109)."));
  }

  static Stream<Arguments> capacities() {
    String policy = DEVICE + ".capacity[m].requestPolicy";
    return Stream.of(
        arguments(
            device(", capacity: {m: {}}"),
            DEVICE + ".capacity[m].value: is required (section 2.3)."),
        arguments(
            shared("{validValues: [1, 2]}"),
            policy + ".default: is required with validValues or validRange (section 2.3)."),
        arguments(
            shared("{default: 1, validValues: [1], validRange: {min: 1}}"),
            policy + ": has both validValues and validRange; set one of them (section 2.3)."),
        arguments(
            shared("{default: 1, validValues: [1, 1]}"),
            policy + ".validValues[1]: values must ascend without repetition (section 2.3)."),
        arguments(
            shared("{default: 1, validValues: [2, 4]}"),
            policy + ".validValues: must contain the default 1 (section 2.3)."),
        arguments(
            shared("{default: 1, validRange: {}}"),
            policy + ".validRange.min: is required (section 2.3)."),
        arguments(
            shared("{default: 1, validRange: {min: 2}}"),
            policy + ".validRange.min: 2 is above the default 1 (section 2.3)."),
        arguments(
            shared("{default: 4, validRange: {min: 2, max: 3}}"),
            policy + ".validRange.max: 3 is below the default 4 (section 2.3)."),
        arguments(
            shared("{default: 2, validRange: {min: 2, step: 0}}"),
            policy + ".validRange.step: 0 must be greater than 0 (R135)."),
        arguments(
            shared("{default: 3, validRange: {min: 2, step: 2}}"),
            policy
                + ".validRange.step: the default 3 is not a whole number of steps above 2 (section"
                + " 2.3)."),
        arguments(
            shared("{default: 3200m, validRange: {min: 1, step: 2}}"),
            policy
                + ".validRange.step: the default 3200m is not a whole number of steps above 1"
                + " (section 2.3)."));
  }

  static Stream<Arguments> others() {
    String deviceClass =
        "{apiVersion: resource.k8s.io/v1, kind: DeviceClass, metadata: {name: c}, spec: %s}";
    return Stream.of(
        arguments(
            String.format(deviceClass, "{selectors: [{cel: {expression: 1}}]}"),
            "cluster.yaml: DeviceClass c: spec.selectors[0].cel.expression: 1 must be a string; put it in quotes."),
        arguments(
            String.format(deviceClass, "{config: [{}]}"),
            "cluster.yaml: DeviceClass c: spec.config[0].opaque: is required (section 5.1)."),
        arguments(
            String.format(deviceClass, "{}")
                + "\n---\n"
                + String.format(deviceClass, "{config: []}"),
            "cluster.yaml: DeviceClass c: the input has another DeviceClass of this name that"
                + " differs. Leave one of them out."),
        arguments(
            held("{request: r, driver: d.com, pool: p}"),
            CLAIM + "status.allocation.devices.results[0].device: is required (section 11.1)."),
        arguments(
            held("{request: r, driver: d.com, pool: p, device: x, shareID: ABC}"),
            CLAIM
                + "status.allocation.devices.results[0].shareID: \"ABC\" must be a UUID in lower"
                + " case (R136)."));
  }

  @Test
  void namesTheFileOfTheSecondOfTwoThatDiffer() {
    assertThatThrownBy(
            () -> Reading.read(claim("a", "{requests: []}"), claim("a", "{constraints: []}")))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("cluster2.yaml: ResourceClaim ns/a: ");
  }

  private static String shared(String policy) {
    return device(
        ", allowMultipleAllocations: true, capacity: {m: {value: 8, requestPolicy: "
            + policy
            + "}}");
  }

  private static String held(String result) {
    return claim("a", "{}")
        .replace("}}\n", "}, status: {allocation: {devices: {results: [" + result + "]}}}}\n");
  }

  private static String repeated(int times, String text) {
    return Stream.generate(() -> text).limit(times).collect(Collectors.joining(", "));
  }

  private static String numbered(int times, String text) {
    return IntStream.range(0, times)
        .mapToObj(i -> String.format(text, i))
        .collect(Collectors.joining(", "));
  }
}
