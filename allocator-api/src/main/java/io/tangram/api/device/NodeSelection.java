package io.tangram.api.device;

/** Which nodes see a slice or a device (R5). */
public sealed interface NodeSelection {

  /** Exactly one node. */
  record OneNode(String node) implements NodeSelection {}

  /** Every node. */
  record AllNodes() implements NodeSelection {}

  /** The nodes that a selector matches. */
  record Matching(NodeSelector selector) implements NodeSelection {}

  /** Each device of the slice says it for itself. Never the selection of a device. */
  record PerDevice() implements NodeSelection {}

  /** A selection that this library doesn't know: seen by no node (R6). */
  record Unknown() implements NodeSelection {}

  /** Returns the selection of one node. */
  static NodeSelection node(String node) {
    return new OneNode(node);
  }

  /** Returns the selection of every node. */
  static NodeSelection allNodes() {
    return new AllNodes();
  }

  /** Returns whether the node is selected. {@link PerDevice} selects none: ask the devices. */
  default boolean matches(Node node) {
    if (this instanceof OneNode one) {
      return one.node().equals(node.name());
    }
    if (this instanceof Matching matching) {
      return matching.selector().matches(node);
    }
    return this instanceof AllNodes;
  }
}
