package io.tangram.api.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.hash.Hashing;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Makes nodes of one machine, with the resource slices that NVIDIA's driver publishes there
 * (section 16.1 of the rules). Immutable and thread-safe; nodes of one template share what is equal
 * in them, and differ in name and in the uuids that come from it.
 *
 * <p>With {@linkplain Partitioning#EVERY_PLACEMENT every placement} an H100 gives 26 devices: the
 * whole GPU and 25 partitions. Sets of them that fit the counters are exactly the legal layouts of
 * {@link GpuModel#layouts}.
 */
@Value.Immutable
public abstract class NodeTemplate {

  /** The most counter sets that one slice can have (section 1.1 of the rules). */
  private static final int MOST_COUNTER_SETS = 8;

  /** The most devices that one slice can have if they consume counters, and if not. */
  private static final int MOST_CONSUMING_DEVICES = 64;

  private static final int MOST_DEVICES = 128;

  /** The letters of generated names in Kubernetes. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  /** The machine. */
  public abstract MachineModel machine();

  /** Which devices are published for its GPUs; by default whole GPUs. */
  @Value.Default
  public Partitioning partitioning() {
    return Partitioning.WHOLE_GPUS;
  }

  /** Whether {@link NicDriver} publishes the machine's NICs; by default not. */
  @Value.Default
  public boolean withNics() {
    return false;
  }

  /** The version of the GPU driver, a semantic version. */
  @Value.Default
  public String driverVersion() {
    return "580.126.20";
  }

  /** The CUDA version of the GPU driver, a semantic version. */
  @Value.Default
  public String cudaDriverVersion() {
    return "13.0.0";
  }

  /** Labels of the nodes, beside hostname, GPU product and GPU count. */
  public abstract ImmutableMap<String, String> labels();

  /** Returns a builder; only the machine has no default. */
  public static ImmutableNodeTemplate.Builder builder() {
    return ImmutableNodeTemplate.builder();
  }

  /**
   * Refuses what no driver could publish.
   *
   * @throws IllegalArgumentException if partitions are asked for and the GPU model's sources don't
   *     say all that the driver publishes of them; if layouts are neither one nor one for each GPU,
   *     or not legal; if NICs are asked for and the machine's sources name none; or if a slice
   *     would exceed the limits of Kubernetes
   */
  @Value.Check
  protected void check() {
    if (machine().gpus().isEmpty()) {
      throw new IllegalArgumentException("Machine " + machine().name() + " has no GPUs.");
    }
    if (withNics() && machine().nics().isEmpty()) {
      throw new IllegalArgumentException(
          "The NICs of machine " + machine().name() + " are not known; leave them out.");
    }
    if (partitioning() instanceof Partitioning.Fixed fixed) {
      checkLayouts(fixed.layouts());
    }
    checkLimits();
  }

  private void checkLayouts(List<MigLayout> layouts) {
    if (layouts.size() != 1 && layouts.size() != machine().gpus().size()) {
      throw new IllegalArgumentException(
          layouts.size()
              + " layouts for the "
              + machine().gpus().size()
              + " GPUs of machine "
              + machine().name()
              + "; give one for all or one for each.");
    }
    for (MigLayout layout : layouts) {
      if (!machine().gpuModel().allows(layout)) {
        throw new IllegalArgumentException(
            "GPU model "
                + machine().gpuModel().key()
                + " has no layout "
                + layout
                + "; take one of GpuModel.layouts.");
      }
    }
  }

  private void checkLimits() {
    boolean partitionable = partitioning() instanceof Partitioning.EveryPlacement;
    int greatest =
        partitionable
            ? gpus().get(0).devices("").size()
            : gpus().stream().mapToInt(gpu -> gpu.devices("").size()).sum();
    int most = partitionable ? MOST_CONSUMING_DEVICES : MOST_DEVICES;
    if (greatest > most || (partitionable && machine().gpus().size() > MOST_COUNTER_SETS)) {
      throw new IllegalArgumentException(
          "Machine "
              + machine().name()
              + " would publish "
              + greatest
              + " devices and "
              + (partitionable ? machine().gpus().size() : 0)
              + " counter sets in one slice; Kubernetes allows "
              + most
              + " and "
              + MOST_COUNTER_SETS
              + ".");
    }
  }

  /** The GPUs, made once. */
  @Value.Lazy
  ImmutableList<NvidiaGpu> gpus() {
    Optional<MigAmounts> amounts =
        partitioning() instanceof Partitioning.WholeGpus
            ? Optional.empty()
            : Optional.of(new MigAmounts(machine().gpuModel()));
    ImmutableList.Builder<NvidiaGpu> gpus = ImmutableList.builder();
    for (int minor = 0; minor < machine().gpus().size(); minor++) {
      gpus.add(new NvidiaGpu(this, minor, amounts));
    }
    return gpus.build();
  }

  /** The NICs, the same on every node. */
  @Value.Lazy
  ImmutableList<Device> nics() {
    return withNics() ? NicDriver.devices(machine()) : ImmutableList.of();
  }

  /**
   * Makes a node.
   *
   * @param name the name; the pools are called like it
   */
  public PublishedNode publish(String name) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put("kubernetes.io/hostname", name);
    labels.put("nvidia.com/gpu.count", Integer.toString(machine().gpus().size()));
    labels.put("nvidia.com/gpu.product", machine().productName().replace(' ', '-'));
    labels.putAll(labels());
    Node node = Node.builder().name(name).labels(labels).build();
    return new PublishedNode(
        node, ImmutableList.copyOf(Iterables.concat(gpuSlices(name), nicSlices(name))));
  }

  /** With counters, first a slice with all of them, then one slice for each GPU; else one slice. */
  private List<ResourceSlice> gpuSlices(String node) {
    ImmutableList<CounterSet> counterSets =
        gpus().stream()
            .flatMap(gpu -> gpu.counterSet().stream())
            .collect(ImmutableList.toImmutableList());
    if (counterSets.isEmpty()) {
      List<Device> devices = new ArrayList<>();
      gpus().forEach(gpu -> devices.addAll(gpu.devices(node)));
      return List.of(slice(node, NvidiaDriver.NAME, 0, 1).devices(devices).build());
    }
    int count = 1 + gpus().size();
    List<ResourceSlice> slices = new ArrayList<>();
    slices.add(slice(node, NvidiaDriver.NAME, 0, count).sharedCounters(counterSets).build());
    for (NvidiaGpu gpu : gpus()) {
      slices.add(
          slice(node, NvidiaDriver.NAME, slices.size(), count).devices(gpu.devices(node)).build());
    }
    return slices;
  }

  private List<ResourceSlice> nicSlices(String node) {
    return nics().isEmpty()
        ? List.of()
        : List.of(slice(node, NicDriver.NAME, 0, 1).devices(nics()).build());
  }

  private static ImmutableResourceSlice.Builder slice(
      String node, String driver, int index, int count) {
    return ResourceSlice.builder()
        .name(sliceName(node, driver, index, count))
        .pool(new PoolId(driver, node))
        .nodes(NodeSelection.node(node))
        .resourceSliceCount(count);
  }

  /** Index in hexadecimal, driver, node, and a suffix that stands for a random one (R23). */
  private static String sliceName(String node, String driver, int index, int count) {
    int width = Integer.toHexString(count - 1).length();
    String head = String.format("%0" + width + "x-%s-%s-", index, driver, node);
    long hash = Hashing.sipHash24().hashString(head, StandardCharsets.UTF_8).asLong();
    StringBuilder suffix = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      suffix.append(LETTERS.charAt((int) Long.remainderUnsigned(hash, LETTERS.length())));
      hash = Long.divideUnsigned(hash, LETTERS.length());
    }
    return head + suffix;
  }
}
