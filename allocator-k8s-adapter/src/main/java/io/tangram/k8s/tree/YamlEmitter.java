package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;

/**
 * Writes trees as YAML in the layout of Kubernetes' tools. Strings stand without quotes unless a
 * reader of YAML 1.1 or 1.2 would take them for something else; text of several lines stands as
 * such.
 */
public final class YamlEmitter {

  private static final String STEP = "  ";

  /** YAML allows 1024 characters on the line of a key; escapes take up to six each. */
  private static final int LONGEST_SIMPLE_KEY = 128;

  private final Appendable out;

  /** Makes an emitter that writes to {@code out}. */
  public YamlEmitter(Appendable out) {
    this.out = out;
  }

  /** Writes the tree as a document of its own, without a line of dashes. */
  public void document(JsonNode tree) throws IOException {
    if (isBlock(tree)) {
      block(tree, "", false);
    } else {
      inline(tree, "");
    }
  }

  /** Writes the tree as an entry of a list whose dashes stand at the start of the line. */
  public void entry(JsonNode tree) throws IOException {
    entry(tree, "");
  }

  private static boolean isBlock(JsonNode tree) {
    return tree.isContainerNode() && !tree.isEmpty();
  }

  /**
   * Writes a filled object or array.
   *
   * @param started whether the first line has begun already
   */
  private void block(JsonNode tree, String indent, boolean started) throws IOException {
    boolean first = started;
    if (tree.isArray()) {
      for (JsonNode entry : tree) {
        if (!first) {
          out.append(indent);
        }
        first = false;
        dash(entry, indent);
      }
      return;
    }
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      if (!first) {
        out.append(indent);
      }
      first = false;
      key(field.getKey(), indent);
      value(field.getValue(), indent);
    }
  }

  private void entry(JsonNode entry, String indent) throws IOException {
    out.append(indent);
    dash(entry, indent);
  }

  private void dash(JsonNode entry, String indent) throws IOException {
    out.append("- ");
    if (isBlock(entry)) {
      block(entry, indent + STEP, true);
    } else {
      inline(entry, indent);
    }
  }

  private void key(String key, String indent) throws IOException {
    if (key.length() > LONGEST_SIMPLE_KEY) {
      out.append("? ");
      quote(key);
      out.append('\n').append(indent);
    } else if (isPlain(key)) {
      out.append(key);
    } else {
      quote(key);
    }
    out.append(':');
  }

  /** Lists stand under their key without further indentation. */
  private void value(JsonNode value, String indent) throws IOException {
    if (isBlock(value)) {
      out.append('\n');
      block(value, value.isArray() ? indent : indent + STEP, false);
    } else {
      out.append(' ');
      inline(value, indent);
    }
  }

  /** Writes what begins on the line that has begun, and ends the line. */
  private void inline(JsonNode value, String indent) throws IOException {
    if (value.isContainerNode()) {
      out.append(value.isArray() ? "[]" : "{}");
    } else if (!value.isTextual()) {
      out.append(value.asText());
    } else if (isPlain(value.textValue())) {
      out.append(value.textValue());
    } else if (isLiteral(value.textValue())) {
      literal(value.textValue(), indent + STEP);
      return;
    } else {
      quote(value.textValue());
    }
    out.append('\n');
  }

  private static boolean isPlain(String text) {
    if (text.isEmpty() || !isPlainStart(text.charAt(0)) || text.endsWith(" ")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean printable = (c >= ' ' && c < 0x7F) || Character.isLetterOrDigit(c);
      boolean endsKey = c == ':' && (i + 1 == text.length() || text.charAt(i + 1) == ' ');
      boolean startsComment = c == '#' && text.charAt(i - 1) == ' ';
      if (!printable || Character.isSurrogate(c) || endsKey || startsComment) {
        return false;
      }
    }
    return PlainScalar.isText(text);
  }

  private static boolean isPlainStart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '/' || c == '(' || c == '$';
  }

  /** Text of several lines; the first begins with no space, and none ends with one. */
  private static boolean isLiteral(String text) {
    if (text.indexOf('\n') <= 0 || text.charAt(0) == ' ' || text.endsWith(" ")) {
      return false;
    }
    return !text.contains(" \n")
        && text.chars()
            .allMatch(
                c ->
                    c == '\n'
                        || (c >= ' ' && c < 0x7F)
                        || (Character.isLetterOrDigit((char) c)
                            && !Character.isSurrogate((char) c)));
  }

  private void literal(String text, String indent) throws IOException {
    boolean ends = text.endsWith("\n");
    boolean endsTwice = text.endsWith("\n\n");
    out.append(!ends ? "|-\n" : endsTwice ? "|+\n" : "|\n");
    String lines = ends ? text.substring(0, text.length() - 1) : text;
    for (String line : lines.split("\n", -1)) {
      out.append(line.isEmpty() ? "" : indent).append(line).append('\n');
    }
  }

  private void quote(String text) throws IOException {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      escape(text.charAt(i));
    }
    out.append('"');
  }

  private void escape(char c) throws IOException {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        boolean asIs =
            (c >= ' ' && c < 0x7F) || (c >= 0xA0 && !isSpecial(c)) || Character.isSurrogate(c);
        out.append(asIs ? String.valueOf(c) : String.format("\\u%04x", (int) c));
      }
    }
  }

  /** Line breaks of Unicode, the mark of the byte order and what is no character. */
  private static boolean isSpecial(char c) {
    return c == '\u2028' || c == '\u2029' || c == '\uFEFF' || c >= '\uFFFE';
  }
}
