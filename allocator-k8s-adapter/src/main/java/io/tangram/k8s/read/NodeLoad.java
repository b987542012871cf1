package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums what the pods of each node take of it. */
final class NodeLoad {

  private final Map<String, Map<String, Quantity>> taken = new HashMap<>();

  /** Adds what a pod takes of the node. */
  void add(String node, Map<String, Quantity> resources) {
    Map<String, Quantity> sum = taken.computeIfAbsent(node, name -> new HashMap<>());
    resources.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
  }

  /**
   * Returns the node with what is left of its resources. Of one that is overcommitted nothing is
   * left. Where a node doesn't say how many pods it takes, it takes as many as there are.
   *
   * @param workloads how many workloads there are to place
   */
  Node remaining(Node node, int workloads) {
    if (node.available().isEmpty()) {
      return node;
    }
    Map<String, Quantity> left = new LinkedHashMap<>(node.available().get());
    left.replaceAll((name, all) -> rest(all, taken.getOrDefault(node.name(), Map.of()).get(name)));
    left.putIfAbsent(PodResources.PODS, Quantity.of(workloads));
    Map<String, Quantity> allocatable = new LinkedHashMap<>(node.available().get());
    allocatable.putIfAbsent(PodResources.PODS, Quantity.of(workloads));
    return Node.builder()
        .from(node)
        .available(ImmutableMap.copyOf(left))
        .allocatable(ImmutableMap.copyOf(allocatable))
        .build();
  }

  private static Quantity rest(Quantity all, @Nullable Quantity taken) {
    Quantity rest = taken == null ? all : all.minus(taken);
    return rest.signum() < 0 ? Quantity.ZERO : rest;
  }
}
