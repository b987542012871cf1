package io.tangram.benchmarks.scale;

import io.tangram.benchmarks.MarkdownTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How far does it scale? Each row runs in a process of its own, twice: from the problem in memory
 * to the checked plan. Prints a table in Markdown, then the same as JSON, a row a line. Arguments
 * name rows; without any, all are run, which takes a few minutes.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.scale.ScaleTable
 * </pre>
 */
public final class ScaleTable {

  private ScaleTable() {}

  /**
   * Runs rows.
   *
   * @param args names of rows in lower case; all if there are none
   */
  public static void main(String[] args) throws IOException {
    List<ScaleRow> rows =
        args.length == 0
            ? List.of(ScaleRow.values())
            : Arrays.stream(args).map(ScaleTable::row).toList();
    MarkdownTable table =
        new MarkdownTable(
            System.out,
            "row",
            "devices",
            "claims",
            "allocated",
            "gaps",
            "strategy",
            "compile ms",
            "solve ms",
            "check ms",
            "first ms",
            "again ms",
            "may take ms",
            "heap MiB");
    List<ScaleResult> results = new ArrayList<>();
    for (ScaleRow row : rows) {
      ScaleResult result = run(row);
      results.add(result);
      table.row(
          result.row(),
          result.devices(),
          result.claims(),
          result.allocated(),
          result.gaps(),
          result.strategy(),
          result.compileMillis(),
          result.solveMillis(),
          result.checkMillis(),
          result.firstMillis(),
          result.againMillis(),
          result.limitMillis(),
          result.peakMebibytes());
    }
    results.forEach(result -> System.out.println(result.toJson()));
  }

  private static ScaleRow row(String name) {
    return Arrays.stream(ScaleRow.values())
        .filter(row -> row.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no row " + name + "; there are " + names() + "."));
  }

  private static String names() {
    return Arrays.toString(ScaleRow.values()).toLowerCase(Locale.ROOT);
  }

  private static ScaleResult run(ScaleRow row) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + row.heapGibibytes() + "g",
                "-cp",
                System.getProperty("java.class.path"),
                ScaleRun.class.getName(),
                row.name(),
                "1")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String last = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
      return ScaleResult.parse(last);
    }
  }
}
