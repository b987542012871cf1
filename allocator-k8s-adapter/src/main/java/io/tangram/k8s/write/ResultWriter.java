package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.ClaimObject;
import io.tangram.k8s.tree.JsonEmitter;
import io.tangram.k8s.tree.YamlEmitter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Writes the result of a plan: every claim of the input in input order, the allocated ones with
 * what kube-scheduler would write. One claim is held as a tree at a time.
 */
public final class ResultWriter {

  private final List<ClaimObject> claims;
  private final AllocatedClaims allocated;

  /**
   * Makes a writer.
   *
   * @param claims the claims of the input
   * @param plan what was allocated to them
   * @param now when; written in whole seconds
   * @param seed what uids that are missing are made from
   */
  public ResultWriter(List<ClaimObject> claims, AllocationPlan plan, Instant now, long seed) {
    this.claims = claims;
    allocated = new AllocatedClaims(plan, now, seed);
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
    out.write("apiVersion: v1\nkind: List\nitems:" + (claims.isEmpty() ? " []\n" : "\n"));
    YamlEmitter emitter = new YamlEmitter(out);
    for (ClaimObject claim : claims) {
      emitter.entry(allocated.of(claim));
    }
  }

  private void json(Writer out) throws IOException {
    out.write("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\",\n  \"items\": [");
    String separator = "\n    ";
    for (ClaimObject claim : claims) {
      out.write(separator);
      JsonEmitter.pretty(allocated.of(claim), "    ", out);
      separator = ",\n    ";
    }
    out.write(claims.isEmpty() ? "]\n}\n" : "\n  ]\n}\n");
  }

  private void ndjson(Writer out) throws IOException {
    for (ClaimObject claim : claims) {
      ObjectNode tree = allocated.of(claim);
      out.write(JsonEmitter.compact(tree));
      out.write('\n');
    }
  }
}
