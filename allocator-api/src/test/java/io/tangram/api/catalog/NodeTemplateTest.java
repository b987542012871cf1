package io.tangram.api.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.IntValue;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.AttributeValue.VersionValue;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTemplateTest {

  private final HardwareCatalog catalog = HardwareCatalog.standard();
  private final NodeTemplate partitionable =
      NodeTemplate.builder()
          .machine(catalog.machine("8xH100-80GB"))
          .partitioning(Partitioning.EVERY_PLACEMENT)
          .build();

  @Test
  void publishesCountersFirstThenOneSliceForEachGpu() {
    List<ResourceSlice> slices = partitionable.publish("n1").slices();

    assertThat(slices).hasSize(9);
    assertThat(slices)
        .allSatisfy(
            slice -> {
              assertThat(slice.pool()).isEqualTo(new PoolId("gpu.nvidia.com", "n1"));
              assertThat(slice.nodes()).isEqualTo(NodeSelection.node("n1"));
              assertThat(slice.generation()).isEqualTo(1);
              assertThat(slice.resourceSliceCount()).isEqualTo(9);
            });
    assertThat(slices)
        .extracting(ResourceSlice::name)
        .isSorted()
        .allSatisfy(name -> assertThat(name).matches("[0-8]-gpu\\.nvidia\\.com-n1-[a-z0-9]{5}"));
    assertThat(slices.get(0).devices()).isEmpty();
    assertThat(slices.get(0).sharedCounters())
        .extracting(CounterSet::name)
        .containsExactly(
            "gpu-0-counter-set",
            "gpu-1-counter-set",
            "gpu-2-counter-set",
            "gpu-3-counter-set",
            "gpu-4-counter-set",
            "gpu-5-counter-set",
            "gpu-6-counter-set",
            "gpu-7-counter-set");
    assertThat(slices.subList(1, 9))
        .allSatisfy(
            slice -> {
              assertThat(slice.sharedCounters()).isEmpty();
              assertThat(slice.devices()).hasSize(26);
              assertThat(slice.devices()).extracting(Device::name).isSorted();
            });
  }

  @Test
  void hundredNodesHave20800Devices() {
    int devices = 0;
    for (int node = 0; node < 100; node++) {
      devices +=
          partitionable.publish("node-" + node).slices().stream()
              .mapToInt(slice -> slice.devices().size())
              .sum();
    }

    assertThat(devices).isEqualTo(20_800);
  }

  @Test
  void namesPartitionsByProfileIdAndStart() {
    ResourceSlice third = partitionable.publish("n1").slices().get(3);

    assertThat(third.devices())
        .extracting(Device::name)
        .startsWith("gpu-2", "gpu-2-mig-1g10gb-19-0", "gpu-2-mig-1g10gb-19-1")
        .contains("gpu-2-mig-1g10gb-me-20-6", "gpu-2-mig-1g20gb-15-6", "gpu-2-mig-3g40gb-9-4")
        .endsWith("gpu-2-mig-4g40gb-5-0", "gpu-2-mig-7g80gb-0-0");
  }

  @Test
  void describesAWholeGpu() {
    Device gpu = device(partitionable.publish("n1"), "gpu-5");

    assertThat(gpu.attributes())
        .containsExactly(
            attribute("architecture", new StringValue("Hopper")),
            attribute("brand", new StringValue("Nvidia")),
            attribute("cudaComputeCapability", new VersionValue("9.0.0")),
            attribute("cudaDriverVersion", new VersionValue("13.0.0")),
            attribute("driverVersion", new VersionValue("580.126.20")),
            attribute("productName", new StringValue("NVIDIA H100 80GB HBM3")),
            attribute("resource.kubernetes.io/numaNode", new IntValue(1)),
            attribute("resource.kubernetes.io/pciBusID", new StringValue("0000:61:00.0")),
            attribute("resource.kubernetes.io/pcieRoot", new StringValue("pci0000:60")),
            attribute("type", new StringValue("gpu")),
            attribute("uuid", new StringValue("GPU-77dd5f89-d6be-33a7-ae70-ed847ded7f6c")));
    assertThat(gpu.capacity())
        .containsExactly(
            capacity("copyEngines", "8"),
            capacity("decoders", "7"),
            capacity("encoders", "0"),
            capacity("jpegEngines", "7"),
            capacity("memory", "81152Mi"),
            capacity("multiprocessors", "132"),
            capacity("ofaEngines", "1"));
    CounterSet declared = partitionable.publish("n1").slices().get(0).sharedCounters().get(5);
    assertThat(gpu.consumesCounters())
        .containsExactly(new CounterConsumption("gpu-5-counter-set", declared.counters()));
    assertThat(declared.counters())
        .containsOnlyKeys(
            "copy-engines",
            "decoders",
            "encoders",
            "jpeg-engines",
            "memory",
            "memory-slice-0",
            "memory-slice-1",
            "memory-slice-2",
            "memory-slice-3",
            "memory-slice-4",
            "memory-slice-5",
            "memory-slice-6",
            "memory-slice-7",
            "multiprocessors",
            "ofa-engines")
        .containsEntry("memory", Quantity.parse("81152Mi"))
        .containsEntry("memory-slice-7", Quantity.ONE);
  }

  @Test
  void describesAPartition() {
    PublishedNode node = partitionable.publish("n1");

    Device partition = device(node, "gpu-5-mig-1g20gb-15-6");

    AttributeValue gpu = device(node, "gpu-5").attributes().get(QualifiedName.of("", "uuid"));
    assertThat(partition.attributes())
        .contains(
            attribute("type", new StringValue("mig")),
            attribute("profile", new StringValue("1g.20gb")),
            attribute("parentUUID", gpu),
            attribute("resource.kubernetes.io/pcieRoot", new StringValue("pci0000:60")))
        .doesNotContainKey(QualifiedName.of("", "uuid"))
        .hasSize(12);
    assertThat(partition.capacity())
        .contains(capacity("memory", "20096Mi"), capacity("multiprocessors", "26"))
        .hasSize(7);
    assertThat(partition.consumesCounters()).hasSize(1);
    assertThat(partition.consumesCounters().get(0).counterSet()).isEqualTo("gpu-5-counter-set");
    assertThat(partition.consumesCounters().get(0).counters())
        .containsOnlyKeys(
            "copy-engines",
            "decoders",
            "encoders",
            "jpeg-engines",
            "memory",
            "memory-slice-6",
            "memory-slice-7",
            "multiprocessors",
            "ofa-engines");
  }

  @Test
  void ampereOffersPartitionsWithoutTheWholeGpu() {
    NodeTemplate template =
        NodeTemplate.builder()
            .machine(catalog.machine("8xA100-40GB"))
            .partitioning(Partitioning.EVERY_PLACEMENT)
            .build();

    ResourceSlice first = template.publish("n1").slices().get(1);

    assertThat(first.devices())
        .hasSize(25)
        .extracting(Device::name)
        .doesNotContain("gpu-0")
        .contains("gpu-0-mig-7g40gb-0-0");
  }

  @Test
  void wholeGpusComeInOneSliceWithTheirMemory() {
    NodeTemplate template = NodeTemplate.builder().machine(catalog.machine("8xB200-180GB")).build();

    PublishedNode node = template.publish("n1");

    assertThat(node.slices()).hasSize(1);
    assertThat(node.slices().get(0).devices()).hasSize(8);
    Device gpu = device(node, "gpu-7");
    assertThat(gpu.capacity()).containsExactly(capacity("memory", "183359Mi"));
    assertThat(gpu.consumesCounters()).isEmpty();
    assertThat(gpu.attributes())
        .contains(attribute("resource.kubernetes.io/numaNode", new IntValue(5)))
        .doesNotContainKey(QualifiedName.parse("resource.kubernetes.io/pcieRoot"));
  }

  @Test
  void leavesOutAMemoryThatNobodyKnows() {
    MachineModel machine =
        MachineModel.builder()
            .name("one")
            .gpuModel(catalog.model("THOR-iGPU"))
            .addGpus(PciSlot.UNKNOWN)
            .build();

    PublishedNode node = NodeTemplate.builder().machine(machine).build().publish("n1");

    assertThat(device(node, "gpu-0").capacity()).isEmpty();
  }

  @Test
  void namesArchitecturesAsTheDriverDoes() {
    MachineModel machine =
        MachineModel.builder()
            .name("one")
            .gpuModel(catalog.model("B300-269GB"))
            .addGpus(PciSlot.UNKNOWN)
            .build();

    PublishedNode node = NodeTemplate.builder().machine(machine).build().publish("n1");

    assertThat(device(node, "gpu-0").attributes())
        .contains(attribute("architecture", new StringValue("Blackwell")));
    assertThat(device(node, "gpu-0").capacity()).containsExactly(capacity("memory", "269Gi"));
  }

  @Test
  void fixedPartitionsNameTheirMemorySlicesAndHaveUuids() {
    GpuModel model = catalog.model("H100-80GB");
    MigLayout layout =
        new MigLayout(
            ImmutableList.of(
                new MigInstance(model.profile("4g.40gb"), new Placement(0, 4)),
                new MigInstance(model.profile("1g.20gb"), new Placement(4, 2))));
    NodeTemplate template =
        NodeTemplate.builder()
            .machine(catalog.machine("8xH100-80GB"))
            .partitioning(
                new Partitioning.Fixed(
                    ImmutableList.<MigLayout>builder()
                        .add(layout)
                        .addAll(Collections.nCopies(7, new MigLayout(ImmutableList.of())))
                        .build()))
            .build();

    PublishedNode node = template.publish("n1");

    assertThat(node.slices()).hasSize(1);
    assertThat(node.slices().get(0).devices()).hasSize(9);
    Device partition = device(node, "gpu-0-mig-1g20gb-15-4");
    assertThat(partition.consumesCounters()).isEmpty();
    assertThat(partition.capacity())
        .contains(capacity("memorySlice4", "1"), capacity("memorySlice5", "1"))
        .hasSize(9);
    assertThat(partition.attributes())
        .containsKeys(QualifiedName.of("", "uuid"), QualifiedName.of("", "parentUUID"));
    assertThat(device(node, "gpu-1").capacity()).containsExactly(capacity("memory", "81559Mi"));
  }

  @Test
  void nicsShareRootsWithTheGpusBesideThem() {
    NodeTemplate template =
        NodeTemplate.builder().machine(catalog.machine("8xA100-80GB")).withNics(true).build();

    PublishedNode node = template.publish("n1");

    assertThat(node.slices())
        .extracting(ResourceSlice::pool)
        .containsExactly(new PoolId("gpu.nvidia.com", "n1"), new PoolId("nic.example.org", "n1"));
    Map<AttributeValue, Integer> gpusByRoot = new HashMap<>();
    Map<AttributeValue, Integer> nicsByRoot = new HashMap<>();
    QualifiedName root = QualifiedName.parse("resource.kubernetes.io/pcieRoot");
    node.slices()
        .get(0)
        .devices()
        .forEach(each -> gpusByRoot.merge(each.attributes().get(root), 1, Integer::sum));
    node.slices()
        .get(1)
        .devices()
        .forEach(each -> nicsByRoot.merge(each.attributes().get(root), 1, Integer::sum));
    assertThat(gpusByRoot).hasSize(4).isEqualTo(nicsByRoot);
    assertThat(gpusByRoot.values()).containsOnly(2);
  }

  @Test
  void labelsNodes() {
    NodeTemplate template =
        NodeTemplate.builder()
            .machine(catalog.machine("8xH100-80GB"))
            .putLabels("topology.kubernetes.io/zone", "z1")
            .build();

    assertThat(template.publish("n1").node().labels())
        .containsEntry("kubernetes.io/hostname", "n1")
        .containsEntry("nvidia.com/gpu.count", "8")
        .containsEntry("nvidia.com/gpu.product", "NVIDIA-H100-80GB-HBM3")
        .containsEntry("topology.kubernetes.io/zone", "z1");
  }

  @Test
  void uuidsComeFromTheNodesName() {
    assertThat(partitionable.publish("n1")).isEqualTo(partitionable.publish("n1"));
    assertThat(device(partitionable.publish("n1"), "gpu-0").attributes())
        .isNotEqualTo(device(partitionable.publish("n2"), "gpu-0").attributes());
  }

  @Test
  void nodesShareWhatIsEqualInThem() {
    PublishedNode one = partitionable.publish("n1");
    PublishedNode two = partitionable.publish("n2");
    String name = "gpu-3-mig-2g20gb-14-2";

    assertThat(device(one, name).capacity()).isSameAs(device(two, name).capacity());
    assertThat(device(one, name).capacity())
        .isSameAs(device(one, "gpu-4-mig-2g20gb-14-0").capacity());
    assertThat(device(one, name).consumesCounters()).isSameAs(device(two, name).consumesCounters());
    assertThat(device(one, name).consumesCounters().get(0).counters())
        .isSameAs(device(one, "gpu-4-mig-2g20gb-14-2").consumesCounters().get(0).counters());
    assertThat(device(one, name).attributes())
        .isSameAs(device(one, "gpu-3-mig-2g20gb-14-0").attributes());
    assertThat(one.slices().get(0).sharedCounters().get(0).counters())
        .isSameAs(two.slices().get(0).sharedCounters().get(7).counters());
  }

  @Test
  void unverifiedMachinesCarryTheWarningOfTheirModel() {
    assertThat(catalog.machine("8xB200-180GB").warning())
        .isEqualTo(catalog.model("B200-180GB").warning())
        .isPresent();
    assertThat(catalog.machine("8xH100-80GB").warning()).isEmpty();
  }

  @Test
  void deviceNamesAreUniqueForEveryModelThatCanBePartitioned() {
    for (GpuModel model : catalog.models()) {
      if (model.verified()) {
        MachineModel machine =
            MachineModel.builder()
                .name(model.key())
                .gpuModel(model)
                .addGpus(PciSlot.UNKNOWN)
                .build();
        NodeTemplate template =
            NodeTemplate.builder()
                .machine(machine)
                .partitioning(Partitioning.EVERY_PLACEMENT)
                .build();

        List<Device> devices = template.publish("n1").slices().get(1).devices();

        assertThat(devices).extracting(Device::name).doesNotHaveDuplicates();
        assertThat(devices)
            .extracting(Device::name)
            .allSatisfy(name -> assertThat(name).matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"));
      }
    }
  }

  @Test
  void classesTellGpusFromPartitions() {
    PublishedNode node = partitionable.publish("n1");

    assertThat(wantedBy(0, node)).isEqualTo(8);
    assertThat(wantedBy(1, node)).isEqualTo(200);
  }

  private static long wantedBy(int deviceClass, PublishedNode node) {
    var selectors = NvidiaDriver.deviceClasses().get(deviceClass).selectors();
    return node.slices().stream()
        .flatMap(slice -> slice.devices().stream())
        .filter(
            device ->
                selectors.stream()
                    .allMatch(
                        selector ->
                            selector.evaluate("gpu.nvidia.com", device)
                                == DeviceSelector.Outcome.MATCH))
        .count();
  }

  private static Device device(PublishedNode node, String name) {
    return node.slices().stream()
        .flatMap(slice -> slice.devices().stream())
        .filter(device -> device.name().equals(name))
        .min(Comparator.comparing(Device::name))
        .orElseThrow();
  }

  private static Map.Entry<QualifiedName, AttributeValue> attribute(
      String name, AttributeValue value) {
    return Map.entry(QualifiedName.parse(name), value);
  }

  private static Map.Entry<QualifiedName, DeviceCapacity> capacity(String name, String value) {
    return Map.entry(QualifiedName.of("", name), DeviceCapacity.of(Quantity.parse(value)));
  }
}
