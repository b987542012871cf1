package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Changes to trees of objects that keep all else as it was. */
final class Trees {

  private Trees() {}

  /** Returns the object in a field, a new one where there is none. */
  static ObjectNode object(ObjectNode tree, String field) {
    return tree.get(field) instanceof ObjectNode object ? object : tree.putObject(field);
  }

  /** Returns the list in a field, a new one where there is none. */
  static ArrayNode list(ObjectNode tree, String field) {
    return tree.get(field) instanceof ArrayNode list ? list : tree.putArray(field);
  }

  /** Returns an object with its fields in the order in which Kubernetes shows them. */
  static ObjectNode ofObject(ObjectNode tree) {
    return ordered(tree, "apiVersion", "kind", "metadata", "spec", "status");
  }

  /** Returns the tree with some fields first. */
  static ObjectNode ordered(ObjectNode tree, String... first) {
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    for (String field : first) {
      if (tree.has(field)) {
        ordered.set(field, tree.get(field));
      }
    }
    tree.properties()
        .forEach(
            field -> {
              if (!ordered.has(field.getKey())) {
                ordered.set(field.getKey(), field.getValue());
              }
            });
    return ordered;
  }
}
