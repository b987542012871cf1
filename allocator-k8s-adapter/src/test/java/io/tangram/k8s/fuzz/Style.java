package io.tangram.k8s.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.YamlEmitter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How objects are written. */
enum Style {
  /** YAML, a document for each. */
  DOCUMENTS,
  /** YAML, a List of them all. */
  LIST,
  /** JSON, one behind the other; without nulls, since one at the beginning would look like YAML. */
  LINES,
  /** JSON, a List of them all. */
  JSON;

  /** Writes the objects. */
  byte[] write(ArrayNode objects) {
    StringBuilder text = new StringBuilder();
    try {
      switch (this) {
        case DOCUMENTS -> {
          for (JsonNode each : objects) {
            new YamlEmitter(text.append("---\n")).document(each);
          }
        }
        case LIST -> new YamlEmitter(text).document(list(objects));
        case LINES -> {
          for (JsonNode each : objects) {
            if (!each.isNull()) {
              text.append(JsonEmitter.compact(each)).append('\n');
            }
          }
        }
        case JSON -> JsonEmitter.pretty(list(objects), "", text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(UTF_8);
  }

  private static ObjectNode list(ArrayNode objects) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    list.put("apiVersion", "v1").put("kind", "List").set("items", objects);
    return list;
  }
}
