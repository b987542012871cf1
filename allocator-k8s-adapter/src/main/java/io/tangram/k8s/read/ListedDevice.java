package io.tangram.k8s.read;

import com.google.common.collect.ImmutableSortedSet;
import java.util.Optional;

/**
 * A device in a {@link TopologyListing}.
 *
 * @param name what the matrix calls it: {@code GPU0}, {@code NIC0}, {@code mlx5_0}
 * @param interfaceName what the system calls a NIC that the matrix numbers: {@code mlx5_0}
 * @param numaNodes the NUMA nodes of the processors near a GPU; empty if they are not said
 */
public record ListedDevice(
    String name, Optional<String> interfaceName, ImmutableSortedSet<Integer> numaNodes) {

  /** Whether it is a GPU; {@code nvidia-smi} numbers these in the order of their PCI addresses. */
  public boolean isGpu() {
    return TopologyListingParser.GPU.matcher(name).matches();
  }
}
