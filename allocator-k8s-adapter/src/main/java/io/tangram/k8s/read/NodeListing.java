package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Node;
import java.util.Optional;

/**
 * A listing with the nodes that it is for: those with all labels that are the machine. Without
 * labels and machine it is for all.
 *
 * @param source what messages call it
 * @param labels labels of the nodes
 * @param model the machine that they are, by its name in the hardware catalogue
 * @param listing what is listed
 */
public record NodeListing(
    String source,
    ImmutableMap<String, String> labels,
    Optional<String> model,
    TopologyListing listing) {

  /** Whether it is for a node. */
  boolean isFor(Node node, NodeMachines machines) {
    return node.labels().entrySet().containsAll(labels.entrySet())
        && model.map(name -> machines.of(node).contains(name)).orElse(true);
  }

  /** How many GPUs are listed. */
  long gpus() {
    return listing.devices().stream().filter(ListedDevice::isGpu).count();
  }
}
