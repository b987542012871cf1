package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML in the style that tools write: block mappings and sequences, each scalar and each
 * collection in braces or brackets on one line, literal text of several lines, comments; all of it
 * ASCII. What is not, or is no YAML at all, is refused without saying why. What is read means the
 * same to {@link AnyYaml}, which is slower by far, as the whole language is difficult.
 *
 * <p>A reader of lines by recursive descent: a value begins where {@link #at} is, and after it
 * {@code at} is at the start of the next line that has something, whose indentation tells to which
 * of the open collections it belongs.
 */
final class PlainYaml {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_DEPTH = 64;
  private static final int MAX_KEY = 512;
  private static final int NONE = -1;

  /** Ends the reading of a text. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal() {
      super("not plain", null, false, false);
    }
  }

  @SuppressWarnings("StaticAssignmentOfThrowable")
  private static final Refusal REFUSAL = new Refusal();

  private final ScalarCache<JsonNode> plainScalars = ScalarCache.of(PlainScalar::resolve);
  private final ScalarCache<TextNode> quotedScalars = ScalarCache.of(TextNode::valueOf);
  private final StringBuilder unquoted = new StringBuilder();

  private byte[] text = {};
  private int end;
  private int at;
  private int lineStart;

  /** Of the line where {@link #at} is, before a value is read; {@link #NONE} behind the text. */
  private int indent;

  private int depth;
  private int line;

  /**
   * Reads a document that is a mapping.
   *
   * @return the mapping, empty if there is nothing in the text; null if somebody else has to read
   *     it
   */
  @Nullable ObjectNode object(byte[] buffer, int from, int to) {
    try {
      begin(buffer, from, to);
      ObjectNode object = indent == 0 ? fields(0) : NODES.objectNode();
      return indent == NONE ? object : null;
    } catch (Refusal e) {
      return null;
    }
  }

  /**
   * Reads the one entry of a sequence.
   *
   * @return the entry; null if somebody else has to read it
   */
  @Nullable JsonNode entry(byte[] buffer, int from, int to) {
    try {
      begin(buffer, from, to);
      refuseUnless(indent != NONE && beginsBehindDash());
      ArrayNode entries = sequence(indent);
      return indent == NONE && entries.size() == 1 ? entries.get(0) : null;
    } catch (Refusal e) {
      return null;
    }
  }

  /** Whether the line starts with a dash and has a value; the value may also begin below. */
  private boolean beginsBehindDash() {
    int value = at + 1;
    while (value < end && text[value] == ' ') {
      value++;
    }
    return isDash() && !isLineEnd(value) && text[value] != '#';
  }

  /** On which line of the text that was read last its first value began, or would begin. */
  int line() {
    return line;
  }

  private void begin(byte[] buffer, int from, int to) {
    text = buffer;
    end = to;
    at = from;
    depth = 0;
    nextLine(from);
    line = 1;
    for (int i = from; i < lineStart; i++) {
      line += text[i] == '\n' ? 1 : 0;
    }
  }

  // Lines.

  /** Goes to the next line, from {@code start} on, that has something. */
  private void nextLine(int start) {
    lineStart = start;
    while (lineStart < end) {
      at = lineStart;
      skipSpaces();
      indent = at - lineStart;
      if (at < end && text[at] != '\n' && text[at] != '#') {
        return;
      }
      skipComment();
      lineStart = at + 1;
    }
    at = end;
    lineStart = end;
    indent = NONE;
  }

  private void skipSpaces() {
    while (at < end && text[at] == ' ') {
      at++;
    }
  }

  private void skipComment() {
    while (at < end && text[at] != '\n') {
      refuseUnless(text[at] >= ' ' && text[at] < 0x7F);
      at++;
    }
  }

  /** Goes from behind a value, where a comment may follow, to the next line. */
  private void endLine() {
    int behind = at;
    skipSpaces();
    if (at < end && text[at] == '#' && at > behind) {
      skipComment();
    }
    refuseUnless(isLineEnd(at));
    nextLine(at + 1);
  }

  private boolean isLineEnd(int position) {
    return position >= end || text[position] == '\n';
  }

  private boolean isBlank(int position) {
    return isLineEnd(position) || text[position] == ' ';
  }

  private boolean isDash() {
    return text[at] == '-' && isBlank(at + 1);
  }

  private static void refuseUnless(boolean plain) {
    if (!plain) {
      throw REFUSAL;
    }
  }

  // Blocks.

  /** Reads what begins on the line, deeper than all collections it is in. */
  private JsonNode block() {
    refuseUnless(++depth < MAX_DEPTH);
    JsonNode value = isDash() ? sequence(indent) : fields(indent);
    depth--;
    return value;
  }

  private ArrayNode sequence(int column) {
    ArrayNode entries = NODES.arrayNode();
    while (indent == column && isDash()) {
      at++;
      entries.add(entry(column));
    }
    refuseUnless(indent <= column);
    return entries;
  }

  private JsonNode entry(int column) {
    int behind = at;
    skipSpaces();
    if (isLineEnd(at) || text[at] == '#') {
      at = behind;
      endLine();
      return indent > column ? block() : NullNode.instance;
    }
    int start = at;
    if (isDash() || isKey()) {
      at = start;
      indent = at - lineStart;
      return block();
    }
    at = start;
    return inline(column);
  }

  private ObjectNode fields(int column) {
    ObjectNode object = NODES.objectNode();
    while (indent == column && !isDash()) {
      JsonNode key = keyScalar();
      if (key == null) {
        throw REFUSAL;
      }
      String name = name(key);
      refuseUnless(object.replace(name, field(column)) == null);
    }
    refuseUnless(indent < column || (indent == column && isDash()));
    return object;
  }

  private static String name(JsonNode key) {
    String name = key.isNull() ? "null" : key.asText();
    refuseUnless(!name.equals("<<"));
    return name;
  }

  private JsonNode field(int column) {
    int behind = at;
    skipSpaces();
    if (isLineEnd(at) || text[at] == '#') {
      at = behind;
      endLine();
      if (indent > column) {
        return block();
      }
      return indent == column && isDash() ? nestedSequence() : NullNode.instance;
    }
    return inline(column);
  }

  /** Reads a sequence whose dashes stand under the first character of its key. */
  private ArrayNode nestedSequence() {
    refuseUnless(++depth < MAX_DEPTH);
    ArrayNode entries = sequence(indent);
    depth--;
    return entries;
  }

  /** Reads a value that is on the line that has begun, and goes to the next line. */
  private JsonNode inline(int column) {
    JsonNode value;
    switch (text[at]) {
      case '|' -> {
        return literal(column);
      }
      case '{' -> value = flowFields();
      case '[' -> value = flowEntries();
      case '"' -> value = doubleQuoted();
      case '\'' -> value = singleQuoted();
      default -> {
        int start = at;
        refuseUnless(!skipPlain());
        value = plain(start);
      }
    }
    endLine();
    refuseUnless(indent <= column);
    return value;
  }

  /** Reads text of several lines: {@code |} or {@code |-}, and lines that are deeper. */
  private JsonNode literal(int column) {
    at++;
    boolean strip = at < end && text[at] == '-';
    at += strip ? 1 : 0;
    refuseUnless(isLineEnd(at) && at < end);
    int first = at + 1;
    nextText(first);
    refuseUnless(lineStart == first && indent > column);
    StringBuilder lines = new StringBuilder();
    int depthOfText = indent;
    int breaks = 0;
    while (indent >= depthOfText) {
      lines.append("\n".repeat(breaks));
      int start = lineStart + depthOfText;
      at = start;
      while (!isLineEnd(at)) {
        refuseUnless(text[at] >= ' ' && text[at] < 0x7F);
        at++;
      }
      lines.append(new String(text, start, at - start, StandardCharsets.US_ASCII));
      refuseUnless(at < end);
      breaks = nextText(at + 1);
    }
    if (!strip) {
      lines.append('\n');
    }
    refuseUnless(indent <= column);
    nextLine(lineStart);
    refuseUnless(indent <= column);
    return TextNode.valueOf(lines.toString());
  }

  /** Goes to the next line that is not empty, and returns how many lines it went. */
  private int nextText(int start) {
    int count = 1;
    lineStart = start;
    while (lineStart < end && text[lineStart] == '\n') {
      lineStart++;
      count++;
    }
    at = lineStart;
    skipSpaces();
    indent = lineStart < end ? at - lineStart : NONE;
    refuseUnless(indent <= 0 || !isLineEnd(at)); // spaces alone
    return count;
  }

  // Scalars.

  /** Whether a key is here; goes somewhere behind. */
  private boolean isKey() {
    return keyScalar() != null;
  }

  /** Reads a key and its colon, and returns it; null if there is none. */
  private @Nullable JsonNode keyScalar() {
    JsonNode key;
    int start = at;
    if (text[at] == '"' || text[at] == '\'') {
      key = text[at] == '"' ? doubleQuoted() : singleQuoted();
      if (at >= end || text[at] != ':' || !isBlank(at + 1)) {
        return null;
      }
    } else {
      if (text[at] == '{' || text[at] == '[' || text[at] == '|') {
        return null;
      }
      if (!skipPlain()) {
        return null;
      }
      key = plain(start);
    }
    refuseUnless(at - start <= MAX_KEY);
    at++;
    return key;
  }

  /**
   * Goes behind a scalar without quotes.
   *
   * @return whether the colon of a key follows
   */
  private boolean skipPlain() {
    refuseUnless(canStartPlain());
    int behind = at;
    while (!isLineEnd(at)) {
      byte c = text[at];
      if (c == ' ') {
        if (at + 1 < end && text[at + 1] == '#') {
          break;
        }
      } else if (c == ':' && isBlank(at + 1)) {
        refuseUnless(behind == at);
        return true;
      } else {
        refuseUnless(c > ' ' && c < 0x7F);
        behind = at + 1;
      }
      at++;
    }
    at = behind;
    return false;
  }

  private boolean canStartPlain() {
    byte c = text[at];
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || (c == '-' && !isBlank(at + 1))
        || "./_()$+~^=;<".indexOf(c) >= 0;
  }

  /** Returns what the text without quotes from {@code start} to here means. */
  private JsonNode plain(int start) {
    try {
      return plainScalars.get(text, start, at);
    } catch (IllegalArgumentException e) {
      throw REFUSAL;
    }
  }

  private TextNode doubleQuoted() {
    int start = ++at;
    boolean escaped = false;
    while (!isLineEnd(at) && text[at] != '"') {
      if (text[at] == '\\') {
        escaped = true;
        at++;
      }
      refuseUnless(!isLineEnd(at) && text[at] >= ' ' && text[at] < 0x7F);
      at++;
    }
    refuseUnless(!isLineEnd(at));
    at++;
    return escaped
        ? TextNode.valueOf(withoutEscapes(start, at - 1))
        : quotedScalars.get(text, start, at - 1);
  }

  private String withoutEscapes(int from, int to) {
    unquoted.setLength(0);
    for (int i = from; i < to; i++) {
      char c = (char) text[i];
      if (c == '\\') {
        i++;
        c =
            switch (text[i]) {
              case '"', '\\' -> (char) text[i];
              case 'n' -> '\n';
              case 't' -> '\t';
              default -> throw REFUSAL;
            };
      }
      unquoted.append(c);
    }
    return unquoted.toString();
  }

  private TextNode singleQuoted() {
    int start = ++at;
    boolean doubled = false;
    while (!isLineEnd(at)) {
      if (text[at] == '\'') {
        if (at + 1 >= end || text[at + 1] != '\'') {
          break;
        }
        doubled = true;
        at++;
      }
      refuseUnless(text[at] >= ' ' && text[at] < 0x7F);
      at++;
    }
    refuseUnless(!isLineEnd(at));
    at++;
    return doubled
        ? TextNode.valueOf(
            new String(text, start, at - 1 - start, StandardCharsets.US_ASCII).replace("''", "'"))
        : quotedScalars.get(text, start, at - 1);
  }

  // Collections on one line.

  private ObjectNode flowFields() {
    ObjectNode object = NODES.objectNode();
    openFlow();
    while (text[at] != '}') {
      String name = name(flowScalar());
      refuseUnless(at + 1 < end && text[at] == ':' && text[at + 1] == ' ');
      at++;
      refuseUnless(object.replace(name, flowValue()) == null);
      separate('}');
    }
    closeFlow();
    return object;
  }

  private ArrayNode flowEntries() {
    ArrayNode entries = NODES.arrayNode();
    openFlow();
    while (text[at] != ']') {
      entries.add(flowValue());
      separate(']');
    }
    closeFlow();
    return entries;
  }

  private void openFlow() {
    refuseUnless(++depth < MAX_DEPTH);
    at++;
    skipSpaces();
    refuseUnless(at < end);
  }

  private void closeFlow() {
    at++;
    depth--;
  }

  private void separate(char close) {
    skipSpaces();
    refuseUnless(at < end);
    if (text[at] == ',') {
      at++;
      refuseUnless(at < end && text[at] == ' ');
      skipSpaces();
      refuseUnless(at < end && text[at] != close);
    } else {
      refuseUnless(text[at] == close);
    }
  }

  private JsonNode flowValue() {
    skipSpaces();
    refuseUnless(at < end);
    return switch (text[at]) {
      case '{' -> flowFields();
      case '[' -> flowEntries();
      default -> flowScalar();
    };
  }

  private JsonNode flowScalar() {
    if (text[at] == '"') {
      return doubleQuoted();
    } else if (text[at] == '\'') {
      return singleQuoted();
    }
    int start = at;
    int behind = at;
    while (at < end && (text[at] == ' ' || isFlowPlain(text[at]))) {
      if (text[at] != ' ') {
        behind = at + 1;
      }
      at++;
    }
    at = behind;
    refuseUnless(at > start && (text[start] != '-' || (at > start + 1 && text[start + 1] != ' ')));
    return plain(start);
  }

  private static boolean isFlowPlain(byte c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '.'
        || c == '/'
        || c == '-'
        || c == '+';
  }
}
