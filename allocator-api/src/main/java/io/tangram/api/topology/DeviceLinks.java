package io.tangram.api.topology;

import io.tangram.api.catalog.PciePath;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What follows from the attributes that drivers publish about the links of a node's devices. It is
 * less than a listing says: how near two devices are at worst, and that NVLinks join them, but not
 * which of several ways over PCIe it is.
 *
 * <ul>
 *   <li>A common {@code resource.kubernetes.io/pcieRoot}: the two are behind one host bridge,
 *       {@link PciePath#PHB} at worst.
 *   <li>Else {@code resource.kubernetes.io/numaNode} (R236, and lists as in KEP-5491): a common
 *       element is {@link PciePath#NODE}, none {@link PciePath#SYS}. Negative numbers stand for no
 *       NUMA node.
 *   <li>NVIDIA's fabric partitions: a common value of {@code gpu.nvidia.com/partition<N>}, for an N
 *       of 2 or more, is a set of N GPUs that switches join. The clique: GPUs with the same value
 *       of {@code gpu.nvidia.com/clique}, or without that attribute those of a node with label
 *       {@code nvidia.com/gpu.clique}, reach each other over NVLinks, those with different ones
 *       don't. A clique of cluster 00000000-0000-0000-0000-000000000000 is none: the fabric is not
 *       attached. Through switches each pair can use all links that a GPU of its architecture has;
 *       if that is not known, as many as the fewest, {@link NvLinkGeneration#V2}. Boards with fewer
 *       need a listing or the catalogue.
 *   <li>{@code gpu.nvidia.com/architecture} gives rates.
 * </ul>
 *
 * <p>{@code gpu.nvidia.com/gpuModuleID}, the number of a GPU's place on its board, says nothing of
 * its neighbours without a drawing of the board, and is not read.
 */
public final class DeviceLinks {

  /** The label of a node whose GPUs are all in one clique, such as {@code <uuid>.<number>}. */
  public static final String CLIQUE_LABEL = "nvidia.com/gpu.clique";

  private DeviceLinks() {}

  /**
   * Returns what follows from attributes. MIG partitions are left out: they reach no other device
   * but through the memory of the host.
   *
   * @param node the node, for its labels
   * @param devices devices that the node sees, in their order
   */
  public static LinkGraph<DeviceId> among(Node node, Map<DeviceId, Device> devices) {
    Map<DeviceId, DeviceTraits> traits = new LinkedHashMap<>();
    devices.forEach((id, device) -> traits.put(id, DeviceTraits.of(node, id, device)));
    traits.values().removeIf(DeviceTraits::isPartition);
    return LinkGraph.among(
        traits.keySet(),
        (one, other) ->
            Objects.requireNonNull(traits.get(one))
                .linkTo(Objects.requireNonNull(traits.get(other))));
  }
}
