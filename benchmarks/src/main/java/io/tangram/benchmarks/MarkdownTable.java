package io.tangram.benchmarks;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Prints a Markdown table, row by row as they are known. */
public final class MarkdownTable {

  private final PrintStream out;

  /** Prints the heading. */
  public MarkdownTable(PrintStream out, String... columns) {
    this.out = out;
    row((Object[]) columns);
    row(Arrays.stream(columns).map(column -> "---").toArray());
  }

  /** Prints a row. */
  public void row(Object... cells) {
    out.println(
        Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |")));
  }
}
