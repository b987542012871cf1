package io.tangram.k8s.read;

import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.Node;
import java.util.List;

/**
 * The resources that nodes list as their own, such as those of device plugins.
 *
 * @param unlimited whether a node says nothing of its resources, so that it may have any
 * @param names what some node has more than 0 of
 */
record NodeOffers(boolean unlimited, ImmutableSet<String> names) {

  /** Returns what nodes list before any pod runs there. */
  static NodeOffers of(List<Node> nodes) {
    return new NodeOffers(
        nodes.stream().anyMatch(node -> node.available().isEmpty()),
        nodes.stream()
            .flatMap(node -> node.available().stream())
            .flatMap(available -> available.entrySet().stream())
            .filter(entry -> entry.getValue().signum() > 0)
            .map(entry -> entry.getKey())
            .collect(ImmutableSet.toImmutableSet()));
  }

  /** Returns whether a node lists the resource. */
  boolean list(String resource) {
    return names.contains(resource);
  }

  /** Returns whether a node may have the resource, as far as is known. */
  boolean mayInclude(String resource) {
    return unlimited || list(resource);
  }
}
