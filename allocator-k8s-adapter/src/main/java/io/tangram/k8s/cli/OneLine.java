package io.tangram.k8s.cli;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words for people, each a line of a terminal, whatever they quote of the input. */
final class OneLine {

  private static final int LONGEST = 2000;
  private static final Pattern BREAK = Pattern.compile("\\s*\\R\\s*");

  /** What a terminal would obey, or hide, rather than show. */
  private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private OneLine() {}

  /**
   * Returns the words with a space for each break of a line, and other characters that don't show
   * as in JSON, such as {@code \u001B}. Of more than 2,000 characters the middle is left out: the
   * ends say where and what, and between them may be a value of any length.
   */
  static String of(String words) {
    String line = BREAK.matcher(cut(words)).replaceAll(" ").strip();
    return NOT_SHOWN.matcher(line).replaceAll(match -> escaped(match.group()));
  }

  /** The character, which may be a pair of surrogates, as a replacement that shows. */
  private static String escaped(String character) {
    return character
        .chars()
        .mapToObj(unit -> String.format("\\\\u%04X", unit))
        .collect(Collectors.joining());
  }

  private static String cut(String words) {
    int half = LONGEST / 2;
    return words.length() <= LONGEST
        ? words
        : words.substring(0, half) + "..." + words.substring(words.length() - half);
  }
}
