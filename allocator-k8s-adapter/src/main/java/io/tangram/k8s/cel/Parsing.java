package io.tangram.k8s.cel;

import java.util.function.Function;

/** How functions read text: a parser's refusal is a failure of the expression, or a {@code no}. */
final class Parsing {

  private Parsing() {}

  /**
   * Reads a text.
   *
   * @param parser throws an {@code IllegalArgumentException} for a text that is none
   */
  static <T> T parse(Function<String, T> parser, String text) {
    EvaluationMeter.workForString(text.length());
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new CelFailure(String.valueOf(e.getMessage()));
    }
  }

  /** Whether the parser takes the text. */
  static boolean isValid(Function<String, ?> parser, String text) {
    EvaluationMeter.workForString(text.length());
    try {
      return parser.apply(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
