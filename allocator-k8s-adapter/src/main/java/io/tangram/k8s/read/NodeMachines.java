package io.tangram.k8s.read;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.ResourceSlice;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells which machine of the hardware catalogue a node is, by what NVIDIA's driver publishes there:
 * the product name of its GPUs and how many there are, whole or in partitions. Labels don't matter.
 */
final class NodeMachines {

  private static final QualifiedName PRODUCT = QualifiedName.of(NvidiaDriver.NAME, "productName");
  private static final QualifiedName UUID = QualifiedName.of(NvidiaDriver.NAME, "uuid");

  /** The GPUs of each node, by node. */
  private final SetMultimap<String, Gpu> gpus = LinkedHashMultimap.create();

  private record Gpu(String uuid, String product) {}

  NodeMachines(AllocationProblem problem) {
    Map<PoolId, Long> generations = new HashMap<>();
    for (ResourceSlice slice : problem.slices()) {
      generations.merge(slice.pool(), slice.generation(), Math::max);
    }
    for (ResourceSlice slice : problem.slices()) {
      if (slice.pool().driver().equals(NvidiaDriver.NAME)
          && slice.generation() == generations.getOrDefault(slice.pool(), 0L)
          && slice.nodes() instanceof NodeSelection.OneNode one) {
        slice.devices().forEach(device -> gpus.put(one.node(), gpu(device)));
      }
    }
  }

  /** A partition is known by the GPU that it is of. */
  private static Gpu gpu(Device device) {
    String parent = text(device, NvidiaDriver.PARENT_UUID);
    String uuid = parent == null ? text(device, UUID) : parent;
    String product = text(device, PRODUCT);
    return new Gpu(uuid == null ? device.name() : uuid, product == null ? "" : product);
  }

  private static @Nullable String text(Device device, QualifiedName attribute) {
    AttributeValue value = device.attribute(NvidiaDriver.NAME, attribute);
    return value instanceof StringValue string ? string.value() : null;
  }

  /** Returns the names of the machines that the node may be. */
  ImmutableSet<String> of(Node node) {
    Set<Gpu> here = gpus.get(node.name());
    return HardwareCatalog.standard().machines().stream()
        .filter(machine -> machine.gpus().size() == here.size())
        .filter(
            machine -> here.stream().allMatch(gpu -> gpu.product().equals(machine.productName())))
        .map(MachineModel::name)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Returns what the node is, for messages. */
  String describe(Node node) {
    ImmutableSet<String> models = of(node);
    if (!models.isEmpty()) {
      return "model " + String.join(" or ", models);
    }
    Set<Gpu> here = gpus.get(node.name());
    String products = String.join(", ", here.stream().map(Gpu::product).distinct().toList());
    return here.isEmpty()
        ? "no model: it publishes no NVIDIA GPUs"
        : "no model: " + here.size() + (here.size() == 1 ? " GPU " : " GPUs ") + products;
  }
}
