package io.tangram.benchmarks.scale;

import com.google.common.collect.ImmutableList;
import io.tangram.benchmarks.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which rows {@link ScaleTable} is to show.
 *
 * @param rows in the order in which they are asked for
 * @param again how many runs are measured after the first of each, at least one
 */
record RowChoice(ImmutableList<MeasuredRow> rows, int again) {

  private static final String AGAIN = "--again";
  private static final int USUAL_RUNS = 3;

  private static final ImmutableList<MeasuredRow> ALL =
      ImmutableList.<MeasuredRow>builder().add(ScaleRow.values()).add(CommandRow.values()).build();

  /**
   * Reads arguments.
   *
   * @param args names of rows, all if there are none; {@code --again} and a number, 3 if absent
   * @throws IllegalArgumentException if there is no such row or option, or the number is none
   */
  static RowChoice parse(List<String> args) {
    int again = USUAL_RUNS;
    List<MeasuredRow> rows = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      String word = args.get(i);
      if (word.equals(AGAIN)) {
        i++;
        again = Arguments.count("runs after " + AGAIN, i < args.size() ? args.get(i) : "missing");
      } else if (word.startsWith("-")) {
        throw new IllegalArgumentException(
            "There is no option %s; there is %s N, and rows are %s."
                .formatted(word, AGAIN, names(ALL)));
      } else {
        rows.add(row(word, ALL));
      }
    }
    return new RowChoice(rows.isEmpty() ? ALL : ImmutableList.copyOf(rows), again);
  }

  /**
   * Returns the row of a name, in capitals or not.
   *
   * @throws IllegalArgumentException if none of {@code rows} has it
   */
  static <T extends MeasuredRow> T row(String name, List<T> rows) {
    return rows.stream()
        .filter(row -> row.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no row %s; there are %s.".formatted(name, names(rows))));
  }

  private static String names(List<? extends MeasuredRow> rows) {
    return rows.stream()
        .map(row -> row.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
