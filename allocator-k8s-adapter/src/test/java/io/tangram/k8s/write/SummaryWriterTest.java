package io.tangram.k8s.write;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.Precedence;
import io.tangram.api.plan.Reason;
import io.tangram.k8s.read.LeftOut;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SummaryWriterTest {

  private static String summary() throws IOException {
    WorkloadId tardy = new WorkloadId("team-a", "tardy");
    RunReport report =
        RunReport.builder()
            .plan(Plans.plan())
            .putUnplaced(
                tardy, LeftOut.of(new Reason.Outranked(Precedence.UNKNOWN, ImmutableList.of())))
            .putOnlyUsers(Plans.LATE, tardy)
            .held(3)
            .seed(7)
            .read(Duration.ofMillis(50))
            .write(Duration.ofMillis(6))
            .total(Duration.ofMillis(400))
            .warnings(ImmutableList.of("a warning"))
            .build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SummaryWriter.write(report, 99, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void writesTheFormOfTheContract() throws IOException {
    assertThat(summary())
        .isEqualTo(
            """
            {
              "schema": 1,
              "status": "FEASIBLE",
              "allocator": "optimal",
              "strategy": "patterns",
              "seed": 7,
              "claims": {
                "held": 3,
                "pending": 2,
                "allocated": 1,
                "unallocated": 1
              },
              "pods": {
                "pending": 0,
                "placed": 0,
                "skipped": 0
              },
              "objectives": [
                {
                  "name": "admission",
                  "tier": 0,
                  "value": 1,
                  "bound": 2,
                  "gap": 1.0,
                  "status": "FEASIBLE"
                },
                {
                  "name": "fit",
                  "tier": 0,
                  "value": 250000,
                  "bound": null,
                  "gap": null,
                  "status": "FEASIBLE"
                }
              ],
              "size": {
                "nodes": 4,
                "devices": 832,
                "deviceClasses": 27,
                "componentClasses": 3,
                "claimTypes": 6,
                "variables": 158,
                "constraints": 24
              },
              "millis": {
                "read": 50,
                "compile": 20,
                "solve": 300,
                "check": 4,
                "write": 6,
                "total": 400
              },
              "peakHeapMiB": 99,
              "placements": [],
              "unplaced": [
                {
                  "pod": "team-a/tardy",
                  "reason": "OUTRANKED",
                  "message": "would fit alone, but others were admitted in its place"
                }
              ],
              "unallocated": [
                {
                  "claim": "team-a/late",
                  "pod": "team-a/tardy",
                  "reason": "OUTRANKED",
                  "message": "would fit alone, but others were admitted in its place"
                }
              ],
              "warnings": [
                "a warning"
              ]
            }
            """);
  }

  @Test
  void keepsToItsSchema() throws IOException {
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    SummaryWriter.writeError("a.yaml: line 1: kind: is required", error);

    assertThat(SummarySchema.complaints(summary())).isEmpty();
    assertThat(SummarySchema.complaints(error.toString(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void schemaIsOne() throws IOException {
    assertThat(SummarySchema.ownComplaints()).isEmpty();
  }

  @Test
  void schemaRefusesOtherForms() throws IOException {
    assertThat(SummarySchema.complaints(summary().replace("\"seed\": 7", "\"seed\": \"7\"")))
        .isNotEmpty();
    assertThat(SummarySchema.complaints(summary().replace("OUTRANKED", "UNLUCKY"))).isNotEmpty();
    assertThat(SummarySchema.complaints(summary().replace("\"held\"", "\"hold\""))).isNotEmpty();
    assertThat(SummarySchema.complaints("{}")).isNotEmpty();
  }
}
