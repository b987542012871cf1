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
 * any, all are run, which takes a quarter of an hour. {@code --again 1} measures one run after the
 * first instead of three.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.scale.ScaleTable
 * </pre>
 *
 * <p>On two cores with JDK 17, 22 November 2026, all proven. Other work kept the cores busy, which
 * the load tells; the table as a whole has not been measured on idle ones.
 *
 * <pre>
 * row                 allocated  first ms  again ms  may take ms  heap MiB  load
 * partitions_100           2767      1576       274         4000       218     4
 * command_100_json         2767      5594      5103         4000       134     4
 * command_1000_json       27678      9088     11305        20000       294     4
 * command_1000_yaml       27678     25280     21412        60000       282     9
 * </pre>
 *
 * <p>Before them the command on the 100 nodes took 2.6 s twice at a load of 1.7.
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
