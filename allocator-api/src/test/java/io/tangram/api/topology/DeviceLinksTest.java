package io.tangram.api.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NicDriver;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.IntList;
import io.tangram.api.device.AttributeValue.IntValue;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.QualifiedName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviceLinksTest {

  private static final String CLUSTER = "7f3f2b62-8bb0-4a4c-9d2b-0d6c6c3d0f10";

  private final Node node = Node.builder().name("n").build();

  private final Map<DeviceId, Device> devices = new LinkedHashMap<>();

  private DeviceId add(String driver, Map<String, AttributeValue> attributes) {
    String name = "device-" + devices.size();
    DeviceId id = new DeviceId(driver, "n", name);
    Map<QualifiedName, AttributeValue> named = new LinkedHashMap<>();
    attributes.forEach((key, value) -> named.put(QualifiedName.parse(key), value));
    devices.put(id, Device.builder().name(name).attributes(named).build());
    return id;
  }

  private DeviceId gpu(String attribute, AttributeValue value) {
    return add(
        NvidiaDriver.NAME,
        Map.of(
            "type",
            new StringValue("gpu"),
            "architecture",
            new StringValue("Hopper"),
            attribute,
            value));
  }

  private DeviceId on(AttributeValue numaNode) {
    return add("d.com", Map.of("resource.kubernetes.io/numaNode", numaNode));
  }

  private Link link(DeviceId one, DeviceId other) {
    return DeviceLinks.among(node, devices).link(one, other);
  }

  @Test
  void devicesOfOneRootShareAHostBridge() {
    PublishedNode published =
        NodeTemplate.builder()
            .machine(HardwareCatalog.standard().machine("8xH100-80GB"))
            .withNics(true)
            .build()
            .publish("n");
    published
        .slices()
        .forEach(
            slice ->
                slice
                    .devices()
                    .forEach(
                        device ->
                            devices.put(
                                new DeviceId(slice.pool().driver(), "n", device.name()), device)));
    LinkGraph<DeviceId> graph = DeviceLinks.among(published.node(), devices);
    DeviceId gpu = new DeviceId(NvidiaDriver.NAME, "n", "gpu-2");

    assertThat(graph.link(gpu, new DeviceId(NicDriver.NAME, "n", "nic-2")))
        .isEqualTo(Link.ofPath(PciePath.PHB).completedBy(Link.ofArchitectures(Set.of("Hopper"))));
    assertThat(graph.link(gpu, new DeviceId(NicDriver.NAME, "n", "nic-3")).path())
        .contains(PciePath.NODE);
    assertThat(graph.link(gpu, new DeviceId(NvidiaDriver.NAME, "n", "gpu-4")).path())
        .contains(PciePath.SYS);
    assertThat(graph.link(gpu, new DeviceId(NvidiaDriver.NAME, "n", "gpu-3")).nvLinks()).isEmpty();
  }

  @Test
  void numaNodesThatMeetAreNear() {
    DeviceId one = on(new IntList(ImmutableList.of(0L, 1L)));
    DeviceId near = on(new IntList(ImmutableList.of(1L, 0L)));
    DeviceId far = on(new IntValue(2));
    DeviceId nowhere = on(new IntValue(-1));

    assertThat(link(one, near)).isEqualTo(Link.ofPath(PciePath.NODE));
    assertThat(link(one, far)).isEqualTo(Link.ofPath(PciePath.SYS));
    assertThat(link(one, nowhere)).isEqualTo(Link.UNKNOWN);
  }

  @Test
  void switchesJoinTheGpusOfAFabricPartition() {
    DeviceId one = gpu("partition4", new IntValue(3));
    DeviceId same = gpu("gpu.nvidia.com/partition4", new IntValue(3));
    DeviceId other = gpu("partition4", new IntValue(4));
    DeviceId alone = gpu("partition1", new IntValue(3));
    DeviceId alsoAlone = gpu("partition1", new IntValue(3));

    assertThat(link(one, same).nvLinks()).hasValue(18);
    assertThat(link(one, same).mbPerSecond()).isEqualTo(18 * 26_560);
    assertThat(link(one, other).nvLinks()).isEmpty();
    assertThat(link(alone, alsoAlone).nvLinks()).isEmpty();
  }

  @Test
  void gpusReachEachOtherInsideACliqueOnly() {
    DeviceId one = gpu("clique", new StringValue(CLUSTER + ".1"));
    DeviceId same = gpu("clique", new StringValue(CLUSTER + ".1"));
    DeviceId other = gpu("clique", new StringValue(CLUSTER + ".2"));
    DeviceId none = gpu("clique", new StringValue("00000000-0000-0000-0000-000000000000.0"));

    assertThat(link(one, same).nvLinks()).hasValue(18);
    assertThat(link(one, other).nvLinks()).hasValue(0);
    assertThat(link(one, none).nvLinks()).isEmpty();
  }

  @Test
  void theCliqueOfANodeIsThatOfItsGpus() {
    Node labelled =
        Node.builder().name("n").putLabels(DeviceLinks.CLIQUE_LABEL, CLUSTER + ".1").build();
    DeviceId one = gpu("uuid", new StringValue("GPU-1"));
    DeviceId other = gpu("uuid", new StringValue("GPU-2"));
    DeviceId nic = add("nic.com", Map.of());

    LinkGraph<DeviceId> graph = DeviceLinks.among(labelled, devices);

    assertThat(graph.link(one, other).kind()).isEqualTo(LinkKind.NVLINK);
    assertThat(graph.link(one, nic).nvLinks()).isEmpty();
  }

  @Test
  void partitionsOfGpusAreJoinedToNothing() {
    DeviceId gpu = gpu("partition8", new IntValue(0));
    add(NvidiaDriver.NAME, Map.of("type", new StringValue("mig"), "partition8", new IntValue(0)));

    assertThat(DeviceLinks.among(node, devices).devices()).containsExactly(gpu);
  }

  @Test
  void withoutArchitectureTheFewestLinksCount() {
    DeviceId one = add(NvidiaDriver.NAME, Map.of("partition2", new IntValue(0)));
    DeviceId other = add(NvidiaDriver.NAME, Map.of("partition2", new IntValue(0)));

    assertThat(link(one, other).nvLinks()).hasValue(6);
  }
}
