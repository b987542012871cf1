package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import io.tangram.api.topology.LinkGraph;

/**
 * How the GPUs and NICs of a machine are joined, as {@code nvidia-smi topo -m} writes it on that
 * machine:
 *
 * <pre>
 *         GPU0    GPU1    NIC0    CPU Affinity    NUMA Affinity   GPU NUMA ID
 * GPU0     X      NV18    PIX     0-47            0               N/A
 * GPU1    NV18     X      NODE    0-47            0               N/A
 * NIC0    PIX     NODE     X
 *
 * NIC Legend:
 *
 *   NIC0: mlx5_0
 * </pre>
 *
 * <p>Columns may be parted by tabs or spaces; escapes of a terminal, what stands before the matrix
 * and the legend of its words are passed over. NICs go by the name of their interface, as {@code
 * mlx5_0}, or by a number and a legend. Of processors only NUMA nodes are taken; the NUMA node that
 * a GPU's own memory is says nothing of its neighbours.
 *
 * @param devices the devices, in the order of columns
 * @param links what the matrix says of each pair, by the names of columns: NVLinks, or the way over
 *     PCIe and that there are no NVLinks
 */
public record TopologyListing(ImmutableList<ListedDevice> devices, LinkGraph<String> links) {

  /**
   * Reads a listing.
   *
   * @throws InputException if the file can't be read or has no such matrix, or a cell is wrong; the
   *     message names the line
   */
  public static TopologyListing read(InputFile file) {
    return TopologyListingParser.parse(file);
  }

  /**
   * Returns what follows from NUMA nodes for the ways over PCIe, which the matrix doesn't say of
   * GPUs that have NVLinks. It is less than attributes of a common PCIe root say: {@code
   * links().completedBy(attributes).completedBy(numaLinks())}.
   */
  public LinkGraph<String> numaLinks() {
    ImmutableSetMultimap.Builder<String, Integer> numaNodes = ImmutableSetMultimap.builder();
    devices.forEach(device -> numaNodes.putAll(device.name(), device.numaNodes()));
    return LinkGraph.ofNumaNodes(links.devices(), numaNodes.build());
  }
}
