package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.feature.KubernetesVersion;
import io.tangram.k8s.cli.CommandRun.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --kubernetes-version} and {@code --feature-gates}. */
class FeatureGatesTest {

  /** One tainted GPU, and claims that use a feature each. */
  private static final String CLUSTER =
      """
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: gpu}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: s}
      spec:
        driver: gpu.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 1}
        devices:
        - name: gpu-0
          taints: [{key: sick, effect: NoSchedule}]
      """;

  private static final String ALTERNATIVES =
      claim("alternatives", "{name: r, firstAvailable: [{name: s, deviceClassName: gpu}]}");

  private static String claim(String name, String request) {
    return """
    ---
    apiVersion: resource.k8s.io/v1
    kind: ResourceClaim
    metadata: {name: %s, namespace: ns, uid: u-%s}
    spec: {devices: {requests: [%s]}}
    """
        .formatted(name, name, request);
  }

  private static Outcome allocate(String input, String... options) {
    List<String> words = new ArrayList<>(List.of("allocate", "-f", "-", "--summary", "-"));
    words.addAll(List.of("-o", "none"));
    words.addAll(List.of(options));
    return new CommandRun().in(input).run(words.toArray(String[]::new));
  }

  @Test
  void taintsDoNotMatterWhereTheyAreOff() {
    String input = CLUSTER + claim("plain", "{name: r, exactly: {deviceClassName: gpu}}");

    assertThat(allocate(input).err()).contains("\"reason\": \"TAINT\"");
    assertThat(allocate(input, "--feature-gates", "DRADeviceTaints=false").err())
        .contains("\"allocated\": 1");
    assertThat(allocate(input, "--kubernetes-version", "v1.35.4").err())
        .contains("\"allocated\": 1");
  }

  @Test
  void editsComeAfterTheVersion() {
    String input = CLUSTER + claim("plain", "{name: r, exactly: {deviceClassName: gpu}}");

    assertThat(
            allocate(
                    input,
                    "--feature-gates",
                    "DRADeviceTaints=true",
                    "--kubernetes-version",
                    "1.35")
                .err())
        .contains("\"reason\": \"TAINT\"");
  }

  @Test
  void aClaimThatNeedsWhatIsOffStaysOutAndSaysWhy() {
    Outcome outcome =
        allocate(CLUSTER + ALTERNATIVES, "--feature-gates", "DRAPrioritizedList=false");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains("\"reason\": \"FEATURE_OFF\"")
        .contains(
            "no alternatives for request r while feature gate DRAPrioritizedList is off (R78)");
  }

  /** R122 to R124: what is allocated is what an allocation of more goes by. */
  @Test
  void incompatibleDevicesAreNotGivenBesideEachOther() {
    String board =
        """
        apiVersion: resource.k8s.io/v1
        kind: DeviceClass
        metadata: {name: gpu}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: counters}
        spec:
          driver: gpu.com
          nodeName: n1
          pool: {name: n1, generation: 1, resourceSliceCount: 2}
          sharedCounters: [{name: board, counters: {slots: {value: 9}}}]
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: parts}
        spec:
          driver: gpu.com
          nodeName: n1
          pool: {name: n1, generation: 1, resourceSliceCount: 2}
          skipNodeOperations: ["*"]
          devices:
          - name: even
            consumesCounters:
            - {counterSet: board, counters: {slots: {value: 1}}, compatibilityGroups: [even, all]}
          - name: odd
            consumesCounters:
            - {counterSet: board, counters: {slots: {value: 1}}, compatibilityGroups: [odd]}
        """;
    String one = claim("one", "{name: r, exactly: {deviceClassName: gpu}}");
    String other = claim("other", "{name: r, exactly: {deviceClassName: gpu}}");
    String gates =
        "--feature-gates=DRADeviceCompatibilityGroups=true,DRAOptionalNodeOperations=true";

    Outcome first =
        new CommandRun().in(board + one).run("allocate", "-f", "-", gates, "-o", "yaml");
    Outcome second = allocate(board + "---\n" + first.out() + other, gates);

    assertThat(first.out())
        .contains("skipNodeOperations:\n", "- \"*\"\n", "compatibilityGroups:\n", "- all\n");
    assertThat(second.err())
        .contains("\"reason\": \"COUNTERS\"")
        .contains("no compatibility group in common");
    assertThat(allocate(board + one).err()).contains("\"allocated\": 0", "(R124)");
    assertThat(
            new CommandRun()
                .in(board + "---\n" + first.out())
                .run("verify", "-f", "-", "--strict", gates)
                .exitCode())
        .isZero();
  }

