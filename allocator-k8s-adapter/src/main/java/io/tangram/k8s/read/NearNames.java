package io.tangram.k8s.read;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that somebody may have meant by a word that is none. */
public final class NearNames {

  private static final int MOST = 5;

  private NearNames() {}

  /**
   * Returns the nearest names, nearest first: those that contain the word or that it contains, then
   * those that a few letters more, less or other make of it.
   */
  public static List<String> of(String word, Collection<String> names) {
    String wanted = plain(word);
    return names.stream()
        .filter(name -> distance(wanted, plain(name)) <= Math.max(2, wanted.length() / 3))
        .sorted(Comparator.comparingInt(name -> distance(wanted, plain(name))))
        .limit(MOST)
        .toList();
  }

  /** Returns {@code ; did you mean ...?}, or a remark to see the list if nothing is near. */
  public static String question(String word, Collection<String> names, String otherwise) {
    List<String> near = of(word, names);
    return near.isEmpty() ? otherwise : "did you mean " + String.join(", ", near) + "?";
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static int distance(String word, String name) {
    if (word.isEmpty() || name.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    return name.contains(word) || word.contains(name) ? 0 : edits(word, name);
  }

  /** Levenshtein's distance, by rows of its table. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int column = 0; column < row.length; column++) {
      row[column] = column;
    }
    for (int line = 1; line <= from.length(); line++) {
      int diagonal = row[0];
      row[0] = line;
      for (int column = 1; column < row.length; column++) {
        boolean same = from.charAt(line - 1) == to.charAt(column - 1);
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[column];
        row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
      }
    }
    return row[to.length()];
  }
}
