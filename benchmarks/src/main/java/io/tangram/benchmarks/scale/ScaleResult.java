package io.tangram.benchmarks.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;

/**
 * What a row came to.
 *
 * @param row the row's name
 * @param firstMillis time of the first run, in a fresh process
 * @param againMillis median time of the runs after it
 * @param limitMillis what a run may take
 * @param limitMebibytes the heap it may take
 * @param last the last run
 */
record ScaleResult(
    String row,
    long firstMillis,
    long againMillis,
    long limitMillis,
    long limitMebibytes,
    ScaleRun last) {

  private static final long MILLIS = 1_000;
  private static final long MEBIBYTES = 1_024;

  /**
   * Sums up.
   *
   * @param runs the runs in order, at least two
   */
  static ScaleResult of(MeasuredRow row, List<ScaleRun> runs) {
    List<Long> again =
        runs.subList(1, runs.size()).stream().map(ScaleRun::millis).sorted().toList();
    return new ScaleResult(
        row.name().toLowerCase(Locale.ROOT),
        runs.get(0).millis(),
        again.get(again.size() / 2),
        row.seconds() * MILLIS,
        row.heapGibibytes() * MEBIBYTES,
        runs.get(runs.size() - 1));
  }

  String toJson() {
    try {
      return JsonMapper.builder().build().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The result of row " + row + " can't be written.", e);
    }
  }
}
