package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --compat}. */
class CompatOptionTest {

  /** Three GPUs on rails a, b and a, and a claim for three of different rails. */
  private static final String RAILS =
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
        - {name: gpu-0, attributes: {rail: {string: a}}}
        - {name: gpu-1, attributes: {rail: {string: b}}}
        - {name: gpu-2, attributes: {rail: {string: a}}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {name: c, namespace: ns, uid: u-c}
      spec:
        devices:
          requests: [{name: r, exactly: {deviceClassName: gpu, count: 3}}]
          constraints: [{distinctAttribute: gpu.com/rail}]
      """;

  private static final String RULE_WITHOUT_SELECTOR =
      """
      ---
      apiVersion: resource.k8s.io/v1
      kind: DeviceTaintRule
      metadata: {name: repair}
      spec: {taint: {key: broken, effect: NoSchedule}}
      """;

  private static Outcome allocate(String input, String... options) {
    List<String> words = new ArrayList<>(List.of("allocate", "-f", "-", "--summary", "-"));
    words.addAll(List.of("--allocator", "first-fit", "-o", "none"));
    words.addAll(List.of(options));
    return CommandRun.asInstalled().in(input).run(words.toArray(String[]::new));
  }

  @Test
  void givesWhatKubeSchedulerWouldGiveAndNamesTheRule() {
    assertThat(allocate(RAILS).err()).contains("\"allocated\": 0", "\"reason\": \"CONSTRAINT\"");

    Outcome outcome = allocate(RAILS, "--compat", "v1.36.2");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains("\"allocated\": 1", "\"strategy\": \"reference 1.36\"")
        .contains("R105 claim ns/c device gpu.com/n1/gpu-2")
        .contains("by its defect R106");
  }

  @Test
  void takesATaintRuleWithoutSelectorForOneOfAllDevices() {
    String input = SmallClusters.with("c") + RULE_WITHOUT_SELECTOR;

    assertThat(allocate(input).err()).contains("\"allocated\": 1", "taints nothing (R153)");
    assertThat(allocate(input, "--compat", "1.37").err())
        .contains("\"allocated\": 0", "\"reason\": \"TAINT\"")
        .contains("taints every device as kube-scheduler has it, by its defect R153");
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimal", "best-fit", "fragmentation"})
  void goesWithFirstFitOnly(String allocator) {
    Outcome outcome =
        CommandRun.asInstalled()
            .in(RAILS)
            .run("allocate", "-f", "-", "--allocator", allocator, "--compat", "1.37");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("--compat: goes with --allocator first-fit; allocator " + allocator);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.35", "1.38", "newest"})
  void refusesVersionsWhoseDefectsAreNotKnown(String version) {
    Outcome outcome = allocate(RAILS, "--compat", version);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("--compat");
  }
}
