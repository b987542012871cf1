package io.tangram.k8s.cli;

import io.tangram.k8s.read.NameSyntax;

/** Words of an option that join two things, such as {@code NAME=VALUE}. */
record Pairs(String option, String shape) {

  /** The two halves of a word. */
  record Halves(String left, String right) {}

  /**
   * Parts a word at the last equals sign.
   *
   * @throws UsageException unless both halves are there
   */
  Halves split(String word) {
    int sign = word.lastIndexOf('=');
    if (sign < 1 || sign == word.length() - 1) {
      throw bad("'" + word + "' is not " + shape);
    }
    return new Halves(word.substring(0, sign), word.substring(sign + 1));
  }

  /**
   * Reads a count.
   *
   * @throws UsageException unless it is a number from 0 to the greatest that is allowed
   */
  int count(String text, int most) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 0 && count <= most) {
        return count;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw bad("'" + text + "' is not a number from 0 to " + most);
  }

  /**
   * Returns a name.
   *
   * @throws UsageException unless it is one of this kind
   */
  String name(String name, NameSyntax syntax) {
    if (name.isEmpty() || !syntax.accepts(name)) {
      throw bad("'" + name + "' is not " + syntax.description());
    }
    return name;
  }

  /** What to say of a word. */
  UsageException bad(String problem) {
    return new UsageException(option + ": " + problem + (problem.endsWith("?") ? "" : "."));
  }
}
