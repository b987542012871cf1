package io.tangram.k8s.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 10s}, {@code 1m30s}, {@code 250ms}. */
final class DurationText {

  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static Duration parse(String text) {
    double nanos = 0;
    int end = 0;
    Matcher part = PART.matcher(text);
    while (part.find() && part.start() == end) {
      nanos += Double.parseDouble(part.group(1)) * nanos(part.group(2));
      end = part.end();
    }
    if (end == 0 || end < text.length()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write 10s, 1m30s or 250ms");
    }
    return Duration.ofNanos(Math.round(nanos));
  }

  private static double nanos(String unit) {
    return switch (unit) {
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      default -> 3600e9;
    };
  }

  /** Returns the duration in seconds, as short as it is clear. */
  static String seconds(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  }
}
