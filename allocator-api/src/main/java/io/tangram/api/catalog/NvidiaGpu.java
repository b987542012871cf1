package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One GPU of a machine as NVIDIA's driver publishes it, on any node: its devices by name (R241),
 * and its counter set where partitions are still to be made (R240). All but the uuids is made once
 * and shared by all nodes.
 */
final class NvidiaGpu {

  private static final String AMPERE = "Ampere";
  private static final QualifiedName UUID_NAME = QualifiedName.of("", "uuid");
  private static final QualifiedName PARENT_UUID_NAME = QualifiedName.of("", "parentUUID");

  private static final ImmutableMap<String, Quantity> NO_COUNTERS = ImmutableMap.of();

  /** Stands in attributes for a uuid, which differs from node to node. */
  private static final String TO_COME = "";

  private final NodeTemplate template;
  private final int minor;
  private final Map<MigProfile, ImmutableMap<QualifiedName, AttributeValue>> attributesByProfile =
      new HashMap<>();
  private final ImmutableList<ImmutableDevice> devices;
  private final Optional<CounterSet> counterSet;

  /**
   * Prepares the GPU.
   *
   * @param amounts there where the template asks for partitions
   */
  NvidiaGpu(NodeTemplate template, int minor, Optional<MigAmounts> amounts) {
    this.template = template;
    this.minor = minor;
    List<ImmutableDevice> made = new ArrayList<>();
    if (template.partitioning() instanceof Partitioning.EveryPlacement) {
      addEveryPlacement(amounts.orElseThrow(), made);
      counterSet =
          Optional.of(
              new CounterSet(
                  NvidiaDriver.counterSetName(minor), amounts.orElseThrow().wholeGpuCounters()));
    } else {
      addLayout(amounts, made);
      counterSet = Optional.empty();
    }
    made.sort(Comparator.comparing(Device::name));
    devices = ImmutableList.copyOf(made);
  }

  /** What the partitions draw on; absent where none is still to be made. */
  Optional<CounterSet> counterSet() {
    return counterSet;
  }

  /** Returns the devices that the GPU has on this node. */
  ImmutableList<Device> devices(String node) {
    String gpu = node + "/" + minor;
    AttributeValue uuid = new StringValue("GPU-" + uuid(gpu));
    IdentityHashMap<Object, ImmutableMap<QualifiedName, AttributeValue>> filled =
        new IdentityHashMap<>();
    ImmutableList.Builder<Device> published = ImmutableList.builderWithExpectedSize(devices.size());
    for (ImmutableDevice device : devices) {
      if (template.partitioning() instanceof Partitioning.Fixed) {
        AttributeValue own = new StringValue("MIG-" + uuid(gpu + "/" + device.name()));
        published.add(device.withAttributes(fill(device.attributes(), uuid, own)));
      } else {
        published.add(
            device.withAttributes(
                filled.computeIfAbsent(
                    device.attributes(), unused -> fill(device.attributes(), uuid, uuid))));
      }
    }
    return published.build();
  }

  private void addEveryPlacement(MigAmounts amounts, List<ImmutableDevice> made) {
    GpuModel model = template.machine().gpuModel();
    if (!model.architecture().equals(AMPERE)) {
      made.add(wholeGpu(amounts.wholeGpuCapacity(), amounts.wholeGpuCounters()));
    }
    for (MigProfile profile : model.profiles()) {
      for (Placement placement : profile.placements()) {
        MigInstance instance = new MigInstance(profile, placement);
        made.add(partition(instance, amounts.capacity(profile), amounts.counters(instance)));
      }
    }
  }

  private void addLayout(Optional<MigAmounts> amounts, List<ImmutableDevice> made) {
    ImmutableList<MigInstance> instances =
        template.partitioning() instanceof Partitioning.Fixed fixed
            ? fixed.of(minor).instances()
            : ImmutableList.of();
    for (MigInstance instance : instances) {
      made.add(
          partition(instance, amounts.orElseThrow().capacityWithSlices(instance), NO_COUNTERS));
    }
    if (instances.isEmpty()) {
      ImmutableMap.Builder<QualifiedName, DeviceCapacity> capacity = ImmutableMap.builder();
      template
          .machine()
          .gpuMemory()
          .ifPresent(
              memory -> capacity.put(QualifiedName.of("", "memory"), DeviceCapacity.of(memory)));
      made.add(wholeGpu(capacity.buildOrThrow(), NO_COUNTERS));
    }
  }

  private ImmutableDevice wholeGpu(
      ImmutableMap<QualifiedName, DeviceCapacity> capacity,
      ImmutableMap<String, Quantity> counters) {
    return device(
        NvidiaDriver.gpuName(minor),
        common().text("type", "gpu").text("uuid", TO_COME).build(),
        capacity,
        counters);
  }

  private ImmutableDevice partition(
      MigInstance instance,
      ImmutableMap<QualifiedName, DeviceCapacity> capacity,
      ImmutableMap<String, Quantity> counters) {
    return device(
        NvidiaDriver.migName(minor, instance),
        attributesByProfile.computeIfAbsent(instance.profile(), this::attributes),
        capacity,
        counters);
  }

  private ImmutableMap<QualifiedName, AttributeValue> attributes(MigProfile profile) {
    PublishedAttributes attributes =
        common().text("type", "mig").text("profile", profile.name()).text("parentUUID", TO_COME);
    return template.partitioning() instanceof Partitioning.Fixed
        ? attributes.text("uuid", TO_COME).build()
        : attributes.build();
  }

  private PublishedAttributes common() {
    MachineModel machine = template.machine();
    PublishedAttributes attributes =
        PublishedAttributes.builder()
            .text("productName", machine.productName())
            .text("brand", "Nvidia")
            .text("architecture", NvidiaDriver.architecture(machine.gpuModel()))
            .version("driverVersion", template.driverVersion())
            .version("cudaDriverVersion", template.cudaDriverVersion())
            .put(machine.gpus().get(minor));
    machine
        .cudaComputeCapability()
        .ifPresent(capability -> attributes.version("cudaComputeCapability", capability));
    return attributes;
  }

  private ImmutableDevice device(
      String name,
      ImmutableMap<QualifiedName, AttributeValue> attributes,
      ImmutableMap<QualifiedName, DeviceCapacity> capacity,
      ImmutableMap<String, Quantity> counters) {
    ImmutableDevice device =
        Device.builder().name(name).build().withAttributes(attributes).withCapacity(capacity);
    return counters.isEmpty()
        ? device
        : device.withConsumesCounters(
            new CounterConsumption(NvidiaDriver.counterSetName(minor), counters));
  }

  private static ImmutableMap<QualifiedName, AttributeValue> fill(
      ImmutableMap<QualifiedName, AttributeValue> attributes,
      AttributeValue gpuUuid,
      AttributeValue ownUuid) {
    ImmutableMap.Builder<QualifiedName, AttributeValue> filled =
        ImmutableMap.builderWithExpectedSize(attributes.size());
    attributes.forEach(
        (name, value) ->
            filled.put(
                name,
                name.equals(PARENT_UUID_NAME)
                    ? gpuUuid
                    : name.equals(UUID_NAME) ? ownUuid : value));
    return filled.buildOrThrow();
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
