package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.k8s.read.LeftOut;
import io.tangram.k8s.tree.JsonEmitter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes the summary of a run as JSON, in the form that {@code summary.schema.json} fixes. */
public final class SummaryWriter {

  /** The version of the form. */
  private static final int SCHEMA = 1;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SummaryWriter() {}

  /**
   * Writes the summary.
   *
   * @param peakHeapMib the most memory that objects took at a time, in MiB
   * @param out where to, in UTF-8; flushed, not closed
   * @throws IOException if {@code out} can't be written to
   */
  public static void write(RunReport report, long peakHeapMib, OutputStream out)
      throws IOException {
    emit(summary(report, peakHeapMib), out);
  }

  /**
   * Writes what stands for the summary of a problem that could not be worked on.
   *
   * @param error why, in one line
   * @param out where to, in UTF-8; flushed, not closed
   * @throws IOException if {@code out} can't be written to
   */
  public static void writeError(String error, OutputStream out) throws IOException {
    emit(NODES.objectNode().put("error", error), out);
  }

  private static void emit(ObjectNode tree, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    JsonEmitter.pretty(tree, "", writer);
    writer.append('\n').flush();
  }

  private static ObjectNode summary(RunReport report, long peakHeapMib) {
    AllocationPlan plan = report.plan();
    PlanStatistics statistics = plan.statistics();
    ObjectNode summary = NODES.objectNode();
    summary.put("schema", SCHEMA);
    summary.put("status", plan.status().name());
    summary.put("allocator", plan.allocator());
    summary.put("strategy", statistics.strategy());
    summary.put("seed", report.seed());
    summary
        .putObject("claims")
        .put("held", report.held())
        .put("pending", report.pending())
        .put("allocated", plan.allocations().size())
        .put("unallocated", report.unallocated().size());
    summary
        .putObject("pods")
        .put("pending", report.pendingPods())
        .put("placed", plan.placements().size())
        .put("skipped", report.skippedPods());
    ArrayNode objectives = summary.putArray("objectives");
    plan.objectives().forEach(objective -> objectives.add(objective(objective)));
    summary
        .putObject("size")
        .put("nodes", statistics.nodes())
        .put("devices", statistics.devices())
        .put("deviceClasses", statistics.deviceClasses())
        .put("componentClasses", statistics.componentClasses())
        .put("claimTypes", statistics.claimTypes())
        .put("variables", statistics.variables())
        .put("constraints", statistics.constraints());
    summary
        .putObject("millis")
        .put("read", report.read().toMillis())
        .put("compile", statistics.compile().toMillis())
        .put("solve", statistics.solve().toMillis())
        .put("check", statistics.check().toMillis())
        .put("write", report.write().toMillis())
        .put("total", report.total().toMillis());
    summary.put("peakHeapMiB", peakHeapMib);
    ArrayNode placements = summary.putArray("placements");
    plan.placements()
        .forEach(
            (pod, node) -> placements.addObject().put("pod", pod.toString()).put("node", node));
    putUnplaced(summary.putArray("unplaced"), report);
    putUnallocated(summary.putArray("unallocated"), report);
    report.warnings().forEach(summary.putArray("warnings")::add);
    return summary;
  }

  private static ObjectNode objective(ObjectiveResult objective) {
    ObjectNode tree = NODES.objectNode();
    tree.put("name", objective.name());
    tree.put("tier", objective.tier());
    tree.put("value", objective.value());
    if (objective.bound().isPresent()) {
      tree.put("bound", objective.bound().getAsLong());
      tree.put("gap", objective.gap().orElseThrow());
    } else {
      tree.putNull("bound");
      tree.putNull("gap");
    }
    tree.put("status", objective.status().name());
    return tree;
  }

  private static void putUnplaced(ArrayNode list, RunReport report) {
    report
        .unplaced()
        .forEach((pod, reason) -> putReason(list.addObject().put("pod", pod.toString()), reason));
  }

  private static void putUnallocated(ArrayNode list, RunReport report) {
    report
        .unallocated()
        .forEach(
            (claim, reason) -> {
              ObjectNode entry = list.addObject().put("claim", claim.toString());
              WorkloadId pod = report.onlyUsers().get(claim);
              if (pod != null) {
                entry.put("pod", pod.toString());
              }
              putReason(entry, reason);
            });
  }

  private static void putReason(ObjectNode entry, LeftOut reason) {
    entry.put("reason", reason.code().name()).put("message", reason.message());
  }
}
