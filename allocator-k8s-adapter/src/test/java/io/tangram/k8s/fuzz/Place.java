package io.tangram.k8s.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.k8s.tree.JsonEmitter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a tree a value is: a field of an object or an entry of a list.
 *
 * @param parent what it is in
 * @param name the name of the field; of an entry its index
 */
record Place(JsonNode parent, String name) {

  private static final int LARGEST = 100_000;

  /** Returns the places in a tree, from the top down. */
  static List<Place> all(JsonNode tree) {
    List<Place> places = new ArrayList<>();
    collect(tree, places);
    return places;
  }

  private static void collect(JsonNode tree, List<Place> places) {
    for (int i = 0; tree.isArray() && i < tree.size(); i++) {
      places.add(new Place(tree, String.valueOf(i)));
      collect(tree.get(i), places);
    }
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      places.add(new Place(tree, field.getKey()));
      collect(field.getValue(), places);
    }
  }

  private int index() {
    return Integer.parseInt(name);
  }

  JsonNode value() {
    return parent.isArray() ? parent.get(index()) : parent.get(name);
  }

  void set(JsonNode value) {
    if (parent instanceof ArrayNode list) {
      list.set(index(), value);
    } else {
      ((ObjectNode) parent).set(name, value);
    }
  }

  void remove() {
    if (parent instanceof ArrayNode list) {
      list.remove(index());
    } else {
      ((ObjectNode) parent).remove(name);
    }
  }

  /** Gives the field another name in its place, and takes that of any other; an entry has none. */
  void rename(String other) {
    if (parent instanceof ObjectNode object) {
      Map<String, JsonNode> fields = new LinkedHashMap<>();
      object.properties().forEach(each -> fields.put(each.getKey(), each.getValue()));
      object.removeAll();
      fields.forEach((key, value) -> object.set(key.equals(name) ? other : key, value));
    }
  }

  /**
   * Puts copies of the value behind all, told apart by their names where they have some. Of large
   * ones there are fewer.
   */
  void repeat(int times) {
    int size = JsonEmitter.compact(value()).length();
    for (int i = 0; i < Math.min(times, 1 + LARGEST / size); i++) {
      JsonNode copy = value().deepCopy();
      if (parent instanceof ArrayNode list) {
        number(copy, i);
        number(copy.path("metadata"), i);
        list.add(copy);
      } else {
        ((ObjectNode) parent).set(name + i, copy);
      }
    }
  }

  private static void number(JsonNode named, int number) {
    if (named.path("name").isTextual()) {
      ((ObjectNode) named).put("name", named.get("name").textValue() + "-" + number);
    }
  }
}
