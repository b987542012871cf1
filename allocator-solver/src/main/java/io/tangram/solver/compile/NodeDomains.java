package io.tangram.solver.compile;

import io.tangram.api.device.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The domains into which the values of one label part the nodes, by number: those of values first,
 * then each node without the label as one of its own. Immutable.
 */
public final class NodeDomains {

  private final int[] domainOf;
  private final int labelled;
  private final int size;

  NodeDomains(String level, List<Node> nodes) {
    this.domainOf = new int[nodes.size()];
    Map<String, Integer> numbers = new HashMap<>();
    for (Node node : nodes) {
      String value = node.labels().get(level);
      if (value != null) {
        numbers.putIfAbsent(value, numbers.size());
      }
    }
    this.labelled = numbers.size();
    int next = labelled;
    for (int node = 0; node < domainOf.length; node++) {
      String value = nodes.get(node).labels().get(level);
      domainOf[node] = value == null ? next++ : numbers.getOrDefault(value, 0);
    }
    this.size = next;
  }

  /** The domain of a node. */
  public int of(int node) {
    return domainOf[node];
  }

  /** Whether the domain is that of a value of the label, and not one node without it. */
  public boolean isLabelled(int domain) {
    return domain >= 0 && domain < labelled;
  }

  /** How many values the label has. */
  public int labelled() {
    return labelled;
  }

  /** How many domains there are, nodes without the label included. */
  public int size() {
    return size;
  }
}
