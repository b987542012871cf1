package io.tangram.k8s.cel;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/** What a clause of a format makes of a value; numbers as in American English. */
final class FormattedValue {

  /** What the digits 0 to 9 look like in an exponent. */
  private static final String SUPERSCRIPTS =
      "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

  private static final ImmutableList<String> NON_NUMBERS =
      ImmutableList.of("NaN", "Infinity", "-Infinity");

  private FormattedValue() {}

  /** The text of a value. */
  static String text(StringFormat.Clause clause, Object value) {
    return switch (clause.verb()) {
      case 's' -> string(value);
      case 'd' -> integer(value, 10, "only integers can be formatted as decimal");
      case 'o' -> integer(value, 8, "only integers can be formatted as octal");
      case 'b' -> value instanceof Boolean bit ? (bit ? "1" : "0") : binary(value);
      case 'x' -> hexadecimal(value);
      case 'X' -> Ascii.toUpperCase(hexadecimal(value));
      default -> real(clause, value);
    };
  }

  private static String binary(Object value) {
    return integer(value, 2, "only integers and bools can be formatted as binary");
  }

  private static String integer(Object value, int radix, String otherwise) {
    if (value instanceof Long number) {
      return Long.toString(number, radix);
    } else if (value instanceof UnsignedLong number) {
      return number.toString(radix);
    }
    throw unfit(otherwise, value);
  }

  private static String hexadecimal(Object value) {
    if (value instanceof String string) {
      return hexadecimal(string.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof CelByteString bytes) {
      return hexadecimal(bytes.toByteArray());
    }
    return integer(value, 16, "only integers, bytes and strings can be formatted as hexadecimal");
  }

  private static String hexadecimal(byte[] bytes) {
    EvaluationMeter.workForString(2L * bytes.length);
    return BaseEncoding.base16().lowerCase().encode(bytes);
  }

  private static String real(StringFormat.Clause clause, Object value) {
    double number;
    if (value instanceof Double given) {
      number = given;
    } else if (value instanceof String string && NON_NUMBERS.contains(string)) {
      number = Double.parseDouble(string);
    } else {
      throw unfit("only doubles can be formatted as fixed-point or scientific", value);
    }
    if (Double.isNaN(number)) {
      return "NaN";
    } else if (Double.isInfinite(number)) {
      return number > 0 ? "\u221e" : "-\u221e";
    }
    EvaluationMeter.workForString(clause.precision());
    return clause.verb() == 'f'
        ? grouped(GoText.fixed(number, clause.precision()))
        : scientific(number, clause.precision());
  }

  /** Puts a comma between thousands. */
  private static String grouped(String number) {
    int point = number.indexOf('.');
    StringBuilder grouped = new StringBuilder(number);
    int first = number.startsWith("-") ? 1 : 0;
    for (int at = (point < 0 ? number.length() : point) - 3; at > first; at -= 3) {
      grouped.insert(at, ',');
    }
    return grouped.toString();
  }

  private static String scientific(double value, int precision) {
    BigDecimal exact = new BigDecimal(value);
    int exponent = exact.signum() == 0 ? 0 : exact.precision() - exact.scale() - 1;
    BigDecimal mantissa = new BigDecimal(GoText.fixed(exact.movePointLeft(exponent), precision));
    if (mantissa.abs().compareTo(BigDecimal.TEN) >= 0) {
      exponent++;
      mantissa = new BigDecimal(GoText.fixed(exact.movePointLeft(exponent), precision));
    }
    StringBuilder text = new StringBuilder(mantissa.toPlainString());
    text.append("\u202f\u00d7\u202f10").append(exponent < 0 ? "\u207b" : "");
    String digits = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    digits.chars().forEach(digit -> text.append(SUPERSCRIPTS.charAt(digit - '0')));
    return text.toString();
  }

  /** The text of any value, unquoted. */
  private static String string(Object value) {
    if (value instanceof String string) {
      return string;
    } else if (value instanceof Double number) {
      return GoText.shortest(number);
    } else if (value instanceof Instant || value instanceof Boolean || value instanceof Number) {
      return value.toString();
    } else if (value instanceof Duration duration) {
      return seconds(duration);
    } else if (value instanceof CelByteString bytes && bytes.isValidUtf8()) {
      return bytes.toStringUtf8();
    } else if (value instanceof NullValue) {
      return "null";
    } else if (value instanceof TypeType type) {
      return type.containingTypeName();
    } else if (value instanceof List<?> list) {
      return list(list);
    } else if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    throw unfit("only values of the standard types can be formatted as string", value);
  }

  private static String seconds(Duration duration) {
    BigDecimal nanos =
        BigDecimal.valueOf(duration.getSeconds(), 0).add(BigDecimal.valueOf(duration.getNano(), 9));
    return nanos.signum() == 0 ? "0s" : nanos.stripTrailingZeros().toPlainString() + "s";
  }

  private static String list(List<?> list) {
    StringBuilder text = new StringBuilder("[");
    for (Object element : list) {
      append(text, text.length() == 1 ? "" : ", ", literal(element));
    }
    return text.append(']').toString();
  }

  /** The entries in the order of their texts. */
  private static String map(Map<?, ?> map) {
    TreeMap<String, String> entries = new TreeMap<>();
    for (Entry<?, ?> entry : map.entrySet()) {
      String key = literal(entry.getKey());
      EvaluationMeter.workForString(key.length());
      entries.put(key, literal(entry.getValue()));
    }
    StringBuilder text = new StringBuilder("{");
    entries.forEach(
        (key, value) -> append(text, text.length() == 1 ? "" : ", ", key + ":" + value));
    return text.append('}').toString();
  }

  private static void append(StringBuilder text, String separator, String element) {
    EvaluationMeter.workForString(separator.length() + element.length());
    text.append(separator).append(element);
  }

  /** The text of a value inside of a list or a map: a literal of CEL. */
  private static String literal(Object value) {
    if (value instanceof String string) {
      return GoText.quoted(string);
    } else if (value instanceof CelByteString bytes) {
      return "b" + GoText.quoted(string(bytes));
    } else if (value instanceof Double number) {
      boolean finite = Double.isFinite(number);
      return finite ? GoText.fixed(number, 6) : GoText.quoted(GoText.shortest(number));
    } else if (value instanceof Instant) {
      return "timestamp(" + GoText.quoted(string(value)) + ")";
    } else if (value instanceof Duration) {
      return "duration(" + GoText.quoted(string(value)) + ")";
    }
    return string(value);
  }

  private static CelFailure unfit(String rule, Object value) {
    return new CelFailure("format: " + rule + ", was given " + TypeNames.of(value));
  }
}
