package io.tangram.k8s.cli;

import static io.tangram.k8s.cli.RealObjects.assertRefused;
import static io.tangram.k8s.cli.RealObjects.changed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real objects, each time with another mistake that an API server would refuse: one line says where
 * it is, what is wrong and what to do.
 */
class MalformedObjectTest {

  private static final String NODE = "Node h100-1: ";
  private static final String COUNTERS = "ResourceSlice h100-1-gpu.nvidia.com-k4x2p: ";
  private static final String DEVICES = "ResourceSlice h100-1-gpu.nvidia.com-m7q9z: ";
  private static final String CLAIM = "ResourceClaim ml/train: ";
  private static final String REQUEST = CLAIM + "spec.devices.requests[0].exactly";
  private static final String HELD = "ResourceClaim ml/held: ";
  private static final String TEMPLATE = "ResourceClaimTemplate ml/slice: ";
  private static final String POD = "Pod ml/train-0: ";

  private static final String NO_QUANTITY =
      " is not a quantity (R35). Write a number with an optional suffix: n u m k M G T P E, Ki Mi Gi Ti Pi Ei, or an exponent such as e3.";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource({"nodes", "slices", "devices", "claims", "pods"})
  void isRefusedInOneHelpfulLine(String good, String bad, String line) throws IOException {
    assertRefused(folder, changed(good, bad).getBytes(UTF_8), line);
  }

  static Stream<Arguments> nodes() {
    return Stream.of(
        arguments(
            "memory: 2113489832Ki",
            "memory: 2113 GB",
            NODE + "status.allocatable[memory]: \"2113 GB\"" + NO_QUANTITY),
        arguments(
            "pods: \"110\"",
            "pods: -110",
            NODE + "status.allocatable[pods]: -110 must not be negative (node resources)."),
        arguments(
            "cpu: 191500m",
            "cpu: .inf",
            "line 26, column 12: .inf is not a number that Kubernetes knows; quote it if it is text."),
        arguments(
            "- effect: NoSchedule",
            "- effect: NoScheduling",
            NODE
                + "spec.taints[0].effect: \"NoScheduling\" must be one of NoSchedule, PreferNoSchedule, NoExecute (taints of nodes)."),
        arguments(
            "    taints:\n    - effect: NoSchedule\n      key: nvidia.com/gpu\n      value: present",
            "    taints: nvidia.com/gpu",
            NODE + "spec.taints: \"nvidia.com/gpu\" must be a list."));
  }

  static Stream<Arguments> slices() {
    return Stream.of(
        arguments(
            "driver: gpu.nvidia.com\n    nodeName",
            "driver: GPU_driver\n    nodeName",
            COUNTERS
                + "spec.driver: \"GPU_driver\" is not a driver's name: a DNS subdomain of at most 63 characters (section 1.1)."),
        arguments(
            "resourceSliceCount: 2",
            "resourceSliceCount: 0",
            COUNTERS + "spec.pool.resourceSliceCount: 0 must be at least 1 (R11)."),
        arguments(
            "    pool:\n      generation: 1",
            "    pool:\n      generation: -1",
            COUNTERS + "spec.pool.generation: -1 must be at least 0 (R3)."),
        arguments(
            "    pool:\n      generation: 1\n      name: h100-1\n      resourceSliceCount: 2\n    shared",
            "    shared",
            COUNTERS + "spec.pool: is required (section 1.1)."),
        arguments(
            "    sharedCounters:",
            "    allNodes: true\n    sharedCounters:",
            COUNTERS + "spec: only one of nodeName, nodeSelector and allNodes may be set (R5)."),
        arguments(
            "    sharedCounters:",
            "    devices: []\n    sharedCounters:",
            COUNTERS
                + "spec: has both devices and sharedCounters; put them into different slices of the pool (R110)."),
        arguments(
            "value: \"132\"",
            "value: one hundred",
            COUNTERS
                + "spec.sharedCounters[0].counters[multiprocessors].value: \"one hundred\""
                + NO_QUANTITY),
        arguments(
            "        memory-slice-1:",
            "        memorySlice1:",
            COUNTERS
                + "spec.sharedCounters[0].counters[memorySlice1]: the name is not a DNS label: at most 63 lower-case letters, digits and inner hyphens (section 1.1)."),
        arguments(
            "        architecture:\n          string: Hopper",
            "        architecture: Hopper",
            DEVICES
                + "spec.devices[0].attributes[architecture]: \"Hopper\" must be an object with one of int, bool, string, version, ints, bools, strings, versions, such as {string: a} (R29)."),
        arguments(
            "name: gpu-0-mig-1g10gb-19-1\n      taints",
            "name: gpu-0-mig-1g10gb-19-0\n      taints",
            DEVICES + "spec.devices[1]: \"gpu-0-mig-1g10gb-19-0\" is there twice (R16)."),
        arguments(
            "name: gpu-0-mig-1g10gb-19-1\n      taints",
            "name: GPU 0\n      taints",
            DEVICES
                + "spec.devices[1].name: \"GPU 0\" is not a DNS label: at most 63 lower-case letters, digits and inner hyphens (section 1.1)."));
  }

