package io.tangram.api.device;

/** How messages show expressions. */
final class ExpressionText {

  private static final int MOST = 120;

  private ExpressionText() {}

  /** Returns the expression on one line, cut where it is long. */
  static String shown(String expression) {
    String line = expression.strip().replaceAll("\\s+", " ");
    return line.length() <= MOST ? line : line.substring(0, MOST - 3) + "...";
  }
}
