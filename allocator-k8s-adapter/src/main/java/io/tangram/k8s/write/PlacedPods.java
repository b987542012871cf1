package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.PodObject;
import org.jspecify.annotations.Nullable;

/**
 * Makes pods as kube-scheduler and the resource claim controller would leave them: a placed one
 * with its node, one for which claims were generated with their names in its status.
 */
final class PlacedPods {

  private final AllocationPlan plan;

  PlacedPods(AllocationPlan plan) {
    this.plan = plan;
  }

  /** Returns whether anything of the pod changes. */
  boolean changes(PodObject pod) {
    return node(pod) != null || !pod.generated().isEmpty();
  }

  private @Nullable String node(PodObject pod) {
    return plan.placements().get(pod.id());
  }

  /** Returns the tree of the pod. */
  ObjectNode of(PodObject pod) {
    ObjectNode tree = pod.tree();
    ((ObjectNode) tree.get("metadata")).put("uid", pod.uid());
    String node = node(pod);
    if (node != null) {
      ((ObjectNode) tree.get("spec")).put("nodeName", node);
    }
    if (!pod.generated().isEmpty()) {
      ArrayNode statuses = Trees.list(Trees.object(tree, "status"), "resourceClaimStatuses");
      for (JsonNode entry : tree.path("spec").path("resourceClaims")) {
        String name = entry.path("name").asText();
        String claim = pod.generated().get(name);
        if (claim != null) {
          statuses.addObject().put("name", name).put("resourceClaimName", claim);
        }
      }
    }
    return Trees.ofObject(tree);
  }
}
