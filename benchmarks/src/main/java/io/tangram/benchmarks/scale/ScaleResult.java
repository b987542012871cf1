package io.tangram.benchmarks.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tangram.api.AllocationProblem;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a row came to.
 *
 * @param row the row's name
 * @param devices devices published
 * @param claims claims pending
 * @param allocated claims allocated
 * @param gaps what is not proven, with its relative gap; {@code proven} if all is
 * @param strategy the formulation
 * @param compileMillis time to compile, of the last run
 * @param solveMillis time to solve
 * @param checkMillis time to check
 * @param firstMillis time of the first run from the problem to the checked plan
 * @param againMillis time of the last run
 * @param limitMillis what the row may take
 * @param peakMebibytes the most heap in use, garbage included
 */
record ScaleResult(
    String row,
    int devices,
    int claims,
    int allocated,
    String gaps,
    String strategy,
    long compileMillis,
    long solveMillis,
    long checkMillis,
    long firstMillis,
    long againMillis,
    long limitMillis,
    long peakMebibytes) {

  private static final int MILLIS = 1_000;

  static ScaleResult of(
      ScaleRow row, AllocationProblem problem, AllocationPlan plan, List<Long> millis, long peak) {
    return new ScaleResult(
        row.name().toLowerCase(Locale.ROOT),
        plan.statistics().devices(),
        problem.claims().size(),
        plan.allocations().size(),
        gaps(plan),
        plan.statistics().strategy(),
        plan.statistics().compile().toMillis(),
        plan.statistics().solve().toMillis(),
        plan.statistics().check().toMillis(),
        millis.get(0),
        millis.get(millis.size() - 1),
        (long) row.seconds() * MILLIS,
        peak);
  }

  private static String gaps(AllocationPlan plan) {
    String gaps =
        plan.objectives().stream()
            .filter(each -> each.gap().orElse(1) > 0)
            .map(ScaleResult::gap)
            .collect(Collectors.joining(", "));
    return gaps.isEmpty() ? "proven" : gaps;
  }

  private static String gap(ObjectiveResult result) {
    return result.gap().isPresent()
        ? String.format(Locale.ROOT, "%s %.2f %%", result.name(), 100 * result.gap().getAsDouble())
        : result.name() + " unknown";
  }

  String toJson() {
    try {
      return JsonMapper.builder().build().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The result of row " + row + " can't be written.", e);
    }
  }

  static ScaleResult parse(String json) {
    try {
      return JsonMapper.builder().build().readValue(json, ScaleResult.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The row printed no result but " + json, e);
    }
  }
}
