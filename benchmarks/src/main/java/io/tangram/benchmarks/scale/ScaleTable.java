package io.tangram.benchmarks.scale;

import com.google.common.collect.ImmutableList;
import io.tangram.benchmarks.MarkdownTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How far does it scale? Rows of {@link ScaleRow} go from the problem in memory to the checked
 * plan, each in a process of its own; those of {@link CommandRow} are the whole command, each time
 * in a fresh process. The first run is shown, the median of those after it, and what a run may
 * take; size, proof, phases and heap are those of the last. Nothing fails for being late.
 *
 * <p>Prints a table in Markdown, then the same as JSON, a row a line. Arguments name rows; without
 * any, all are run, which takes about six minutes. {@code --again 1} measures one run after the
 * first instead of three.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.scale.ScaleTable
 * </pre>
 *
 * <p>On two idle cores of an AMD EPYC with JDK 17, 22 November 2026; all proven, but that
 * node_bound_1000_packed is within 0.01 % and pods_1000 within 0.01 % in admission and 0.17 % in
 * fit:
 *
 * <pre>
 * row                       allocated  first ms  again ms  may take ms  heap MiB
 * partitions_100                 2767      1215       270         4000       808
 * partitions_1000               27678      3930      1222         8000      1242
 * partitions_1250_used          23527      4204      1384         8000      1337
 * partitions_5000              136735     11335      3545         8000      2403
 * partitions_12500_used        235105     17398      8189        20000      5239
 * node_bound_1000               18326      4136      1322         3000      1216
 * node_bound_5000               91570     10754      3710        15000      2008
 * node_bound_1000_in_order      11033      5482      3008        30000      1250
 * node_bound_1000_packed        18326      9059      4962        20000      1281
 * heterogeneous_500              7914      4248      1785        10000      1165
 * shared_500_12_sizes           25858      3851      1811        10000      1129
 * shared_500_1000_sizes         26468      8694      5577        20000      1145
 * pods_1000                      8525      8932      5262        20000      1255
 * command_100_json               2767      2469      2445         4000       134
 * command_1000_json             27678      7704      7782        20000       278
 * command_1000_yaml             27678      7743      7898        60000       267
 * </pre>
 */
public final class ScaleTable {

  private static final String AGAIN = "--again";

  private static final ImmutableList<MeasuredRow> ROWS =
      ImmutableList.<MeasuredRow>builder().add(ScaleRow.values()).add(CommandRow.values()).build();

  private ScaleTable() {}

  /**
   * Runs rows.
   *
   * @param args names of rows in lower case, all if there are none; {@code --again} and how many
   *     runs are measured after the first
   * @throws IllegalArgumentException if there is no such row, or no run after the first
   */
  public static void main(String[] args) throws IOException {
    int again = 3;
    List<MeasuredRow> rows = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(AGAIN) && i + 1 < args.length) {
        i++;
        again = Integer.parseInt(args[i]);
      } else {
        rows.add(row(args[i]));
      }
    }
    if (again < 1) {
      throw new IllegalArgumentException(
          AGAIN + " is " + again + "; at least one run comes after the first.");
    }
    run(rows.isEmpty() ? ROWS : rows, again);
  }

  private static void run(List<MeasuredRow> rows, int again) throws IOException {
    MarkdownTable table =
        new MarkdownTable(
            System.out,
            "row",
            "devices",
            "claims",
            "allocated",
            "proof",
            "first ms",
            "again ms",
            "may take ms",
            "read + compile + solve + check + write ms",
            "heap MiB",
            "may take MiB",
            "strategy");
    List<ScaleResult> results = new ArrayList<>();
    for (MeasuredRow row : rows) {
      ScaleResult result = ScaleResult.of(row, row.run(1 + again));
      results.add(result);
      table.row(
          result.row(),
          result.last().devices(),
          result.last().claims(),
          result.last().allocated(),
          result.last().proof(),
          result.firstMillis(),
          result.againMillis(),
          result.limitMillis(),
          result.last().phases(),
          result.last().heapMebibytes(),
          result.limitMebibytes(),
          result.last().strategy());
    }
    results.forEach(result -> System.out.println(result.toJson()));
  }

  private static MeasuredRow row(String name) {
    return ROWS.stream()
        .filter(row -> row.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no row " + name + "; there are " + names() + "."));
  }

  private static String names() {
    return ROWS.stream()
        .map(row -> row.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
