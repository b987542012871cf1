package io.tangram.benchmarks.scale;

import io.tangram.benchmarks.Arguments;
import io.tangram.benchmarks.MarkdownTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far does it scale? Rows of {@link ScaleRow} go from the problem in memory to the checked
 * plan, each in a process of its own; those of {@link CommandRow} are the whole command, each time
 * in a fresh process. Shown are a run in a process set up to allocate once, the first run in one
 * that goes on, the median of those after it, and what a run may take, with a mark where it took
 * longer; size, proof, phases and heap are those of the last. Nothing fails for being late.
 *
 * <p>Prints a table in Markdown, what its words mean, then the same as JSON, a row a line.
 * Arguments name rows; without any, all are run, which takes about six minutes. {@code --again 1}
 * measures one run after the first instead of three.
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

  private static final String LEGEND =
      """

      "once" is a run in a process set up to allocate once (-XX:TieredStopAtLevel=1), "first" the first in one
      that goes on, "again" the median of the runs after that; what stands beside the times is of the last run.
      proof: "proven" - every objective is shown to be the best there is; "fit within 0.17 %" - the best
      there is differs in fit from what was reached by that part of it at most; "fit without bound" - nobody
      knows by how much; "no plan in time" - the time was over before the problem was compiled.
      in time: whether a run came to a plan in what it may take; if not, which.
      """;

  private ScaleTable() {}

  /**
   * Runs rows.
   *
   * @param args names of rows in lower case, all if there are none; {@code --again} and how many
   *     runs are measured after the first. The process ends with 2 if there is no such row or
   *     option
   */
  public static void main(String[] args) throws IOException {
    run(Arguments.orExit(() -> RowChoice.parse(List.of(args))));
  }

  private static void run(RowChoice choice) throws IOException {
    MarkdownTable table =
        new MarkdownTable(
            System.out,
            "row",
            "devices",
            "claims",
            "allocated",
            "proof",
            "once ms",
            "first ms",
            "again ms",
            "may take ms",
            "in time",
            "read + compile + solve + check + write ms",
            "heap MiB",
            "may take MiB",
            "strategy");
    List<ScaleResult> results = new ArrayList<>();
    for (MeasuredRow row : choice.rows()) {
      ScaleResult result = ScaleResult.of(row, row.run(2 + choice.again()));
      results.add(result);
      table.row(
          result.row(),
          result.last().devices(),
          result.last().claims(),
          result.last().allocated(),
          result.last().proof(),
          result.onceMillis(),
          result.firstMillis(),
          result.againMillis(),
          result.limitMillis(),
          result.inTime(),
          result.last().phases(),
          result.last().heapMebibytes(),
          result.limitMebibytes(),
          result.last().strategy());
    }
    System.out.println(LEGEND);
    results.forEach(result -> System.out.println(result.toJson()));
  }
}
