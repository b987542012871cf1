package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.ClaimObject;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.YamlEmitter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes the result of a plan: every claim of the input in input order, the allocated ones with
 * what kube-scheduler would write; then the claims generated for pods, those for extended resources
 * only with devices; then, if asked for, the pods that changed. One object is held as a tree at a
 * time.
 */
public final class ResultWriter {

  private final List<Supplier<ObjectNode>> objects = new ArrayList<>();

  /**
   * Makes a writer of claims that no pod uses.
   *
   * @param claims the claims of the input
   * @param plan what was allocated to them
   * @param now when; written in whole seconds
   * @param seed what uids that are missing are made from
   */
  public ResultWriter(List<ClaimObject> claims, AllocationPlan plan, Instant now, long seed) {
    add(claims, new AllocatedClaims(plan, Reservations.none(), now, seed));
  }

  /**
   * Makes a writer.
   *
   * @param cluster what was read
   * @param plan what was allocated and placed
   * @param now when; written in whole seconds
   * @param seed what uids that are missing are made from, as the cluster was read with it
   * @param withPods whether the pods that change are written too
   */
  public ResultWriter(
      Cluster cluster, AllocationPlan plan, Instant now, long seed, boolean withPods) {
    add(cluster.claims(), new AllocatedClaims(plan, Reservations.of(cluster, plan), now, seed));
    if (withPods) {
      PlacedPods placed = new PlacedPods(cluster, plan, now);
      cluster.pods().objects().values().stream()
          .filter(placed::changes)
          .forEach(pod -> objects.add(() -> placed.of(pod)));
    }
  }

  private void add(List<ClaimObject> claims, AllocatedClaims allocated) {
    claims.stream()
        .filter(allocated::isThere)
        .forEach(claim -> objects.add(() -> allocated.of(claim)));
  }

  /**
   * Writes the result in UTF-8.
   *
   * @param out where to; flushed, not closed
   * @throws IOException if {@code out} can't be written to
   */
  public void write(ResultFormat format, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    switch (format) {
      case YAML -> yaml(writer);
      case JSON -> json(writer);
      case NDJSON -> ndjson(writer);
      case NONE -> {}
    }
    writer.flush();
  }

  private void yaml(Writer out) throws IOException {
    out.write("apiVersion: v1\nkind: List\nitems:" + (objects.isEmpty() ? " []\n" : "\n"));
    YamlEmitter emitter = new YamlEmitter(out);
    for (Supplier<ObjectNode> object : objects) {
      emitter.entry(object.get());
    }
  }

  private void json(Writer out) throws IOException {
    out.write("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [");
    String separator = "\n    ";
    for (Supplier<ObjectNode> object : objects) {
      out.write(separator);
      JsonEmitter.pretty(object.get(), "    ", out);
      separator = ",\n    ";
    }
    out.write(objects.isEmpty() ? "]\n}\n" : "\n  ]\n}\n");
  }

  private void ndjson(Writer out) throws IOException {
    for (Supplier<ObjectNode> object : objects) {
      out.write(JsonEmitter.compact(object.get()));
      out.write('\n');
    }
  }
}
