package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * Claims and pods as an allocation left them. They stand for those of their kind and name that it
 * was given; what was asked for must be the same in both.
 */
final class Results {

  private final Map<String, String> specs = new HashMap<>();
  private boolean complete;

  /** From now on objects are those that the allocation was given. */
  void complete() {
    complete = true;
  }

  /**
   * Returns whether a result stands for this object.
   *
   * @throws InputException if one does, but its spec is another
   */
  boolean standFor(Metadata metadata) {
    String object = metadata.object().label().object();
    if (!complete) {
      specs.put(object, spec(metadata));
      return false;
    }
    String spec = specs.get(object);
    if (spec == null) {
      return false;
    }
    if (!spec.equals(spec(metadata))) {
      throw metadata
          .object()
          .get("spec")
          .bad("is another in the result. Give the result of this input.");
    }
    return true;
  }

  /** The spec without the node that a pod was given. */
  private static String spec(Metadata metadata) {
    JsonNode spec = metadata.object().get("spec").node().deepCopy();
    if (spec instanceof ObjectNode object) {
      object.remove("nodeName");
    }
    return CanonicalText.of(spec);
  }
}