  static Stream<Arguments> devices() {
    return Stream.of(
        arguments(
            "version: 9.0.0",
            "version: 9.0",
            DEVICES
                + "spec.devices[0].attributes[cudaComputeCapability].version: 9.0 must be a string; put it in quotes."),
        arguments(
            "version: 580.126.20",
            "version: \"580.126\"",
            DEVICES
                + "spec.devices[0].attributes[driverVersion].version: \"580.126\" is not a semantic version 2.0.0, such as 1.2.3 (section 2.2)."),
        arguments(
            "int: 0",
            "int: \"0\"",
            DEVICES
                + "spec.devices[0].attributes[resource.kubernetes.io/numaNode].int: \"0\" must be a 64-bit integer; leave the quotes out."),
        arguments(
            "int: 0",
            "int: 18446744073709551616",
            DEVICES
                + "spec.devices[0].attributes[resource.kubernetes.io/numaNode].int: 18446744073709551616 must be a 64-bit integer, -9223372036854775808 to 9223372036854775807."),
        arguments(
            "string: Hopper",
            "text: Hopper\n          string: Hopper\n          bool: true",
            DEVICES
                + "spec.devices[0].attributes[architecture]: has string and bool; set exactly one of int, bool, string, version, ints, bools, strings, versions (R29)."),
        arguments(
            "string: Hopper",
            "string: " + "H".repeat(65),
            DEVICES
                + "spec.devices[0].attributes[architecture].string: has more than 64 bytes (section 2.2)."),
        arguments(
            "counterSet: gpu-0-counter-set\n        counters:\n          copy",
            "counters:\n          copy",
            DEVICES + "spec.devices[0].consumesCounters[0].counterSet: is required (section 1.1)."),
        arguments(
            "effect: NoExecute",
            "effect: Evict",
            DEVICES
                + "spec.devices[1].taints[0].effect: \"Evict\" must be one of None, NoSchedule, NoExecute (R146)."),
        arguments(
            "memory:\n          value: 9984Mi\n        multi",
            "memory: 9984Mi\n        multi",
            DEVICES
                + "spec.devices[0].capacity[memory]: \"9984Mi\" must be an object; write {value: \"9984Mi\"} (section 2.3)."),
        arguments(
            "timeAdded: \"2026-01-05T07:59:58Z\"",
            "timeAdded: yesterday",
            DEVICES
                + "spec.devices[1].taints[0].timeAdded: \"yesterday\" must be a time such as 2025-01-31T12:00:00Z."));
  }

