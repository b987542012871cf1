package io.tangram.k8s.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MigInstance;
import io.tangram.api.catalog.MigLayout;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.Placement;
import io.tangram.api.device.Quantity;
import io.tangram.k8s.generate.NodeGroup.NodeTaint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeObjectsTest {

  private static final int NODES = 50;

  private static final HardwareCatalog HARDWARE = HardwareCatalog.standard();

  private static NodeTemplate template(Partitioning partitioning) {
    return NodeTemplate.builder()
        .machine(HARDWARE.machine("8xH100-80GB"))
        .partitioning(partitioning)
        .build();
  }

  private static ImmutableSampleCluster.Builder cluster(Partitioning partitioning) {
    return SampleCluster.builder().addNodes(NodeGroup.of(template(partitioning), "n", NODES));
  }

  private static List<ObjectNode> objects(SampleCluster cluster, String kind) {
    return cluster.objects().filter(object -> object.get("kind").asText().equals(kind)).toList();
  }

  /** Counts devices by name, {@code node/device}, that have the field. */
  private static Set<String> devicesWith(String field, SampleCluster cluster) {
    Set<String> names = new HashSet<>();
    for (ObjectNode slice : objects(cluster, "ResourceSlice")) {
      for (JsonNode device : slice.at("/spec/devices")) {
        if (device.has(field)) {
          names.add(slice.at("/spec/nodeName").asText() + "/" + device.get("name").asText());
        }
      }
    }
    return names;
  }

  private static Set<String> heldDevices(SampleCluster cluster) {
    Set<String> names = new HashSet<>();
    for (ObjectNode claim : objects(cluster, "ResourceClaim")) {
      JsonNode result = claim.at("/status/allocation/devices/results/0");
      assertThat(names.add(result.get("pool").asText() + "/" + result.get("device").asText()))
          .isTrue();
    }
    return names;
  }

  private static String gpu(String device) {
    return device.replaceFirst("-mig-.*", "");
  }

  @Test
  void nodesTellZoneTaintsAndWhatPodsCanHave() {
    NodeGroup group =
        NodeGroup.builder()
            .template(template(Partitioning.WHOLE_GPUS))
            .prefix("n")
            .count(3)
            .addTaints(
                new NodeTaint("team", "a", "NoSchedule"), new NodeTaint("x", "", "NoExecute"))
            .allocatable(ImmutableMap.of("cpu", Quantity.of(64), "pods", Quantity.of(110)))
            .build();

    List<ObjectNode> nodes =
        objects(SampleCluster.builder().addNodes(group).zones(2).build(), "Node");

    assertThat(nodes)
        .extracting(node -> node.at("/metadata/labels").get("topology.kubernetes.io/zone").asText())
        .containsExactly("zone-1", "zone-2", "zone-1");
    assertThat(nodes.get(0).at("/spec/taints").toString())
        .isEqualTo(
            "[{\"key\":\"team\",\"value\":\"a\",\"effect\":\"NoSchedule\"},"
                + "{\"key\":\"x\",\"effect\":\"NoExecute\"}]");
    assertThat(nodes.get(0).at("/status/allocatable").toString())
        .isEqualTo("{\"cpu\":\"64\",\"pods\":\"110\"}")
        .isEqualTo(nodes.get(0).at("/status/capacity").toString());
  }

  @Test
  void faultsTaintAllDevicesOfAGpu() {
    SampleCluster cluster = cluster(Partitioning.EVERY_PLACEMENT).unhealthy(0.25).build();

    Set<String> tainted = devicesWith("taints", cluster);

    Map<String, Integer> byGpu = new HashMap<>();
    tainted.forEach(device -> byGpu.merge(gpu(device), 1, Integer::sum));
    assertThat(byGpu.values()).containsOnly(26);
    assertThat(byGpu.size() / (NODES * 8.0)).isCloseTo(0.25, within(0.05));
    assertThat(
            objects(cluster, "ResourceSlice").stream()
                .flatMap(slice -> slice.findValues("taints").stream())
                .map(taints -> taints.get(0).get("key").asText()))
        .containsOnly("gpu.nvidia.com/xid", "gpu.nvidia.com/gpu-lost");
  }

  @Test
  void heldPartitionsAreALegalPartOfAllSlices() {
    SampleCluster cluster = cluster(Partitioning.EVERY_PLACEMENT).held(HeldFill.part(0.3)).build();
    Map<String, Integer> sizes = new HashMap<>();
    for (MigProfile profile : HARDWARE.model("H100-80GB").profiles()) {
      sizes.put(profile.name(), profile.memorySlices().orElseThrow());
    }

    long slices =
        objects(cluster, "ResourceClaim").stream()
            .map(claim -> claim.at("/spec/devices/requests/0/exactly/selectors/0/cel/expression"))
            .mapToLong(cel -> sizes.get(cel.asText().replaceFirst(".*== \"(.*)\"", "$1")))
            .sum();

    assertThat(slices / (NODES * 64.0)).isCloseTo(0.3, within(0.03));
    assertThat(devicesWith("name", cluster)).containsAll(heldDevices(cluster));
  }

  @Test
  void heldWholeGpusAndFixedPartitionsAreSomeOfThosePublished() {
    MigProfile profile = HARDWARE.model("H100-80GB").profile("3g.40gb");
    MigLayout halves =
        new MigLayout(
            ImmutableList.of(
                new MigInstance(profile, new Placement(0, 4)),
                new MigInstance(profile, new Placement(4, 4))));
    for (Partitioning partitioning : List.of(Partitioning.WHOLE_GPUS, Partitioning.fixed(halves))) {
      SampleCluster cluster = cluster(partitioning).held(HeldFill.part(0.5)).build();

      Set<String> published = devicesWith("name", cluster);
      Set<String> held = heldDevices(cluster);

      assertThat(published).containsAll(held);
      assertThat(held.size() / (double) published.size()).isCloseTo(0.5, within(0.07));
    }
  }

  @Test
  void nobodyHoldsADeviceWithAFault() {
    SampleCluster healthy = cluster(Partitioning.EVERY_PLACEMENT).held(HeldFill.part(0.5)).build();
    SampleCluster cluster = SampleCluster.builder().from(healthy).unhealthy(0.3).build();

    Set<String> tainted = devicesWith("taints", cluster);
    Set<String> held = heldDevices(cluster);

    assertThat(held).doesNotContainAnyElementsOf(tainted);
    assertThat(heldDevices(healthy)).containsAll(held);
  }

  @Test
  void allOrNothingCanBeHeld() {
    assertThat(heldDevices(cluster(Partitioning.WHOLE_GPUS).held(HeldFill.part(1)).build()))
        .hasSize(NODES * 8);
    assertThat(heldDevices(cluster(Partitioning.WHOLE_GPUS).held(HeldFill.part(0)).build()))
        .isEmpty();
  }

  @Test
  void refusesPartsThatAreNone() {
    assertThatThrownBy(() -> HeldFill.part(1.5))
        .hasMessage("The held part is 1.5; it must be between 0 and 1.");
    assertThatThrownBy(() -> SampleCluster.builder().unhealthy(Double.NaN).build())
        .hasMessage("The unhealthy part is NaN; it must be between 0 and 1.");
    assertThatThrownBy(() -> SampleCluster.builder().zones(-1).build())
        .hasMessage("There are -1 zones; 0 means none.");
  }
}
