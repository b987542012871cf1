package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** A tree as a text that equal trees share, whatever the order of their keys. */
final class CanonicalText {

  private CanonicalText() {}

  static String of(JsonNode tree) {
    StringBuilder text = new StringBuilder();
    append(tree, text);
    return text.toString();
  }

  private static void append(JsonNode tree, StringBuilder text) {
    if (tree.isObject()) {
      text.append('{');
      tree.properties().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(
              field -> {
                text.append(field.getKey().length()).append(':').append(field.getKey());
                append(field.getValue(), text);
              });
      text.append('}');
    } else if (tree.isArray()) {
      text.append('[');
      tree.forEach(
          entry -> {
            append(entry, text);
            text.append(',');
          });
      text.append(']');
    } else {
      text.append(tree);
    }
  }
}
