package io.tangram.k8s.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes trees as YAML the way people do: block style, but a small map or list of plain values on
 * one line, {@code type: {string: gpu}}. That halves the lines of a resource slice, and Jackson's
 * generator can't mix the two styles.
 */
final class FlowYaml {

  private static final int WIDTH = 100;

  /** Text that means itself without quotes, inside braces too: it begins with a letter. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*");

  /** Text that begins with a digit and can't be a number: some letter follows that none has. */
  private static final Pattern PLAIN_WITH_DIGIT = Pattern.compile("[0-9]+[g-nG-NM][A-Za-z0-9.]*");

  /** What YAML 1.1 takes for a boolean or nothing. */
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private final StringBuilder out = new StringBuilder();

  /** Scalars as they are written; devices of a slice say the same over and over. */
  private final Map<String, String> scalars = new HashMap<>();

  private FlowYaml() {}

  /** Returns the object as one document, without a separator, with a line feed at its end. */
  static String document(ObjectNode object) {
    FlowYaml yaml = new FlowYaml();
    yaml.fields(object, 0, false);
    return yaml.out.toString();
  }

  private void fields(ObjectNode object, int indent, boolean firstIsInPlace) {
    boolean inPlace = firstIsInPlace;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!inPlace) {
        out.append(" ".repeat(indent));
      }
      inPlace = false;
      out.append(scalar(field.getKey())).append(':');
      value(field.getValue(), indent, field.getKey().length() + 2);
    }
  }

  /** Writes what follows a colon; a list stands as deep as its name. */
  private void value(JsonNode value, int indent, int used) {
    String flow = oneLine(value, indent + used);
    if (flow != null) {
      out.append(' ').append(flow).append('\n');
    } else if (value.isArray()) {
      out.append('\n');
      items(value, indent);
    } else {
      out.append('\n');
      fields((ObjectNode) value, indent + 2, false);
    }
  }

  private void items(JsonNode list, int indent) {
    for (JsonNode item : list) {
      out.append(" ".repeat(indent)).append("- ");
      String flow = oneLine(item, indent + 2);
      if (flow == null && item.isObject()) {
        fields((ObjectNode) item, indent + 2, true);
      } else {
        out.append(flow == null ? flow(item) : flow).append('\n');
      }
    }
  }

  /** Returns values, and maps and lists of plain values for which there is room; else null. */
  private @Nullable String oneLine(JsonNode value, int column) {
    if (value.isValueNode() || value.isEmpty()) {
      return flow(value);
    }
    for (JsonNode each : value) {
      if (!each.isValueNode()) {
        return null;
      }
    }
    String flow = flow(value);
    return column + flow.length() <= WIDTH ? flow : null;
  }

  private String flow(JsonNode value) {
    if (value.isValueNode()) {
      return value.isTextual() ? scalar(value.textValue()) : value.toString();
    }
    StringBuilder line = new StringBuilder(value.isObject() ? "{" : "[");
    String separator = "";
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        line.append(separator).append(scalar(field.getKey())).append(": ");
        line.append(flow(field.getValue()));
        separator = ", ";
      }
    } else {
      for (JsonNode each : value) {
        line.append(separator).append(flow(each));
        separator = ", ";
      }
    }
    return line.append(value.isObject() ? '}' : ']').toString();
  }

  private String scalar(String text) {
    return scalars.computeIfAbsent(text, FlowYaml::quotedIfNeeded);
  }

  private static String quotedIfNeeded(String text) {
    boolean plain =
        PLAIN.matcher(text).matches()
            ? !WORDS.contains(text.toLowerCase(Locale.ROOT))
            : PLAIN_WITH_DIGIT.matcher(text).matches();
    if (plain) {
      return text;
    }
    boolean printable = text.codePoints().allMatch(FlowYaml::isPrintable);
    return printable && (text.indexOf('"') >= 0 || text.indexOf('\\') >= 0)
        ? "'" + text.replace("'", "''") + "'"
        : doubleQuoted(text);
  }

  private static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (isPrintable(c)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
              }
            });
    return quoted.append('"').toString();
  }

  /** What YAML allows as it is, breaks of lines and marks of the byte order apart. */
  private static boolean isPrintable(int c) {
    return (c >= ' ' && c <= '~')
        || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
        || (c >= 0x10000 && (c & 0xfffe) != 0xfffe);
  }
}
