package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.claim.Allocation;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.ClaimObject;
import java.time.Instant;

/**
 * Makes claims as kube-scheduler would leave them: an allocated one with its allocation and the
 * finalizer that protects it (R187), any other as it was.
 */
final class AllocatedClaims {

  private static final String FINALIZER = "resource.kubernetes.io/delete-protection";

  private final AllocationPlan plan;
  private final Instant now;
  private final SeededUids uids;

  AllocatedClaims(AllocationPlan plan, Instant now, long seed) {
    this.plan = plan;
    this.now = now;
    uids = new SeededUids(seed);
  }

  /** Returns the tree of the claim, its fields in the order in which Kubernetes shows them. */
  ObjectNode of(ClaimObject claim) {
    ObjectNode tree = claim.tree();
    Allocation allocation = plan.allocations().get(claim.id());
    if (allocation != null) {
      ObjectNode metadata = (ObjectNode) tree.get("metadata");
      if (claim.uid().isEmpty()) {
        metadata.put("uid", uids.of(claim.id()));
      }
      protect(metadata);
      setAllocation(tree, new AllocationTree(tree, now).of(allocation));
    }
    return ordered(tree, "apiVersion", "kind", "metadata", "spec", "status");
  }

  private static void protect(ObjectNode metadata) {
    ArrayNode finalizers =
        metadata.get("finalizers") instanceof ArrayNode list
            ? list
            : metadata.putArray("finalizers");
    for (JsonNode finalizer : finalizers) {
      if (finalizer.asText().equals(FINALIZER)) {
        return;
      }
    }
    finalizers.add(FINALIZER);
  }

  private static void setAllocation(ObjectNode tree, ObjectNode allocation) {
    ObjectNode status =
        tree.get("status") instanceof ObjectNode object ? object : tree.putObject("status");
    status.set("allocation", allocation);
    tree.set("status", ordered(status, "allocation"));
  }

  private static ObjectNode ordered(ObjectNode tree, String... first) {
    ObjectNode ordered = JsonNodeFactory.instance.objectNode();
    for (String field : first) {
      if (tree.has(field)) {
        ordered.set(field, tree.get(field));
      }
    }
    tree.properties()
        .forEach(
            field -> {
              if (!ordered.has(field.getKey())) {
                ordered.set(field.getKey(), field.getValue());
              }
            });
    return ordered;
  }
}
