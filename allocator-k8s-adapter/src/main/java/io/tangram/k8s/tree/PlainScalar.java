package io.tangram.k8s.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a YAML scalar without quotes means to Kubernetes, whose tools read YAML 1.1: {@code yes} is
 * a boolean, {@code 0x10} is sixteen, {@code 0o17} and {@code 017} are fifteen. Dates stay text. So
 * do {@code y} and {@code n}, which Kubernetes would take for booleans: they are good names, and
 * other tools write them without quotes.
 */
final class PlainScalar {

  private static final Map<String, JsonNode> WORDS =
      Map.ofEntries(
          Map.entry("", NullNode.instance),
          Map.entry("~", NullNode.instance),
          Map.entry("null", NullNode.instance),
          Map.entry("Null", NullNode.instance),
          Map.entry("NULL", NullNode.instance),
          Map.entry("yes", BooleanNode.TRUE),
          Map.entry("Yes", BooleanNode.TRUE),
          Map.entry("YES", BooleanNode.TRUE),
          Map.entry("true", BooleanNode.TRUE),
          Map.entry("True", BooleanNode.TRUE),
          Map.entry("TRUE", BooleanNode.TRUE),
          Map.entry("on", BooleanNode.TRUE),
          Map.entry("On", BooleanNode.TRUE),
          Map.entry("ON", BooleanNode.TRUE),
          Map.entry("no", BooleanNode.FALSE),
          Map.entry("No", BooleanNode.FALSE),
          Map.entry("NO", BooleanNode.FALSE),
          Map.entry("false", BooleanNode.FALSE),
          Map.entry("False", BooleanNode.FALSE),
          Map.entry("FALSE", BooleanNode.FALSE),
          Map.entry("off", BooleanNode.FALSE),
          Map.entry("Off", BooleanNode.FALSE),
          Map.entry("OFF", BooleanNode.FALSE));

  private static final Set<String> ONE_LETTER_WORDS = Set.of("y", "Y", "n", "N");

  private static final Pattern INTEGER =
      Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  /** Numbers and times in any grammar of YAML, base 60 included, and some more. */
  private static final Pattern NUMBER_OR_TIME =
      Pattern.compile(
          "[-+.].*"
              + "|0[xXoObB].*"
              + "|[0-9][0-9_,]*(\\.[0-9_]*)?([eE][-+]?[0-9_]*)?"
              + "|[0-9][0-9_]*:[0-9_.:]+"
              + "|[0-9]{4}-[0-9].*",
          Pattern.DOTALL);

  /** What the longest number may have; more would only be expensive to compute with. */
  private static final int MAX_DIGITS = 1000;

  private PlainScalar() {}

  /**
   * Returns the value.
   *
   * @throws IllegalArgumentException if it can't be said in JSON
   */
  static JsonNode resolve(String text) {
    JsonNode word = WORDS.get(text);
    if (word != null) {
      return word;
    }
    if (!mayBeNumber(text)) {
      return TextNode.valueOf(text);
    }
    if (NOT_FINITE.matcher(text).matches()) {
      throw new IllegalArgumentException(text + " is not a number that Kubernetes knows");
    }
    JsonNode number = number(text.replace("_", ""));
    return number == null ? TextNode.valueOf(text) : number;
  }

  /** Returns whether every reader of YAML, 1.1 or 1.2, takes the text without quotes as text. */
  static boolean isText(String text) {
    return !WORDS.containsKey(text)
        && !ONE_LETTER_WORDS.contains(text)
        && !NUMBER_OR_TIME.matcher(text).matches();
  }

  private static boolean mayBeNumber(String text) {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    return first == '+' || first == '-' || first == '.' || (first >= '0' && first <= '9');
  }

  private static @Nullable JsonNode number(String text) {
    if (text.length() > MAX_DIGITS) {
      return null;
    }
    if (INTEGER.matcher(text).matches()) {
      return integer(text);
    }
    if (FLOAT.matcher(text).matches()) {
      return JSON_NUMBER.matcher(text).matches()
          ? new NumberText(text)
          : new NumberText(new BigDecimal(text).toString());
    }
    return null;
  }

  private static JsonNode integer(String text) {
    int sign = text.charAt(0) == '-' ? -1 : 1;
    String digits = text.charAt(0) == '-' || text.charAt(0) == '+' ? text.substring(1) : text;
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      char mark = Character.toLowerCase(digits.charAt(1));
      radix = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
      digits = digits.substring(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
    }
    BigInteger value = new BigInteger(digits, radix).multiply(BigInteger.valueOf(sign));
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }
}
