package io.tangram.k8s.cel;

import com.google.common.base.CharMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * {@code string.format(list)} of the string extension, version 2: {@code %s} any value, {@code %d}
 * integers, {@code %f} and {@code %e} doubles with an optional precision, {@code %b} binary, {@code
 * %o} octal, {@code %x} and {@code %X} hexadecimal.
 */
final class StringFormat {

  private static final int DEFAULT_PRECISION = 6;
  private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');

  /**
   * A place in a format where a value goes.
   *
   * @param verb the letter that says how
   * @param precision the digits behind the point, for doubles
   */
  record Clause(char verb, int precision) {}

  private StringFormat() {}

  /** Formats values; more of them than clauses do no harm. */
  static String format(String format, List<?> values) {
    return scan(
        format, values.size(), (clause, index) -> FormattedValue.text(clause, values.get(index)));
  }

  /**
   * Returns the clauses of a format.
   *
   * @throws CelFailure if it is malformed or has more clauses than there are values
   */
  static List<Clause> clauses(String format, int values) {
    List<Clause> clauses = new ArrayList<>();
    scan(
        format,
        values,
        (clause, index) -> {
          clauses.add(clause);
          return "";
        });
    return clauses;
  }

  private static String scan(
      String format, int values, BiFunction<Clause, Integer, String> substitution) {
    StringBuilder formatted = new StringBuilder();
    int used = 0;
    int position = 0;
    int percent = format.indexOf('%');
    while (percent >= 0) {
      append(formatted, format.substring(position, percent));
      if (format.startsWith("%", percent + 1)) {
        append(formatted, "%");
        position = percent + 2;
      } else if (used >= values) {
        throw new CelFailure("format: index " + used + " out of range");
      } else {
        int verb = verbPosition(format, percent + 1);
        append(formatted, substitution.apply(clause(format, percent + 1, verb), used++));
        position = verb + 1;
      }
      percent = format.indexOf('%', position);
    }
    append(formatted, format.substring(position));
    return formatted.toString();
  }

  private static void append(StringBuilder formatted, String text) {
    EvaluationMeter.work((long) EvaluationMeter.CHARACTER * text.length());
    formatted.append(text);
  }

  private static int verbPosition(String format, int start) {
    int verb = start;
    if (format.startsWith(".", start)) {
      do {
        verb++;
      } while (verb < format.length() && DIGIT.matches(format.charAt(verb)));
    }
    if (verb >= format.length()) {
      throw new CelFailure("format: unexpected end of string");
    }
    return verb;
  }

  private static Clause clause(String format, int start, int verb) {
    char letter = format.charAt(verb);
    if ("sdfebxXo".indexOf(letter) < 0) {
      throw new CelFailure("format: unrecognized formatting clause \"" + letter + "\"");
    }
    if (verb == start) {
      return new Clause(letter, DEFAULT_PRECISION);
    }
    String digits = format.substring(start + 1, verb);
    try {
      return new Clause(letter, Integer.parseInt(digits));
    } catch (NumberFormatException e) {
      throw new CelFailure("format: precision \"" + digits + "\" is no int");
    }
  }
}
