package io.tangram.k8s.read;

import io.tangram.api.device.NodeSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which nodes see a slice or a device (section 1.1 of the rules). */
final class NodeSelectionParser {

  private static final String RULE = "section 1.1";

  private NodeSelectionParser() {}

  /**
   * Returns the selection of a slice: exactly one of four fields is set.
   *
   * @param extended whether the slice has fields that are not known; it may then select nodes in a
   *     way of the future, which no node can see (R6)
   */
  static NodeSelection ofSlice(Field spec, boolean extended) {
    boolean perDevice = isSet(spec.get("perDeviceNodeSelection"));
    Optional<NodeSelection> selected = oneOfThree(spec);
    Field selector = spec.get("nodeSelector");
    if (selector.isPresent()
        && selector.get("nodeSelectorTerms").entries(Field.MANY, RULE).size() != 1) {
      throw selector.bad("must have exactly one term (" + RULE + ").");
    }
    if (perDevice && selected.isPresent()) {
      throw spec.bad(
          "perDeviceNodeSelection is set beside another of nodeName, nodeSelector and allNodes; set"
              + " exactly one (R5).");
    }
    if (perDevice) {
      return new NodeSelection.PerDevice();
    }
    if (selected.isEmpty() && !extended) {
      throw spec.bad(
          "set exactly one of nodeName, nodeSelector, allNodes and perDeviceNodeSelection (R5).");
    }
    return selected.orElseGet(NodeSelection.Unknown::new);
  }

  /**
   * Returns the selection of a device: exactly one of three fields is set if the slice leaves it to
   * its devices, none else.
   */
  static Optional<NodeSelection> ofDevice(Field device, boolean perDevice) {
    Optional<NodeSelection> selected = oneOfThree(device);
    if (perDevice && selected.isEmpty()) {
      throw device.bad(
          "set exactly one of nodeName, nodeSelector and allNodes, as the slice has"
              + " perDeviceNodeSelection ("
              + RULE
              + ").");
    }
    if (!perDevice && selected.isPresent()) {
      throw device.bad(
          "nodeName, nodeSelector and allNodes need perDeviceNodeSelection on the slice ("
              + RULE
              + ").");
    }
    return selected;
  }

  private static Optional<NodeSelection> oneOfThree(Field fields) {
    List<NodeSelection> found = new ArrayList<>(1);
    if (fields.get("nodeName").isPresent()) {
      found.add(NodeSelection.node(fields.get("nodeName").name(NameSyntax.SUBDOMAIN, RULE)));
    }
    if (fields.get("nodeSelector").isPresent()) {
      found.add(new NodeSelection.Matching(NodeSelectorParser.parse(fields.get("nodeSelector"))));
    }
    if (isSet(fields.get("allNodes"))) {
      found.add(NodeSelection.allNodes());
    }
    if (found.size() > 1) {
      throw fields.bad("only one of nodeName, nodeSelector and allNodes may be set (R5).");
    }
    return found.stream().findFirst();
  }

  private static boolean isSet(Field flag) {
    if (Boolean.FALSE.equals(flag.bool())) {
      throw flag.bad("must be true or left out (" + RULE + ").");
    }
    return flag.isTrue();
  }
}
