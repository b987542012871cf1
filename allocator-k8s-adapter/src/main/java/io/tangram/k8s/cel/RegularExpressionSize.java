package io.tangram.k8s.cel;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Refuses regular expressions that would compile to programs out of all proportion, by the limits
 * that Go's regexp package has and RE2/J has not: counted repetitions inside of each other multiply
 * to at most 1000, and a program has at most 3,355,443 instructions. The program is estimated from
 * below: one instruction for each character and class.
 *
 * <p>Also at most 1000 groups inside of each other.
 */
final class RegularExpressionSize {

  private static final int MAX_REPETITIONS = 1000;
  private static final int MAX_INSTRUCTIONS = (128 << 20) / 40;
  private static final int MAX_DEPTH = 1000;

  private final String expression;
  private int position;

  /** What a group holds, or what follows it may repeat. */
  private static final class Part {
    /** Instructions of everything before the last item. */
    private long before;

    /** Instructions of the last item, which a repetition multiplies. */
    private long last;

    /** The greatest product of repetitions before the last item. */
    private long repetitionsBefore = 1;

    /** That of the last item. */
    private long lastRepetitions = 1;

    private void add(long instructions, long repetitions) {
      before += last;
      repetitionsBefore = Math.max(repetitionsBefore, lastRepetitions);
      last = instructions;
      lastRepetitions = repetitions;
    }

    private void repeat(int times) {
      last *= Math.max(1, times);
      lastRepetitions *= Math.max(1, times);
    }

    private long instructions() {
      return before + last;
    }

    private long repetitions() {
      return Math.max(repetitionsBefore, lastRepetitions);
    }
  }

  private RegularExpressionSize(String expression) {
    this.expression = expression;
  }

  /**
   * Checks the size of an expression; its syntax is left to the compiler.
   *
   * @throws CelFailure if it exceeds a limit
   */
  static void check(String expression) {
    new RegularExpressionSize(expression).scan();
  }

  private void scan() {
    Deque<Part> groups = new ArrayDeque<>();
    Part current = new Part();
    while (position < expression.length()) {
      char c = expression.charAt(position);
      switch (c) {
        case '\\' -> current.add(skipEscape(), 1);
        case '[' -> {
          skipClass();
          current.add(1, 1);
        }
        case '(' -> {
          groups.push(current);
          current = new Part();
          position++;
          if (groups.size() > MAX_DEPTH) {
            throw new CelFailure("regular expression has more than 1000 groups inside each other");
          }
        }
        case ')' -> {
          position++;
          if (!groups.isEmpty()) {
            Part group = current;
            current = groups.pop();
            current.add(group.instructions(), group.repetitions());
          }
        }
        case '{' -> current.repeat(repetition());
        default -> {
          current.add(1, 1);
          position++;
        }
      }
      check(current);
    }
  }

  private static void check(Part part) {
    if (part.lastRepetitions > MAX_REPETITIONS) {
      throw new CelFailure("regular expression repeats more than 1000 times");
    }
    if (part.instructions() > MAX_INSTRUCTIONS) {
      throw new CelFailure("regular expression is too large");
    }
  }

  /** Skips a backslash and what it quotes; returns how many characters that stands for. */
  private int skipEscape() {
    if (expression.startsWith("\\Q", position)) {
      int end = expression.indexOf("\\E", position + 2);
      int start = position;
      position = end < 0 ? expression.length() : end + 2;
      return position - start;
    }
    position += 2;
    return 1;
  }

  private void skipClass() {
    position++;
    if (position < expression.length() && expression.charAt(position) == '^') {
      position++;
    }
    boolean first = true;
    while (position < expression.length() && (first || expression.charAt(position) != ']')) {
      if (expression.startsWith("[:", position) && expression.indexOf(":]", position) > 0) {
        position = expression.indexOf(":]", position) + 1;
      } else if (expression.charAt(position) == '\\') {
        position++;
      }
      position++;
      first = false;
    }
    position++;
  }

  /** Skips a counted repetition and returns its count; 1 where the brace is an ordinary one. */
  private int repetition() {
    int end = expression.indexOf('}', position);
    String inside = end < 0 ? "" : expression.substring(position + 1, end);
    if (!inside.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      position++;
      return 1;
    }
    position = end + 1;
    int times = 0;
    for (String bound : inside.split(",", 2)) {
      times = bound.isEmpty() ? times : Math.max(times, Integer.parseInt(bound));
    }
    return times;
  }
}
