package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML documents as Kubernetes' tools do ({@link PlainScalar}).
 *
 * <p>The text is cut into chunks: its documents, and the entries of documents that are lists. Most
 * are in the plain style that tools write, which {@link PlainYaml} reads in a tenth of the time
 * that a reader of all YAML takes. It refuses what is not, and {@link AnyYaml} reads that. Where
 * that fails too, the chunk may have been cut wrongly, out of a quoted text for instance, or is
 * broken, so {@code AnyYaml} reads all that is left and has the last word.
 */
final class YamlTrees {

  private static final String DOCUMENT = "---";
  private static final String ITEMS = "items:";
  private static final int NOTHING = -1;

  private final YamlLines lines;
  private final PlainYaml plain = new PlainYaml();
  private final ObjectSink sink;

  /** The line of dashes above the document, if there is one. */
  private String above = "";

  private record Item(JsonNode node, int line) {}

  private record Found(ObjectNode object, int line) {}

  private YamlTrees(InputStream in, ObjectSink sink) {
    this.lines = new YamlLines(in);
    this.sink = sink;
  }

  /** Hands every object of the text to {@code sink}. */
  static void read(InputStream in, ObjectSink sink) throws IOException {
    YamlTrees trees = new YamlTrees(in, sink);
    while (trees.document()) {
      trees.lines.cut();
    }
  }

  /**
   * Reads a document.
   *
   * @return whether there may be another
   */
  private boolean document() throws IOException {
    while (lines.look() && lines.is(DOCUMENT)) {
      lines.take();
      lines.cut();
      above = DOCUMENT + "\n";
    }
    int beforeItems = -1;
    while (lines.look() && !endsDocument()) {
      if (beforeItems >= 0 && !lines.isBlank()) {
        if (lines.isEntry()) {
          return list(beforeItems);
        }
        beforeItems = -1;
      }
      if (lines.is(ITEMS)) {
        beforeItems = lines.end() - lines.start();
      }
      lines.take();
    }
    return isCut() ? object() : rest(above, null);
  }

  /** Whether the line ends the document or begins another, perhaps in a way of its own. */
  private boolean endsDocument() {
    return lines.startsWith(DOCUMENT) || lines.startsWith("...") || lines.startsWith("%");
  }

  /** Whether the chunk ends where a document ends, and another can be read behind it. */
  private boolean isCut() throws IOException {
    return lines.look() ? lines.is(DOCUMENT) : lines.isAtEnd();
  }

  private boolean object() throws IOException {
    ObjectNode object = plain.object(lines.buffer(), lines.start(), lines.end());
    if (object != null && !object.has("items")) {
      if (!object.isEmpty()) {
        sink.accept(object, lines.linesAbove() + plain.line());
      }
      return !lines.isAtEnd();
    }
    if (hasOtherBreaks()) {
      return rest(above, null);
    }
    List<Found> found = new ArrayList<>();
    try {
      AnyYaml.read(
          lines.chunk(),
          lines.linesAbove(),
          null,
          (each, line) -> found.add(new Found(each, line)));
    } catch (SyntaxException | IOException e) {
      return rest(above, null);
    }
    found.forEach(each -> sink.accept(each.object(), each.line()));
    return !lines.isAtEnd();
  }

  /**
   * Reads a document that is a list.
   *
   * @param beforeItems where, from the start of the chunk, the line is behind which the items begin
   */
  private boolean list(int beforeItems) throws IOException {
    ObjectNode head = plain.object(lines.buffer(), lines.start(), lines.start() + beforeItems);
    if (head == null || head.has("items")) {
      return rest(above, null);
    }
    ListItems parts = new ListItems(sink, lines.linesAbove() + plain.line());
    parts.head().setAll(head);
    parts.list();
    lines.cut();
    int indent = lines.indent();
    while (lines.look() && isEntry(indent)) {
      do {
        lines.take();
      } while (lines.look() && (lines.isBlank() || lines.indent() > indent));
      boolean ends =
          lines.look() ? isEntry(indent) || lines.isFlush() || endsDocument() : lines.isAtEnd();
      if (!ends || !item(parts)) {
        return rest(ITEMS + "\n", parts);
      }
      lines.cut();
    }
    return (lines.look() || lines.isAtEnd()) ? tail(parts) : rest(ITEMS + "\n", parts);
  }

  private boolean isEntry(int indent) {
    return lines.indent() == indent && lines.isEntry();
  }

  /** Reads the chunk, which is one entry of a list, unless somebody else has to. */
  private boolean item(ListItems parts) throws IOException {
    JsonNode item = plain.entry(lines.buffer(), lines.start(), lines.end());
    if (item instanceof ObjectNode) {
      parts.item(item, lines.linesAbove() + plain.line());
      return true;
    }
    if (isTiedToOthers() || hasOtherBreaks()) {
      return false;
    }
    List<Item> found = new ArrayList<>();
    try {
      AnyYaml.readEntries(
          lines.chunk(), lines.linesAbove(), (node, line) -> found.add(new Item(node, line)));
    } catch (SyntaxException | IOException e) {
      return false;
    }
    if (!found.stream().allMatch(each -> each.node().isObject())) {
      return false;
    }
    found.forEach(each -> parts.item(each.node(), each.line()));
    return true;
  }

  /** Reads what a list says behind its items. */
  private boolean tail(ListItems parts) throws IOException {
    while (lines.look() && !endsDocument()) {
      lines.take();
    }
    ObjectNode tail = isCut() ? plain.object(lines.buffer(), lines.start(), lines.end()) : null;
    if (tail == null || tail.has("items") || shareKey(tail, parts.head())) {
      return rest(ITEMS + " []\n", parts);
    }
    parts.head().setAll(tail);
    parts.end();
    return !lines.isAtEnd();
  }

  private static boolean shareKey(ObjectNode one, ObjectNode other) {
    return one.properties().stream().anyMatch(field -> other.has(field.getKey()));
  }

  /** Whether the chunk may have anchors or aliases, which other entries can be about. */
  private boolean isTiedToOthers() {
    return chunkHas('&', NOTHING) || chunkHas('*', NOTHING);
  }

  /** Whether the chunk may have breaks of lines that are not counted here. */
  private boolean hasOtherBreaks() {
    return chunkHas('\r', NOTHING) || chunkHas(0xC2, 0x85) || chunkHas(0xE2, 0x80);
  }

  private boolean chunkHas(int one, int next) {
    byte[] bytes = lines.buffer();
    for (int i = lines.start(); i < lines.end(); i++) {
      if (bytes[i] == (byte) one
          && (next == NOTHING || (i + 1 < lines.end() && bytes[i + 1] == (byte) next))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Has all that is left read by the reader of all YAML.
   *
   * @param before what stands for the lines that are read already: none or one
   * @param open takes what the first document says, where its first lines are read already
   */
  private boolean rest(String before, @Nullable ListItems open) throws IOException {
    AnyYaml.read(
        new SequenceInputStream(
            new ByteArrayInputStream(before.getBytes(StandardCharsets.UTF_8)), lines.rest()),
        lines.linesAbove() - (before.isEmpty() ? 0 : 1),
        open,
        sink);
    return false;
  }
}
