package io.tangram.api.check;

import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The devices of one pool that nodes see in usable views of it, and who sees them. Nodes may see
 * different generations beside each other (R11); each is a list of its own.
 */
final class PoolSight {

  private final Map<PoolContents, Map<String, Published>> devices = new LinkedHashMap<>();
  private final Map<String, String> firstNode = new HashMap<>();
  private final Set<String> seenBySeveral = new HashSet<>();

  /**
   * Looks at a pool from the nodes.
   *
   * @param viewers the nodes by what they see of the pool
   */
  PoolSight(Map<PoolView, ? extends List<Node>> viewers) {
    viewers.forEach(
        (view, nodes) -> {
          if (view.refusal().isEmpty()) {
            look(view, nodes);
          }
        });
  }

  private void look(PoolView view, List<Node> nodes) {
    Map<String, Published> ofGeneration =
        devices.computeIfAbsent(view.contents(), contents -> new LinkedHashMap<>());
    for (Published published : view.devices().all()) {
      String device = published.device().name();
      for (String node : firstTwo(published, nodes)) {
        if (canBeWrittenDown(published)) {
          ofGeneration.putIfAbsent(device, published);
        }
        String first = firstNode.putIfAbsent(device, node);
        if (first != null && !first.equals(node)) {
          seenBySeveral.add(device);
        }
      }
    }
  }

  /** Returns those of the nodes that see the device, or the first two of them. */
  private static List<String> firstTwo(Published published, List<Node> nodes) {
    List<String> found = new ArrayList<>(2);
    for (Node node : nodes) {
      if (PoolView.isVisible(published, node)) {
        found.add(node.name());
        if (found.size() == 2) {
          break;
        }
      }
    }
    return found;
  }

  /** Returns the node that sees the device while no other does, if there is one. */
  Optional<String> onlyNode(String device) {
    return seenBySeveral.contains(device)
        ? Optional.empty()
        : Optional.ofNullable(firstNode.get(device));
  }

  /**
   * Returns the devices by generation and name, less those that no result can carry since they are
   * published for several terms of a selector (R185).
   */
  Map<PoolContents, Map<String, Published>> devices() {
    return Collections.unmodifiableMap(devices);
  }

  private static boolean canBeWrittenDown(Published published) {
    return published.device().bindsToNode()
        || !(PoolView.selection(published) instanceof NodeSelection.Matching matching)
        || matching.selector().terms().size() == 1;
  }
}
