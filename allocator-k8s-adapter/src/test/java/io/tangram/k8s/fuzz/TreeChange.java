package io.tangram.k8s.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.NumberText;
import java.util.List;

/**
 * A change of one value in a tree, as people and programs make them by mistake, or to break things.
 *
 * @param kind what is done
 * @param where to which value; every number stands for one
 * @param what with what it is done; every number stands for something
 */
record TreeChange(Kind kind, int where, int what) {

  private static final int[] DEPTHS = {1, 1, 2, 3, 60, 190, 250, 300};
  private static final int[] TIMES = {1, 1, 2, 8, 32, 128, 300};

  /** What can be done to a value. */
  enum Kind {
    REMOVE,
    REPLACE,
    RENAME,
    RETYPE,
    EDIT,
    WRAP,
    UNWRAP,
    SWAP,
    COPY,
    REPEAT
  }

  /** Makes the change in the objects, unless it leaves nothing to say. */
  void applyTo(ArrayNode objects) {
    List<Place> places = Place.all(objects);
    if (places.isEmpty()) {
      return;
    }
    Place place = places.get(where % places.size());
    Place other = places.get(what % places.size());
    JsonNode value = place.value();
    switch (kind) {
      case REMOVE -> place.remove();
      case REPLACE -> place.set(OddValues.inPlaceOf(value, what));
      case RENAME -> place.rename(what % 2 == 0 ? other.name() : OddValues.text(what / 2));
      case RETYPE -> place.set(retyped(value));
      case EDIT -> place.set(TextNode.valueOf(edited(value.asText())));
      case WRAP -> place.set(wrapped(value));
      case UNWRAP -> place.set(value.isEmpty() ? value : value.iterator().next());
      case SWAP -> {
        JsonNode copy = other.value().deepCopy();
        other.set(value.deepCopy());
        place.set(copy);
      }
      case COPY -> place.set(other.value().deepCopy());
      case REPEAT -> place.repeat(TIMES[what % TIMES.length]);
    }
  }

  private static JsonNode retyped(JsonNode value) {
    if (value.isTextual()) {
      String text = value.textValue();
      return text.matches("-?(0|[1-9][0-9]{0,17})")
          ? LongNode.valueOf(Long.parseLong(text))
          : JsonNodeFactory.instance.arrayNode().add(text);
    }
    if (value.isArray()) {
      ObjectNode map = JsonNodeFactory.instance.objectNode();
      value.forEach(each -> map.set(each.path("name").asText(), each));
      return map;
    }
    if (value.isObject()) {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      value.forEach(list::add);
      return list;
    }
    return value.isNumber() && value.asInt() % 2 == 0
        ? new NumberText(value.asText() + ".0")
        : TextNode.valueOf(JsonEmitter.compact(value));
  }

  private String edited(String text) {
    int at = text.isEmpty() ? 0 : (what >>> 4) % text.length();
    String odd = OddValues.characters(what >>> 8);
    return switch (what % 4) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + odd + text.substring(at);
      case 2 -> text.substring(0, at) + odd + text.substring(Math.min(text.length(), at + 1));
      default -> text + text.substring(at);
    };
  }

  private JsonNode wrapped(JsonNode value) {
    JsonNode wrapped = value;
    for (int i = DEPTHS[what / 2 % DEPTHS.length]; i > 0; i--) {
      wrapped =
          what % 2 == 0
              ? JsonNodeFactory.instance.arrayNode().add(wrapped)
              : JsonNodeFactory.instance.objectNode().set("value", wrapped);
    }
    return wrapped;
  }
}
