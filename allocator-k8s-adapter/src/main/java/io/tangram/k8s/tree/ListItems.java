package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes an object apart while it is read: an ordinary one is handed on whole, a list of objects
 * item by item. The items of a typed list, such as a ResourceClaimList, need not say their kind.
 */
final class ListItems {

  private static final String LIST = "List";

  private final ObjectSink sink;
  private final int line;
  private final ObjectNode head = JsonNodeFactory.instance.objectNode();
  private final List<Item> waiting = new ArrayList<>();
  private boolean isList;

  private record Item(ObjectNode object, int line) {}

  ListItems(ObjectSink sink, int line) {
    this.sink = sink;
    this.line = line;
  }

  /** The object's fields other than the items of a list. */
  ObjectNode head() {
    return head;
  }

  /** The object has items, perhaps none. */
  void list() {
    isList = true;
  }

  /** Takes an item; a null stands for no object, as an empty document does. */
  void item(JsonNode node, int itemLine) {
    if (node.isNull()) {
      return;
    }
    if (!(node instanceof ObjectNode object)) {
      throw new SyntaxException(
          itemLine, 1, "an item of a list is not an object; remove it, or write one");
    }
    if (object.has("kind") || head.has("kind")) {
      handOn(object, itemLine);
    } else {
      waiting.add(new Item(object, itemLine));
    }
  }

  /** The object is complete. */
  void end() {
    String kind = head.path("kind").asText();
    if (!isList && kind.endsWith(LIST) && head.path("items").isNull()) {
      return; // how Go writes a list of nothing
    }
    if (!isList && kind.equals(LIST) && head.has("items")) {
      throw new SyntaxException(line, 1, "the items of a List are not a sequence");
    }
    if (!isList) {
      sink.accept(head, line);
      return;
    }
    if (kind.isEmpty()) {
      throw new SyntaxException(line, 1, "kind is missing; the file seems to be cut off");
    }
    if (!kind.endsWith(LIST)) {
      throw new SyntaxException(
          line, 1, "an object of kind \"" + kind + "\" has items; only a List has");
    }
    waiting.forEach(item -> handOn(item.object(), item.line()));
  }

  private void handOn(ObjectNode object, int itemLine) {
    String listKind = head.path("kind").asText();
    if (!object.has("kind") && listKind.length() > LIST.length() && listKind.endsWith(LIST)) {
      object.put("kind", listKind.substring(0, listKind.length() - LIST.length()));
      if (!object.has("apiVersion") && head.has("apiVersion")) {
        object.set("apiVersion", head.get("apiVersion"));
      }
    }
    if (object.path("kind").asText().endsWith(LIST) && object.path("items").isArray()) {
      ListItems nested = new ListItems(sink, itemLine);
      JsonNode items = object.remove("items");
      nested.head.setAll(object);
      nested.list();
      items.forEach(item -> nested.item(item, itemLine));
      nested.end();
      return;
    }
    sink.accept(object, itemLine);
  }
}
