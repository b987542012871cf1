package io.tangram.benchmarks.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a row came to.
 *
 * @param row the row's name
 * @param onceMillis time of a run in a process set up to allocate once
 * @param firstMillis time of the first run in a process that goes on
 * @param againMillis median time of the runs after it
 * @param late which of these did not come to a plan in the time they may take
 * @param limitMillis what a run may take
 * @param limitMebibytes the heap it may take
 * @param last the last run
 */
record ScaleResult(
    String row,
    long onceMillis,
    long firstMillis,
    long againMillis,
    ImmutableList<String> late,
    long limitMillis,
    long limitMebibytes,
    ScaleRun last) {

  /**
   * Sums up.
   *
   * @param runs the runs in order, at least three
   */
  static ScaleResult of(MeasuredRow row, List<ScaleRun> runs) {
    ScaleRun once = runs.get(0);
    ScaleRun first = runs.get(1);
    List<ScaleRun> again =
        runs.stream().skip(2).sorted(Comparator.comparingLong(ScaleRun::millis)).toList();
    ScaleRun median = again.get(again.size() / 2);
    ImmutableList.Builder<String> late = ImmutableList.builder();
    ImmutableMap.of("once", once, "first", first, "again", median)
        .forEach(
            (name, run) -> {
              if (!run.isInTime(row.allowance())) {
                late.add(name);
              }
            });
    return new ScaleResult(
        row.name().toLowerCase(Locale.ROOT),
        once.millis(),
        first.millis(),
        median.millis(),
        late.build(),
        row.allowance().time().toMillis(),
        row.allowance().heapMebibytes(),
        runs.get(runs.size() - 1));
  }

  /** Says whether the row kept to its time, or which of its runs did not. */
  String inTime() {
    return late.isEmpty() ? "yes" : "NO: " + String.join(", ", late);
  }

  String toJson() {
    try {
      return JsonMapper.builder().build().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The result of row " + row + " can't be written.", e);
    }
  }
}
