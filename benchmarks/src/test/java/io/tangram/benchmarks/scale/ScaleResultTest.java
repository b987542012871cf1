package io.tangram.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleResultTest {

  private static final String SUMMARY =
      """
      {"strategy": "patterns", "claims": {"pending": 94, "allocated": 90}, "size": {"devices": 832},
       "objectives": [
         {"name": "admission", "gap": 0.0},
         {"name": "preference", "gap": 0.125},
         {"name": "fit", "gap": null}],
       "millis": {"read": 1, "compile": 2, "solve": 3, "check": 4, "write": 5, "total": 15},
       "peakHeapMiB": 21}
      """;

  @Test
  void readsWhatTheCommandSaysOfARun() throws JsonProcessingException {
    JsonNode summary = JsonMapper.builder().build().readTree(SUMMARY);

    ScaleRun run = ScaleRun.of(summary, Duration.ofMillis(123));

    assertThat(run)
        .isEqualTo(
            new ScaleRun(
                832,
                94,
                90,
                "preference within 12.50 %, fit without bound",
                "patterns",
                new ScaleRun.Phases(1, 2, 3, 4, 5),
                123,
                21));
    assertThat(ScaleRun.parse(run.toJson())).isEqualTo(run);
  }

  @Test
  void takesTheMedianOfTheRunsAfterTheFirst() {
    List<ScaleRun> runs = List.of(run(800), run(900), run(70), run(500), run(60));

    ScaleResult result = ScaleResult.of(CommandRow.COMMAND_1000_JSON, runs);

    assertThat(result)
        .isEqualTo(
            new ScaleResult(
                "command_1000_json", 800, 900, 70, ImmutableList.of(), 20_000, 3_072, run(60)));
  }

  @Test
  void marksWhichRunsTookLongerThanTheyMay() {
    ScaleRun early = run(20_000);
    ScaleRun late = run(20_001);

    assertThat(inTime(early, early, early)).isEqualTo("yes");
    assertThat(inTime(late, early, early)).isEqualTo("NO: once");
    assertThat(inTime(early, late, early)).isEqualTo("NO: first");
    assertThat(inTime(early, late, late)).isEqualTo("NO: first, again");
  }

  @Test
  void aRunWithoutPlanIsNotInTimeHoweverShort() {
    ScaleRun late = ScaleRun.late(Duration.ofSeconds(19), 0);

    assertThat(inTime(late, run(60), run(60))).isEqualTo("NO: once");
    assertThat(inTime(run(60), run(60), late)).isEqualTo("NO: again");
  }

  private static String inTime(ScaleRun once, ScaleRun first, ScaleRun again) {
    return ScaleResult.of(CommandRow.COMMAND_1000_JSON, List.of(once, first, again)).inTime();
  }

  private static ScaleRun run(long millis) {
    return new ScaleRun(
        832, 94, 90, "proven", "patterns", new ScaleRun.Phases(1, 2, 3, 4, 5), millis, 21);
  }
}
