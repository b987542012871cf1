package io.tangram.k8s.tree;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes trees as JSON, every number as it was read. */
public final class JsonEmitter {

  private static final JsonStringEncoder STRINGS = JsonStringEncoder.getInstance();
  private static final String STEP = "  ";

  private final Appendable out;
  private final boolean pretty;
  private final StringBuilder quoted = new StringBuilder();

  private JsonEmitter(Appendable out, boolean pretty) {
    this.out = out;
    this.pretty = pretty;
  }

  /** Returns the tree on one line. */
  public static String compact(JsonNode tree) {
    StringBuilder text = new StringBuilder();
    try {
      new JsonEmitter(text, false).write(tree, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /**
   * Writes the tree over several lines.
   *
   * @param indent what every line but the first begins with
   */
  public static void pretty(JsonNode tree, String indent, Appendable out) throws IOException {
    new JsonEmitter(out, true).write(tree, indent);
  }

  private void write(JsonNode tree, String indent) throws IOException {
    if (tree.isObject()) {
      object(tree, indent);
    } else if (tree.isArray()) {
      array(tree, indent);
    } else if (tree.isTextual()) {
      quote(tree.textValue());
    } else {
      out.append(tree.asText());
    }
  }

  private void object(JsonNode tree, String indent) throws IOException {
    String separator = "";
    out.append('{');
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      out.append(separator);
      newLine(indent + STEP);
      quote(field.getKey());
      out.append(pretty ? ": " : ":");
      write(field.getValue(), indent + STEP);
      separator = ",";
    }
    if (!separator.isEmpty()) {
      newLine(indent);
    }
    out.append('}');
  }

  private void array(JsonNode tree, String indent) throws IOException {
    String separator = "";
    out.append('[');
    for (JsonNode entry : tree) {
      out.append(separator);
      newLine(indent + STEP);
      write(entry, indent + STEP);
      separator = ",";
    }
    if (!separator.isEmpty()) {
      newLine(indent);
    }
    out.append(']');
  }

  private void newLine(String indent) throws IOException {
    if (pretty) {
      out.append('\n').append(indent);
    }
  }

  private void quote(String text) throws IOException {
    quoted.setLength(0);
    STRINGS.quoteAsString(text, quoted);
    out.append('"').append(quoted).append('"');
  }
}