  static Stream<Arguments> claims() {
    return Stream.of(
        arguments("count: 1", "count: -1", REQUEST + ".count: -1 must be greater than 0 (R62)."),
        arguments(
            "count: 1",
            "count: \"1\"",
            REQUEST + ".count: \"1\" must be a 64-bit integer; leave the quotes out."),
        arguments("count: 1", "count: 1.5", REQUEST + ".count: 1.5 must be a 64-bit integer."),
        arguments(
            "count: 1",
            "count: 9223372036854775808",
            REQUEST
                + ".count: 9223372036854775808 must be a 64-bit integer, -9223372036854775808 to 9223372036854775807."),
        arguments(
            "allocationMode: ExactCount",
            "allocationMode: Exact",
            REQUEST + ".allocationMode: \"Exact\" must be one of ExactCount, All (section 5.1)."),
        arguments(
            "memory: 8Gi",
            "memory: 8GB",
            REQUEST + ".capacity.requests[memory]: \"8GB\"" + NO_QUANTITY),
        arguments(
            "deviceClassName: mig.nvidia.com\n          sel",
            "sel",
            REQUEST + ".deviceClassName: is required (R40)."),
        arguments(
            "expression: device.attributes['gpu.nvidia.com'].profile == '1g.10gb'",
            "expression: \"\"",
            REQUEST + ".selectors[0].cel.expression: is required (R59)."),
        arguments(
            "matchAttribute: gpu.nvidia.com/productName",
            "matchAttribute: productName",
            CLAIM
                + "spec.devices.constraints[0].matchAttribute: \"productName\" must be a domain, / and an identifier, such as a.com/numa (section 6)."),
        arguments(
            "        requests:\n        - gpu\n      requests",
            "        requests:\n        - gpus\n      requests",
            CLAIM
                + "spec.devices.constraints[0].requests[0]: \"gpus\" names no request of the claim; write request or request/subrequest (R61)."),
        arguments(
            "          parameters:\n            apiVersion",
            "          parameters:\n          - apiVersion",
            CLAIM
                + "spec.devices.config[0].opaque.parameters: [{\"apiVersion\":\"resource.nvidia.com/v1beta1\",\"kind\":\"MigD... must be an object (section 5.1)."),
        arguments(
            "      - exactly:\n          allocationMode: ExactCount\n          capacity",
            "      - exact:\n          allocationMode: ExactCount\n          capacity",
            CLAIM
                + "spec.devices.requests[0]: has neither exactly nor firstAvailable; set one of them (section 5.1)."),
        arguments(
            "        - device: gpu-0-mig-1g10gb-19-1\n",
            "        - name: gpu-0-mig-1g10gb-19-1\n",
            HELD + "status.allocation.devices.results[0].device: is required (section 11.1)."),
        arguments(
            "          request: gpu\n",
            "          request: gpu\n          shareID: 7\n",
            HELD
                + "status.allocation.devices.results[0].shareID: 7 must be a string; put it in quotes."),
        arguments(
            "resource: pods\n      uid: 1d9b1f1b-685a-40ec-b7b0-fccff2117006",
            "resource: pods",
            HELD + "status.reservedFor[0].uid: is required (R188)."),
        arguments(
            "    name: held\n",
            "    name: train\n",
            CLAIM
                + "the input has another ResourceClaim of this name that differs. Leave one of them out."),
        arguments(
            "            name: small",
            "            name: small\n          exactly: {}",
            TEMPLATE
                + "spec.spec.devices.requests[0]: has both exactly and firstAvailable; set one of them (section 5.1)."));
  }

  static Stream<Arguments> pods() {
    return Stream.of(
        arguments(
            "operator: In\n              values:\n              - NV",
            "operator: in\n              values:\n              - NV",
            POD
                + "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator: \"in\" must be one of In, NotIn, Exists, DoesNotExist, Gt, Lt (node selectors)."),
        arguments(
            "cpu: 500m",
            "cpu: half",
            POD + "spec.containers[0].resources.requests[cpu]: \"half\"" + NO_QUANTITY),
        arguments(
            "    - name: gpu\n      resourceClaimName: train",
            "    - resourceClaimName: train",
            POD + "spec.resourceClaims[0].name: is required (R224)."),
        arguments(
            "      resourceClaimName: train",
            "      resourceClaimName: train\n      resourceClaimTemplateName: slice",
            POD
                + "spec.resourceClaims[0]: set exactly one of resourceClaimName and resourceClaimTemplateName (R224)."),
        arguments(
            "priorityClassName: batch",
            "priorityClassName: urgent",
            POD
                + "spec.priorityClassName: there is no PriorityClass urgent. Add it to the input, or set spec.priority (pod priority)."),
        arguments(
            "value: 1000",
            "value: high",
            "PriorityClass batch: value: \"high\" must be a 64-bit integer."),
        arguments(
            "    - effect: NoSchedule\n      key: nvidia.com/gpu\n      operator: Exists",
            "    - effect: NoSchedule\n      key: nvidia.com/gpu\n      operator: Exists\n      value: present",
            POD
                + "spec.tolerations[0].value: \"present\" must be left out with operator Exists (taints of nodes)."),
        arguments(
            "    resourceClaims:\n    - name: gpu\n      res",
            "    resourceClaims:\n      name: gpu\n      res",
            POD
                + "spec.resourceClaims: {\"name\":\"gpu\",\"resourceClaimName\":\"train\"} must be a list."));
  }
}
