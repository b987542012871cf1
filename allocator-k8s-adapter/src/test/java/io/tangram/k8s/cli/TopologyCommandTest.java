package io.tangram.k8s.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.k8s.cli.CommandRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Four GPUs of one node in pairs that bridges join, the first of them held. */
class TopologyCommandTest {

  private static final String LISTING =
      """
      \tGPU0\tGPU1\tGPU2\tGPU3
      GPU0\t X \tSYS\tNV12\tSYS
      GPU1\tSYS\t X \tSYS\tNV12
      GPU2\tNV12\tSYS\t X \tSYS
      GPU3\tSYS\tNV12\tSYS\t X
      """;

  private static final String CLUSTER =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {board: a}}
      ---
      apiVersion: resource.k8s.io/v1
      kind: DeviceClass
      metadata: {name: gpu}
      spec: {selectors: [{cel: {expression: device.driver == "gpu.nvidia.com"}}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: s}
      spec:
        driver: gpu.nvidia.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 1}
        devices:
        - {name: gpu-0, attributes: {type: {string: gpu}, resource.kubernetes.io/pciBusID: {string: "0000:10:00.0"}}}
        - {name: gpu-1, attributes: {type: {string: gpu}, resource.kubernetes.io/pciBusID: {string: "0000:20:00.0"}}}
        - {name: gpu-2, attributes: {type: {string: gpu}, resource.kubernetes.io/pciBusID: {string: "0000:30:00.0"}}}
        - {name: gpu-3, attributes: {type: {string: gpu}, resource.kubernetes.io/pciBusID: {string: "0000:40:00.0"}}}
      """
          + SmallClusters.holder("h", "gpu-0").replace("gpu.com", "gpu.nvidia.com")
          + SmallClusters.claim("pair")
              .replace("deviceClassName: gpu", "deviceClassName: gpu, count: 2")
              .replace("uid:", "annotations: {tangram.io/links: nvlink}, uid:");

  @TempDir private Path folder;
  private Path listing;

  @BeforeEach
  void writeListing() throws IOException {
    listing = Files.writeString(folder.resolve("topo.txt"), LISTING);
  }

  private static Outcome run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(1, List.of("-f", "-"));
    return CommandRun.asInstalled().in(CLUSTER).run(all.toArray(new String[0]));
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimal", "first-fit", "best-fit", "fragmentation"})
  void givesDevicesThatAreJoined(String allocator) {
    Outcome outcome = run("allocate", "--topology", listing.toString(), "--allocator", allocator);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("device: gpu-1", "device: gpu-3").doesNotContain("gpu-2");
  }

  @Test
  void saysWhatIsMissingWhereNothingIsKnown() {
    Outcome outcome = run("allocate", "--summary", "-", "-o", "none");

    assertThat(outcome.err())
        .contains(
            "\"reason\": \"CONSTRAINT\"",
            "the claim asks for 2 devices with NVLinks between each two; the largest set of matching"
                + " devices of a node that has that is of 1");
  }

  @ParameterizedTest
  @CsvSource({"board=a, 0", "board=b, 1", "8xA100-80GB, 1"})
  void isForSomeNodes(String nodes, int unallocated) {
    Outcome outcome =
        run("allocate", "--topology", nodes + "=" + listing, "-o", "none", "--require-all");

    assertThat(outcome.exitCode()).isEqualTo(unallocated);
  }

  @Test
  void judgesWhatIsHeld() {
    String held =
        CLUSTER.replaceFirst("(?s)---\\n[^-]*name: pair.*", "")
            + CLUSTER.replaceFirst("(?s).*(---\\n[^-]*name: pair)", "$1")
            + """
            status:
              allocation:
                devices:
                  results:
                  - {request: r, driver: gpu.nvidia.com, pool: n1, device: gpu-1}
                  - {request: r, driver: gpu.nvidia.com, pool: n1, device: gpu-2}
                nodeSelector:
                  nodeSelectorTerms:
                  - matchFields: [{key: metadata.name, operator: In, values: [n1]}]
            """;

    Outcome outcome =
        CommandRun.asInstalled()
            .in(held)
            .run("verify", "-f", "-", "--strict", "--topology", listing.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("LINKS", "has SYS 3200 MB/s to gpu.nvidia.com/n1/gpu-1", "requires NVLinks");
  }

  @Test
  void badUseIsOneLine() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "");

    assertThat(run("allocate", "--topology", "no-such-file").exitCode()).isEqualTo(2);
    assertThat(run("allocate", "--topology", empty.toString()).exitCode()).isEqualTo(2);
    assertThat(run("allocate", "--topology", "-").err())
        .contains("--topology: can't read standard input; name a file.")
        .hasLineCount(1);
    assertThat(run("allocate", "--topology", "H100=" + listing).err())
        .contains("'H100' no machine of tangram catalog; write FILE, MODEL=FILE or")
        .hasLineCount(1);
  }
}
