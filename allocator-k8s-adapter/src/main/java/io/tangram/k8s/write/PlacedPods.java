package io.tangram.k8s.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.ConsumingDevices;
import io.tangram.k8s.read.ExtendedUse;
import io.tangram.k8s.read.PodObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes pods as kube-scheduler and the resource claim controller would leave them: a placed one
 * with its node, one for which claims were generated with their names in its status, one with
 * devices for extended resources with who has which (R220), one whose devices take something of the
 * node with what they take (R239).
 */
final class PlacedPods {

  private static final String SCHEDULED = "PodScheduled";

  private final AllocationPlan plan;
  private final Instant now;
  private final ConsumedOfNodes consumed;
  private final ImmutableMap<ClaimId, Allocation> held;
  private final ImmutableMap<WorkloadId, Workload> claims;

  /**
   * Starts from a plan.
   *
   * @param cluster what the plan is for
   * @param plan what was allocated and placed
   * @param now when; written in whole seconds
   */
  PlacedPods(Cluster cluster, AllocationPlan plan, Instant now) {
    this.plan = plan;
    consumed =
        new ConsumedOfNodes(
            ConsumingDevices.of(cluster.problem().slices(), cluster.features()),
            cluster.features().version().minor() < 37);
    held = Maps.uniqueIndex(cluster.problem().held(), Allocation::claim);
    claims = Maps.uniqueIndex(cluster.problem().workloads(), Workload::id);
    this.now = now;
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
      setScheduled(Trees.list(Trees.object(tree, "status"), "conditions"));
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
    pod.extended().ifPresent(extended -> setExtended(extended, tree));
    if (node != null) {
      setConsumed(pod, tree);
    }
    return Trees.ofObject(tree);
  }

  private void setConsumed(PodObject pod, ObjectNode tree) {
    ArrayNode entries = tree.arrayNode();
    Workload workload = claims.get(pod.id());
    List<ClaimId> ids = workload == null ? List.of() : workload.claims();
    ids.stream()
        .sorted()
        .forEach(
            claim -> {
              Allocation allocation = held.getOrDefault(claim, plan.allocations().get(claim));
              if (allocation != null) {
                consumed.entry(allocation, pod.containers().get(claim)).ifPresent(entries::add);
              }
            });
    if (!entries.isEmpty()) {
      Trees.object(tree, "status").set("nodeAllocatableResourceClaimStatuses", entries);
    }
  }

  private void setExtended(PodObject.Extended extended, ObjectNode tree) {
    Allocation allocation = plan.allocations().get(extended.claim());
    if (allocation == null || allocation.devices().isEmpty()) {
      return;
    }
    Set<String> answered =
        allocation.devices().stream()
            .map(DeviceAllocation::request)
            .collect(ImmutableSet.toImmutableSet());
    ObjectNode status = tree.objectNode();
    ArrayNode mappings = status.putArray("requestMappings");
    for (ExtendedUse use : extended.uses()) {
      if (answered.contains(use.request())) {
        mappings
            .addObject()
            .put("containerName", use.container())
            .put("resourceName", use.resource())
            .put("requestName", use.request());
      }
    }
    status.put("resourceClaimName", extended.claim().name());
    Trees.object(tree, "status").set("extendedResourceClaimStatus", status);
  }

  /** The condition that the API server sets when a pod is bound, in place of why it had to wait. */
  private void setScheduled(ArrayNode conditions) {
    ObjectNode scheduled = conditions.objectNode();
    scheduled.putNull("lastProbeTime");
    scheduled.put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
    scheduled.put("status", "True");
    scheduled.put("type", SCHEDULED);
    for (int i = 0; i < conditions.size(); i++) {
      if (conditions.get(i).path("type").asText().equals(SCHEDULED)) {
        conditions.set(i, scheduled);
        return;
      }
    }
    conditions.add(scheduled);
  }
}
