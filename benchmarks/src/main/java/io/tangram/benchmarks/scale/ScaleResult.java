package io.tangram.benchmarks.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a row came to.
 *
 * @param row the row's name
 * @param firstMillis time of the first run, in a fresh process
 * @param againMillis median time of the runs after it
 * @param firstInTime whether the first run came to a plan in the time it may take
 * @param againInTime whether the median run did
 * @param limitMillis what a run may take
 * @param limitMebibytes the heap it may take
 * @param last the last run
 */
record ScaleResult(
    String row,
    long firstMillis,
    long againMillis,
    boolean firstInTime,
    boolean againInTime,
    long limitMillis,
    long limitMebibytes,
    ScaleRun last) {

  /**
   * Sums up.
   *
   * @param runs the runs in order, at least two
   */
  static ScaleResult of(MeasuredRow row, List<ScaleRun> runs) {
    ScaleRun first = runs.get(0);
    List<ScaleRun> again =
        runs.stream().skip(1).sorted(Comparator.comparingLong(ScaleRun::millis)).toList();
    ScaleRun median = again.get(again.size() / 2);
    return new ScaleResult(
        row.name().toLowerCase(Locale.ROOT),
        first.millis(),
        median.millis(),
        first.isInTime(row.allowance()),
        median.isInTime(row.allowance()),
        row.allowance().time().toMillis(),
        row.allowance().heapMebibytes(),
        runs.get(runs.size() - 1));
  }

  /** Says whether the row kept to its time, or which of its runs did not. */
  String inTime() {
    if (firstInTime && againInTime) {
      return "yes";
    }
    return firstInTime ? "NO: again" : againInTime ? "NO: first" : "NO: first, again";
  }

  String toJson() {
    try {
      return JsonMapper.builder().build().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The result of row " + row + " can't be written.", e);
    }
  }
}
