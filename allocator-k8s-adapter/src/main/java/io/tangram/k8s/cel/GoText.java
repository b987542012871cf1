package io.tangram.k8s.cel;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers and strings as Go prints them, where CEL leaves it to the host. */
final class GoText {

  /** From this exponent on, the shortest text of a double is scientific. */
  private static final int SCIENTIFIC_FROM = 6;

  /** No double has more digits behind the point. */
  private static final int MOST_DIGITS = 1100;

  private GoText() {}

  /** The shortest text that reads as the same double: {@code 1.5}, {@code 1e+06}, {@code 2e-09}. */
  static String shortest(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    } else if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = decimal.precision() - decimal.scale() - 1;
    return exponent < -4 || exponent >= SCIENTIFIC_FROM
        ? scientific(decimal, exponent)
        : decimal.toPlainString();
  }

  private static String scientific(BigDecimal decimal, int exponent) {
    String digits = decimal.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = decimal.signum() < 0 ? "-" : "";
    String power = (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "");
    return sign + mantissa + power + Math.abs(exponent);
  }

  /** The double with a number of digits behind the point; a half goes to the even digit. */
  static String fixed(double value, int digits) {
    String text = fixed(new BigDecimal(value), digits);
    return value < 0 && !text.startsWith("-") ? "-" + text : text;
  }

  /** The number with a number of digits behind the point; a half goes to the even digit. */
  static String fixed(BigDecimal value, int digits) {
    int significant = Math.min(digits, MOST_DIGITS);
    return value.setScale(significant, RoundingMode.HALF_EVEN).toPlainString()
        + "0".repeat(digits - significant);
  }

  /** The text in double quotes, with what cannot be printed escaped. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> appendQuoted(quoted, c));
    return quoted.append('"').toString();
  }

  private static void appendQuoted(StringBuilder quoted, int c) {
    switch (c) {
      case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
      case 0x07 -> quoted.append("\\a");
      case '\b' -> quoted.append("\\b");
      case '\f' -> quoted.append("\\f");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case 0x0B -> quoted.append("\\v");
      default -> {
        if (c < ' ' || c == 0x7F) {
          quoted.append(String.format("\\x%02x", c));
        } else if (isPrintable(c)) {
          quoted.appendCodePoint(c);
        } else {
          quoted.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    if (c == ' ') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
