package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices that take something of nodes, from objects to what is written (R237 to R239). */
class NodeConsumptionCommandTest {

  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1}
      status: {allocatable: {cpu: "4", memory: 8Gi, pods: "10"}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: gpu}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: s}
      spec:
        driver: gpu.example.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 1}
        devices:
        - name: gpu-0
          %s
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: c, namespace: ns, uid: u-c}
      spec: {devices: {requests: [{name: gpu, exactly: {deviceClassName: gpu}}]}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: p, namespace: ns, uid: u-p}
      spec:
        resourceClaims: [{name: dev, resourceClaimName: c}]
        initContainers:
        - {name: i, resources: {claims: [{name: dev}]}}
        containers:
        - {name: m, resources: {requests: {cpu: "1"}, claims: [{name: dev}]}}
      """;

  private static final String OVERHEAD =
      "nodeAllocatableResources: {cpu: {overhead: {perPod: 500m, perContainer: \"1\"}}}";

  @TempDir private Path folder;

  private Outcome allocate(String device, String... arguments) throws IOException {
    Path file = folder.resolve("in.yaml");
    Files.writeString(file, CLUSTER.formatted(device));
    String[] all = new String[arguments.length + 4];
    all[0] = "allocate";
    all[1] = "-f";
    all[2] = file.toString();
    all[3] = "--with-pods";
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return new CommandRun().run(all);
  }

  private Outcome on(String device, String... more) throws IOException {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "--feature-gates";
    arguments[1] = "DRANodeAllocatableResources=true";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return allocate(device, arguments);
  }

  @Test
  void writesWhatDevicesTake() throws IOException {
    Outcome outcome = on(OVERHEAD, "-o", "ndjson");

    assertThat(outcome.out())
        .contains(
            "\"nodeAllocatableResourceClaimStatuses\":[{\"resourceClaimName\":\"c\",\"containers\":"
                + "[\"i\",\"m\"],\"overhead\":[{\"name\":\"cpu\",\"perPod\":\"500m\","
                + "\"perContainer\":\"1\"}]}]");
  }

  @Test
  void writesTheFormOfKubernetes136() throws IOException {
    Outcome outcome =
        on(
            "nodeAllocatableResourceMappings: {cpu: {allocationMultiplier: \"2\"}}",
            "-o",
            "ndjson",
            "--kubernetes-version",
            "1.36");

    assertThat(outcome.out())
        .contains(
            "\"nodeAllocatableResourceClaimStatuses\":[{\"resourceClaimName\":\"c\",\"containers\":"
                + "[\"i\",\"m\"],\"resources\":{\"cpu\":\"2\"}}]");
  }

  @ParameterizedTest
  @CsvSource({"3, 1", "4, 0"})
  void countsThemBesideWhatThePodTakes(String cpu, int placed) throws IOException {
    Outcome outcome =
        on("nodeAllocatableResources: {cpu: {mapping: {deviceMultiplier: \"" + cpu + "\"}}}");

    assertThat(outcome.err()).contains(placed + " of 1 pods placed");
    if (placed == 0) {
      assertThat(outcome.err()).contains("the pod takes 5 of cpu with its devices");
    }
  }

  @Test
  void countsWhatIsConsumedOfACapacity() throws IOException {
    Outcome outcome =
        on(
            "allowMultipleAllocations: true\n"
                + "    capacity: {cores: {value: \"8\", requestPolicy: {default: \"2\"}}}\n"
                + "    nodeAllocatableResources: {cpu: {mapping: {capacityKey:"
                + " gpu.example.com/cores, capacityMultiplier: 1500m}}}",
            "-o",
            "ndjson");

    assertThat(outcome.out()).contains("\"mapping\":[{\"name\":\"cpu\",\"quantity\":\"3\"}]");
  }

  @Test
  void takesNothingWhileTheFeatureIsOff() throws IOException {
    Outcome outcome =
        allocate("nodeAllocatableResources: {cpu: {mapping: {deviceMultiplier: \"64\"}}}");

    assertThat(outcome.err()).contains("1 of 1 pods placed");
    assertThat(outcome.out()).doesNotContain("nodeAllocatableResourceClaimStatuses");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nodeAllocatableResources: {cpu: {}} | sets neither mapping nor overhead",
        "nodeAllocatableResources: {cpu: {mapping: {}}} | set exactly one of deviceMultiplier and",
        "nodeAllocatableResources: {cpu: {overhead: {perPod: \"-1\"}}} | -1 must not be negative",
      })
  void refusesWhatMeansNothing(String device, String message) throws IOException {
    Outcome outcome = allocate(device);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains(message).contains("(R239)");
  }

  @Test
  void countsWhatDevicesOfBoundPodsTake() throws IOException {
    Path bound = folder.resolve("bound.yaml");
    Files.writeString(
        bound,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: b, namespace: ns, uid: u-b}
        spec: {nodeName: n1, containers: [{name: m, resources: {requests: {cpu: 500m}}}]}
        status:
          nodeAllocatableResourceClaimStatuses:
          - resourceClaimName: x
            containers: [m]
            mapping: [{name: cpu, quantity: "1"}]
            overhead: [{name: cpu, perContainer: "1"}]
        """);

    Outcome outcome = on(OVERHEAD, "-f", bound.toString());

    assertThat(outcome.err())
        .contains("the pod takes 3500m of cpu with its devices, of which no more than 1500m");
  }

  @Test
  void leavesPodsOutWhoseResourcesAsAWholeWouldHaveToCoverDevices() throws IOException {
    Path file = folder.resolve("budget.yaml");
    Files.writeString(
        file,
        CLUSTER
            .formatted(OVERHEAD)
            .replace(
                "  resourceClaims:", "  resources: {requests: {cpu: \"4\"}}\n  resourceClaims:"));

    Outcome outcome =
        new CommandRun()
            .run(
                "allocate",
                "-f",
                file.toString(),
                "--feature-gates",
                "DRANodeAllocatableResources=true");

    assertThat(outcome.err()).contains("resources of the whole pod (spec.resources)");
  }
}
