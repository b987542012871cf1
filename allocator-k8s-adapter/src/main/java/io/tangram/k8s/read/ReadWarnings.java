package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Collects what the owner of the input should know, each matter once. */
final class ReadWarnings {

  private final Map<String, Tally> tallies = new LinkedHashMap<>();

  private static final class Tally {
    private final IntFunction<String> text;
    private int count;

    Tally(IntFunction<String> text) {
      this.text = text;
    }
  }

  /** Adds a warning, unless it is there already. */
  void add(String warning) {
    count(warning, times -> warning);
  }

  /**
   * Counts an occurrence of a matter.
   *
   * @param matter what it is about
   * @param text the warning, given how often it occurred; the first one given for a matter counts
   */
  void count(String matter, IntFunction<String> text) {
    tallies.computeIfAbsent(matter, key -> new Tally(text)).count++;
  }

  /**
   * Counts an object of a kind that plays no part.
   *
   * @param where what the warning begins with
   */
  void countSkipped(String where, InputObject object) {
    String type = object.kind() + " (" + object.apiVersion() + ")";
    count(
        "kind " + type,
        times ->
            where
                + "skipped "
                + times
                + (times == 1 ? " object" : " objects")
                + " of kind "
                + type
                + ", which plays no part here.");
  }

  /** Returns the warnings in order of first occurrence. */
  ImmutableList<String> list() {
    return tallies.values().stream()
        .map(tally -> tally.text.apply(tally.count))
        .collect(ImmutableList.toImmutableList());
  }
}
