package io.tangram.k8s.catalog;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, each column as wide as its widest cell. The last column is not padded. */
final class TextTable {

  private static final String INDENT = "  ";
  private static final String GAP = "  ";

  private final String alignment;
  private final List<String[]> rows = new ArrayList<>();

  /**
   * Starts an empty table.
   *
   * @param alignment a letter for each column: {@code l} or {@code r}
   */
  TextTable(String alignment) {
    this.alignment = alignment;
  }

  /** Adds a line. */
  void row(String... cells) {
    if (cells.length != alignment.length()) {
      throw new IllegalArgumentException(
          cells.length + " cells in a line of " + alignment.length() + " columns.");
    }
    rows.add(cells);
  }

  /** Returns the lines, indented. */
  List<String> lines() {
    int[] widths = new int[alignment.length()];
    for (String[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        widths[column] = Math.max(widths[column], row[column].length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder(INDENT);
    for (int column = 0; column < row.length; column++) {
      String padding = " ".repeat(widths[column] - row[column].length());
      boolean right = alignment.charAt(column) == 'r';
      line.append(right ? padding + row[column] : row[column] + padding).append(GAP);
    }
    return line.toString().stripTrailing();
  }
}