  /** R234: what two drivers publish in two forms is compared in one. */
  @Test
  void constraintsCompareWhatRequestsDerive() {
    String cluster =
        """
        apiVersion: resource.k8s.io/v1
        kind: DeviceClass
        metadata: {name: gpu}
        spec: {selectors: [{cel: {expression: device.driver == 'gpu.com'}}]}
        ---
        apiVersion: resource.k8s.io/v1
        kind: DeviceClass
        metadata: {name: nic}
        spec: {selectors: [{cel: {expression: device.driver == 'nic.com'}}]}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: gpus}
        spec:
          driver: gpu.com
          nodeName: n1
          pool: {name: n1, generation: 1, resourceSliceCount: 1}
          devices:
          - {name: gpu-0, attributes: {place: {string: "numa0:slot7"}}}
          - {name: gpu-1, attributes: {place: {string: "numa1:slot7"}}}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceSlice
        metadata: {name: nics}
        spec:
          driver: nic.com
          nodeName: n1
          pool: {name: n1, generation: 1, resourceSliceCount: 1}
          devices:
          - {name: nic-0, attributes: {numa: {int: 1}}}
        ---
        apiVersion: resource.k8s.io/v1
        kind: ResourceClaim
        metadata: {name: both, namespace: ns, uid: u-both}
        spec:
          devices:
            requests:
            - name: gpu
              exactly:
                deviceClassName: gpu
                derivedAttributes:
                - name: derived/numa
                  expression: int(device.attributes['gpu.com'].place.substring(4, 5))
            - name: nic
              exactly:
                deviceClassName: nic
                derivedAttributes:
                - {name: derived/numa, expression: "device.attributes['nic.com'].numa"}
            constraints: [{matchAttribute: derived/numa}]
        """;
    String gate = "--feature-gates=DRADerivedAttributes=true";
    Outcome found =
        new CommandRun()
            .in(cluster)
            .run("allocate", "-f", "-", gate, "--time-limit", "5m", "-o", "yaml");

    assertThat(found.out()).contains("device: gpu-1\n").doesNotContain("device: gpu-0\n");
    assertThat(
            new CommandRun()
                .in(cluster.substring(0, cluster.lastIndexOf("---")) + "---\n" + found.out())
                .run("verify", "-f", "-", "--strict", gate)
                .exitCode())
        .isZero();
    assertThat(allocate(cluster.replace("numa: {int: 1}", "rack: {int: 1}"), gate).err())
        .contains("\"reason\": \"SELECTOR_ERROR\"", "derived attribute derived/numa");
    assertThat(allocate(cluster).err())
        .contains("\"reason\": \"FEATURE_OFF\"", "DRADerivedAttributes is off (R234)");
  }

  /** R152. */
  @Test
  void rulesTaintNothingWhereTheyAreOff() {
    String rule =
        """
        ---
        apiVersion: resource.k8s.io/v1
        kind: DeviceTaintRule
        metadata: {name: repair}
        spec: {deviceSelector: {}, taint: {key: broken, effect: NoSchedule}}
        """;
    String input =
        CLUSTER.replace("taints: [{key: sick, effect: NoSchedule}]", "")
            + claim("plain", "{name: r, exactly: {deviceClassName: gpu}}")
            + rule;

    assertThat(allocate(input).err()).contains("\"reason\": \"TAINT\"", "DeviceTaintRule repair");
    assertThat(allocate(input, "--feature-gates", "DRADeviceTaintRules=false").err())
        .contains("\"allocated\": 1")
        .contains(
            "DeviceTaintRule repair: taints nothing while feature gate DRADeviceTaintRules is off"
                + " (R152); --feature-gates DRADeviceTaintRules=true turns it on.");
  }

  /** R88. */
  @Test
  void administrativeAccessMustNotEvenBeDenied() {
    String denied = "{name: r, exactly: {deviceClassName: gpu, adminAccess: false}}";

    assertThat(
            allocate(CLUSTER + claim("denied", denied), "--feature-gates", "DRAAdminAccess=false")
                .err())
        .contains("(R88)");
  }

  @Test
  void aLockedGateIsTurnedOffWithAWarning() {
    Outcome outcome =
        allocate(
            CLUSTER, "--kubernetes-version", "1.36", "--feature-gates", "DRAAdminAccess=false");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains(
            "feature gate DRAAdminAccess is off, but locked in Kubernetes 1.36, which would refuse"
                + " to turn it off");
  }

