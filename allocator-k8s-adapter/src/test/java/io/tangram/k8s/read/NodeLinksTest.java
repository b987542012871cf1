package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.device.DeviceId;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodeLinksTest {

  private static final String BRIDGES =
      """
      \tGPU0\tGPU1\tGPU2\tGPU3\tCPU Affinity\tNUMA Affinity
      GPU0\t X \tNV12\tSYS\tSYS\t0-7\t0
      GPU1\tNV12\t X \tSYS\tSYS\t0-7\t0
      GPU2\tSYS\tSYS\t X \tNV12\t8-15\t1
      GPU3\tSYS\tSYS\tNV12\t X \t8-15\t1
      """;

  /** A node of four GPUs; the higher the number in the name, the lower the address. */
  private static String node(String name, String fields, int gpus) {
    String devices =
        IntStream.range(0, gpus)
            .mapToObj(
                gpu ->
                    "{name: gpu-%d, attributes: {type: {string: gpu}, resource.kubernetes.io/pciBusID: {string: \"0000:%02x:00.0\"}}}"
                        .formatted(gpu, 0x80 - 16 * gpu))
            .collect(Collectors.joining(", "));
    return """
    ---
    {apiVersion: v1, kind: Node, metadata: {name: %s%s}}
    ---
    apiVersion: resource.k8s.io/v1
    kind: ResourceSlice
    metadata: {name: %s}
    spec:
      driver: gpu.nvidia.com
      nodeName: %s
      pool: {name: %s, generation: 1, resourceSliceCount: 1}
      devices: [%s]
    """
        .formatted(name, fields, name, name, name, devices);
  }

  private static DeviceId gpu(String node, int number) {
    return new DeviceId("gpu.nvidia.com", node, "gpu-" + number);
  }

  private static NodeListing bridges(ImmutableMap<String, String> labels) {
    return new NodeListing(
        "topo.txt",
        labels,
        Optional.empty(),
        TopologyListing.read(Reading.file("topo.txt", BRIDGES)));
  }

  private static Cluster read(List<NodeListing> listings, String text) {
    return ClusterReader.create(new ExpressionTexts())
        .withView(ClusterView.DEFAULT.listing(listings))
        .read(List.of(Reading.file("cluster.yaml", text)));
  }

  @Test
  void takesTheGpusOfAListingInTheOrderOfTheirAddresses() {
    Cluster cluster = read(List.of(bridges(ImmutableMap.of())), node("n", "", 4));

    LinkGraph<DeviceId> graph = cluster.problem().links().get("n");
    assertThat(cluster.warnings()).isEmpty();
    assertThat(graph.link(gpu("n", 3), gpu("n", 2)))
        .isEqualTo(Link.ofNvLinks(12).withPath(PciePath.NODE));
    assertThat(graph.link(gpu("n", 1), gpu("n", 0)).nvLinks()).hasValue(12);
    assertThat(graph.link(gpu("n", 2), gpu("n", 1)).path()).contains(PciePath.SYS);
  }

  @Test
  void theFirstListingForANodeCounts() {
    NodeListing other =
        new NodeListing(
            "other.txt",
            ImmutableMap.of(),
            Optional.empty(),
            TopologyListing.read(Reading.file("other.txt", BRIDGES.replace("NV12", "NV4"))));

    Cluster cluster =
        read(
            List.of(bridges(ImmutableMap.of("board", "bridged")), other),
            node("n", ", labels: {board: bridged}", 4) + node("m", "", 4));

    assertThat(cluster.problem().links().get("n").link(gpu("n", 0), gpu("n", 1)).nvLinks())
        .hasValue(12);
    assertThat(cluster.problem().links().get("m").link(gpu("m", 0), gpu("m", 1)).nvLinks())
        .hasValue(4);
  }

  @Test
  void saysInOneLineWhereAListingDoesNotFit() {
    Cluster fewer =
        read(
            List.of(bridges(ImmutableMap.of())),
            node("n", "", 4) + node("m", "", 3) + node("o", "", 2));
    Cluster unplaced =
        read(
            List.of(bridges(ImmutableMap.of())),
            node("n", "", 4).replace("resource.kubernetes.io/pciBusID", "serial"));
    Cluster unused = read(List.of(bridges(ImmutableMap.of("no", "such"))), node("n", "", 4));

    assertThat(fewer.warnings())
        .containsExactly(
            "topo.txt: lists 4 GPUs, but node m has 3; it is not used there, and so it is with 1 more"
                + " nodes. Name the nodes that it is for.");
    assertThat(fewer.problem().links().get("m").link(gpu("m", 0), gpu("m", 1)))
        .isEqualTo(Link.UNKNOWN);
    assertThat(unplaced.warnings())
        .containsExactly(
            "topo.txt: is for node n, where GPUs have no attribute resource.kubernetes.io/pciBusID;"
                + " it is not used there. Name the nodes that it is for.");
    assertThat(unused.warnings())
        .containsExactly(
            "topo.txt: there is no node with NVIDIA GPUs that it is for, or another listing comes"
                + " first.");
  }

  @Test
  void looksAtLinksOnlyWhereTheyMatter() {
    assertThat(read(List.of(), node("n", "", 4)).problem().links()).isEmpty();
  }
}
