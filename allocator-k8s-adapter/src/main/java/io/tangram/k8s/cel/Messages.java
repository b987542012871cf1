package io.tangram.k8s.cel;

import com.google.common.base.CharMatcher;
import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.runtime.CelEvaluationException;
import java.util.regex.Pattern;

/** One-line messages from what the library reports. */
final class Messages {

  private static final int MAX_LENGTH = 300;
  private static final Pattern EVALUATION_PREFIX =
      Pattern.compile("^evaluation error[^:]*(:\\d+)?: ");

  private static final Pattern MISSING_KEY = Pattern.compile("^key '(.*)' is not present in map.$");

  /** How the library ends a message on a name that it does not know. */
  private static final String IN_CONTAINER = " (in container '')";

  private static final String KNOWN_NAMES =
      "; selectors have the variable device and the functions of Kubernetes' CEL";

  private Messages() {}

  /** Why an expression has no value. */
  static String of(CelEvaluationException e) {
    Throwable cause = e.getCause();
    String message = String.valueOf(e.getMessage());
    if (Throwables.getRootCause(e) instanceof ArithmeticException) {
      return message.contains("by zero") ? "division by zero" : "integer overflow";
    }
    if (message.contains("failed with arg(s)") && cause != null && cause.getMessage() != null) {
      message = cause.getMessage();
    }
    message = EVALUATION_PREFIX.matcher(message).replaceFirst("");
    return line(MISSING_KEY.matcher(message).replaceFirst("no such key: $1"));
  }

  /** That the library failed where it should have given a value or a reason. */
  static String ofSlip(RuntimeException e) {
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    return line("the CEL library fails on the expression" + message);
  }

  /** Why an expression does not compile; the first of the issues counts. */
  static String of(ImmutableList<CelIssue> issues) {
    if (issues.isEmpty()) {
      return "it is no CEL expression";
    }
    String others = issues.size() == 1 ? "" : " (and " + (issues.size() - 1) + " more)";
    String message = issues.get(0).getMessage().replace(IN_CONTAINER, KNOWN_NAMES);
    return at(issues.get(0).getSourceLocation(), message) + others;
  }

  /** A message with the place it is about. */
  static String at(CelSourceLocation location, String message) {
    return line(message)
        + ", at line "
        + location.getLine()
        + ", column "
        + (location.getColumn() + 1);
  }

  /** The text on one line of bounded length. */
  static String line(String text) {
    String shortened = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    return CharMatcher.whitespace()
        .or(CharMatcher.javaIsoControl())
        .trimAndCollapseFrom(shortened, ' ');
  }
}