  @Test
  void gatesMayBeSaidInSeveralPlacesAndNeedNoOrder() {
    Outcome outcome =
        allocate(
            CLUSTER + ALTERNATIVES,
            "--feature-gates",
            "DRAResourceClaimDeviceStatus=false, DRADeviceBindingConditions=False",
            "--feature-gates",
            "DRADeviceTaints=false",
            "--feature-gates",
            "");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("\"allocated\": 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DRAAdminAcces=false | no feature of devices has a gate DRAAdminAcces; did you mean"
            + " DRAAdminAccess?",
        "Frob=true | no feature of devices has a gate Frob; known are DRAAdminAccess,",
        "DRAAdminAccess | write DRAAdminAccess=true or DRAAdminAccess=false.",
        "DRAAdminAccess=1 | write DRAAdminAccess=true or DRAAdminAccess=false, not '1'.",
        "DRADeviceTaints=true,DRADeviceTaints=false | DRADeviceTaints is to be on and off; say it"
            + " once.",
        "DRAResourceClaimDeviceStatus=false | Feature gate DRADeviceBindingConditions needs"
            + " DRAResourceClaimDeviceStatus, which is off. Turn both on or both off.",
        "DRAWorkloadResourceClaims=true | Feature gate DRAWorkloadResourceClaims needs"
            + " GenericWorkload, which is off. Turn both on or both off."
      })
  void whatCanNotBeIsOneLine(String gates, String complaint) {
    Outcome outcome =
        new CommandRun().run("allocate", "-f", "no-such-file", "--feature-gates", gates);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).hasLineCount(1).contains("--feature-gates: " + complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.31", "2.0", "1.99", "newest"})
  void aVersionThatIsNotKnownIsOneLine(String version) {
    for (String command : List.of("allocate", "verify")) {
      Outcome outcome =
          new CommandRun().run(command, "-f", "no-such-file", "--kubernetes-version", version);

      assertThat(outcome.exitCode()).isEqualTo(2);
      assertThat(outcome.err())
          .hasLineCount(1)
          .contains("--kubernetes-version: ")
          .contains("give one of 1.32 to 1.37");
    }
  }

  @Test
  void aGateThatTheVersionDoesNotKnowIsOneLine() {
    Outcome outcome =
        new CommandRun()
            .run(
                "allocate",
                "-f",
                "no-such-file",
                "--kubernetes-version=1.33",
                "--feature-gates=DRAConsumableCapacity=true");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .hasLineCount(1)
        .contains("Kubernetes 1.33 has no feature gate DRAConsumableCapacity; it came with 1.34.");
  }

  /** R216: then they are a matter of device plugins, and such a pod is not waiting for devices. */
  @Test
  void extendedResourcesOfDevicesAreThoseOfNodesWhereTheyAreOff() {
    String input =
        CLUSTER
            + """
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: ns, uid: u-p}
            spec:
              containers:
              - {name: c, resources: {limits: {deviceclass.resource.kubernetes.io/gpu: 1}}}
            """;

    assertThat(allocate(input).err()).contains("\"skipped\": 0");
    assertThat(allocate(input, "--feature-gates", "DRAExtendedResource=false").err())
        .contains("\"skipped\": 1");
  }

  @Test
  void helpNamesTheNewestVersion() {
    String help = new CommandRun().run("allocate", "--help").out();

    assertThat(help.replaceAll("\\s+", " "))
        .contains("newest one known, " + KubernetesVersion.NEWEST);
  }

  @Test
  void helpSaysWhatEachCommandMakesOfFeaturesThatAreOff() {
    for (String command : List.of("allocate", "verify")) {
      assertThat(new CommandRun().run(command, "--help").out().replaceAll("\\s+", " "))
          .contains("allocate leaves out what asks for it, with the reason FEATURE_OFF;")
          .contains("for verify a claim that holds one has drifted.");
    }
  }

  /** A held device that couldn't be given again with the feature off is drift. */
  @Test
  void verifyJudgesByTheSameFeatures() {
    String input = CLUSTER + SmallClusters.holder("held", "gpu-0");

    assertThat(new CommandRun().in(input).run("verify", "-f", "-").err()).contains("drift: R147");
    assertThat(
            new CommandRun()
                .in(input)
                .run("verify", "-f", "-", "--feature-gates", "DRADeviceTaints=false")
                .err())
        .doesNotContain("drift: R147");
  }
}
