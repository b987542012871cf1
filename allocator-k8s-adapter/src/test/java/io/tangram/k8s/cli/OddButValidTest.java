package io.tangram.k8s.cli;

import static io.tangram.k8s.cli.RealObjects.PLACED;
import static io.tangram.k8s.cli.RealObjects.allocate;
import static io.tangram.k8s.cli.RealObjects.changed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real objects, each time with something odd that an API server would take. */
class OddButValidTest {

  @TempDir private Path folder;

  @Test
  void placesThePodWhereNothingIsOdd() throws IOException {
    Outcome outcome = allocate(folder, RealObjects.text().getBytes(UTF_8));

    assertThat(outcome.err()).startsWith(PLACED);
    assertThat(outcome.exitCode()).isZero();
  }

  @ParameterizedTest
  @MethodSource
  void isTaken(String plain, String odd, String words) throws IOException {
    Outcome outcome = allocate(folder, changed(plain, odd).getBytes(UTF_8));

    assertThat(outcome.err()).contains(words);
    assertThat(outcome.exitCode()).isZero();
  }

  static Stream<Arguments> isTaken() {
    return Stream.of(
        arguments("apiVersion: v1\nkind: List", "\uFEFFapiVersion: v1\nkind: List", PLACED),
        arguments(
            "    labels:\n      kubernetes.io/arch: amd64",
            "    annotations: null\n    labels:\n      kubernetes.io/arch: n",
            PLACED),
        arguments(
            "    podCIDR: 10.244.1.0/24", "    podCIDRs: [10.244.1.0/24, \"fd00::/64\"]", PLACED),
        arguments("cpu: 191500m", "cpu: 191.5", PLACED),
        arguments("memory: 2113489832Ki", "memory: 2164e12", PLACED),
        arguments("  kind: Namespace", "  kind: ConfigMap", "skipped 1 object of kind ConfigMap"),
        arguments(
            "        - gpu\n      constraints",
            "        - gpu\n        future: 1\n      constraints",
            "future is not a known field"),
        arguments("memory: 8Gi", "memory: 0.5Gi", PLACED),
        arguments("count: 1", "count: 0", PLACED),
        arguments("count: 1", "count: null", PLACED),
        arguments(
            "counterSet: gpu-0-counter-set",
            "counterSet: gpu-1-counter-set",
            "left out: 1 POOL_INVALID"),
        arguments(
            "          memory-slice-1:\n            value: \"1\"\n      name",
            "          memory-slice-9:\n            value: \"1\"\n      name",
            "left out: 1 POOL_INVALID"),
        arguments(
            "deviceClassName: mig.nvidia.com\n          sel",
            "deviceClassName: gpu.nvidia.com\n          sel",
            "left out: 1 CLASS_MISSING"),
        arguments(
            "expression: device.attributes['gpu.nvidia.com'].profile == '1g.10gb'",
            "expression: device.profile == '1g.10gb'",
            "left out: 1 SELECTOR_ERROR"),
        arguments(
            "strategy: TimeSlicing", "strategy: &s TimeSlicing\n              again: *s", PLACED),
        arguments(
            "resourceVersion: \"18999\"", "generation: 123456789012345678901234567890", PLACED),
        arguments(
            "    nodeName: h100-1\n    pool",
            "    nodeName: h100-2\n    pool",
            "devices on node h100-2, but no Node of this name"));
  }
}
