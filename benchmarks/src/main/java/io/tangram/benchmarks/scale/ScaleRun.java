package io.tangram.benchmarks.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.Streams;
import io.tangram.api.AllocationProblem;
import io.tangram.api.plan.AllocationPlan;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one run of a row came to.
 *
 * @param devices devices published
 * @param claims claims pending
 * @param allocated claims allocated
 * @param proof {@code proven} where every objective is shown to be the best there is; else those
 *     that are not, each with how far away the best may be, in parts of the value reached: {@code
 *     fit within 0.17 %}, or {@code fit without bound} where nobody knows
 * @param strategy the formulation
 * @param phases what took how long
 * @param millis time of all of it
 * @param heapMebibytes the most heap in use until its end, garbage included
 */
record ScaleRun(
    int devices,
    int claims,
    int allocated,
    String proof,
    String strategy,
    Phases phases,
    long millis,
    long heapMebibytes) {

  /** The proof of a run that came to no plan. */
  private static final String NO_PLAN = "no plan in time";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Milliseconds; a problem in memory is neither read nor written. */
  record Phases(long read, long compile, long solve, long check, long write) {

    static final Phases NONE = new Phases(0, 0, 0, 0, 0);

    @Override
    public String toString() {
      return Stream.of(read, compile, solve, check, write)
          .map(String::valueOf)
          .collect(Collectors.joining(" + "));
    }
  }

  /** Returns what a run came to that had not compiled its problem when its time was over. */
  static ScaleRun late(Duration took, long heapMebibytes) {
    return new ScaleRun(0, 0, 0, NO_PLAN, "none", Phases.NONE, took.toMillis(), heapMebibytes);
  }

  /** Whether it came to a plan, and that in the time it may take. */
  boolean isInTime(Allowance allowance) {
    return !proof.equals(NO_PLAN) && millis <= allowance.time().toMillis();
  }

  static ScaleRun of(
      AllocationProblem problem, AllocationPlan plan, Duration took, long heapMebibytes) {
    return new ScaleRun(
        plan.statistics().devices(),
        problem.claims().size(),
        plan.allocations().size(),
        proof(plan.objectives().stream().map(each -> gap(each.name(), each.gap()))),
        plan.statistics().strategy(),
        new Phases(
            0,
            plan.statistics().compile().toMillis(),
            plan.statistics().solve().toMillis(),
            plan.statistics().check().toMillis(),
            0),
        took.toMillis(),
        heapMebibytes);
  }

  /** Reads the summary that {@code tangram allocate} has written. */
  static ScaleRun of(JsonNode summary, Duration took) {
    JsonNode millis = summary.required("millis");
    return new ScaleRun(
        summary.required("size").required("devices").intValue(),
        summary.required("claims").required("pending").intValue(),
        summary.required("claims").required("allocated").intValue(),
        proof(
            Streams.stream(summary.required("objectives"))
                .map(each -> gap(each.required("name").textValue(), gap(each)))),
        summary.required("strategy").textValue(),
        new Phases(
            millis.required("read").longValue(),
            millis.required("compile").longValue(),
            millis.required("solve").longValue(),
            millis.required("check").longValue(),
            millis.required("write").longValue()),
        took.toMillis(),
        summary.required("peakHeapMiB").longValue());
  }

  private static OptionalDouble gap(JsonNode objective) {
    JsonNode gap = objective.required("gap");
    return gap.isNull() ? OptionalDouble.empty() : OptionalDouble.of(gap.doubleValue());
  }

  private static Optional<String> gap(String objective, OptionalDouble gap) {
    if (gap.isEmpty()) {
      return Optional.of(objective + " without bound");
    }
    double percent = 100 * gap.getAsDouble();
    return percent > 0
        ? Optional.of(String.format(Locale.ROOT, "%s within %.2f %%", objective, percent))
        : Optional.empty();
  }

  private static String proof(Stream<Optional<String>> gaps) {
    String open = gaps.flatMap(Optional::stream).collect(Collectors.joining(", "));
    return open.isEmpty() ? "proven" : open;
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The run can't be written: " + this, e);
    }
  }

  static ScaleRun parse(String json) {
    try {
      return JSON.readValue(json, ScaleRun.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A run printed no result but " + json, e);
    }
  }
}
