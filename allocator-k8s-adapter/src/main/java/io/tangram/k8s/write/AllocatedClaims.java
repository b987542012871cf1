package io.tangram.k8s.write;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.ClaimObject;
import io.tangram.k8s.read.Reservation;
import io.tangram.k8s.read.SeededUids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Makes claims as kube-scheduler would leave them: an allocated one with its allocation and the
 * finalizer that protects it, one whose pods are placed with their reservations (R187), any other
 * as it was. A claim for extended resources is made with its devices, for those requests that its
 * node doesn't serve itself, or not at all (R216, R217).
 */
final class AllocatedClaims {

  private static final String FINALIZER = "resource.kubernetes.io/delete-protection";
  private static final JsonPointer REQUESTS = JsonPointer.compile("/spec/devices/requests");

  private final AllocationPlan plan;
  private final Reservations reservations;
  private final Instant now;
  private final SeededUids uids;

  AllocatedClaims(AllocationPlan plan, Reservations reservations, Instant now, long seed) {
    this.plan = plan;
    this.reservations = reservations;
    this.now = now;
    uids = new SeededUids(seed);
  }

  /** Returns whether there is such a claim once the plan is carried out. */
  boolean isThere(ClaimObject claim) {
    Allocation allocation = plan.allocations().get(claim.id());
    return !isMadeByPlan(claim) || (allocation != null && !allocation.devices().isEmpty());
  }

  private static boolean isMadeByPlan(ClaimObject claim) {
    return claim.isGenerated() && claim.isExtended();
  }

  /** Returns the tree of the claim, its fields in the order in which Kubernetes shows them. */
  ObjectNode of(ClaimObject claim) {
    ObjectNode tree = claim.tree();
    ObjectNode metadata = (ObjectNode) tree.get("metadata");
    if (claim.isGenerated()) {
      metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
    Allocation allocation = plan.allocations().get(claim.id());
    if (allocation != null && isMadeByPlan(claim)) {
      keepAnswered((ArrayNode) tree.at(REQUESTS), allocation);
    }
    if (allocation != null) {
      if (claim.uid().isEmpty()) {
        metadata.put("uid", uids.of(claim.id()));
      }
      protect(metadata);
      setAllocation(tree, new AllocationTree(tree, now).of(allocation));
    }
    for (Reservation reservation : reservations.of(claim.id())) {
      reserve(Trees.list(Trees.object(tree, "status"), "reservedFor"), reservation);
    }
    return Trees.ofObject(tree);
  }

  private static void keepAnswered(ArrayNode requests, Allocation allocation) {
    Set<String> answered =
        allocation.devices().stream()
            .map(DeviceAllocation::request)
            .collect(ImmutableSet.toImmutableSet());
    for (int i = requests.size() - 1; i >= 0; i--) {
      if (!answered.contains(requests.get(i).path("name").asText())) {
        requests.remove(i);
      }
    }
  }

  private static void protect(ObjectNode metadata) {
    ArrayNode finalizers = Trees.list(metadata, "finalizers");
    for (JsonNode finalizer : finalizers) {
      if (finalizer.asText().equals(FINALIZER)) {
        return;
      }
    }
    finalizers.add(FINALIZER);
  }

  private static void setAllocation(ObjectNode tree, ObjectNode allocation) {
    ObjectNode status = Trees.object(tree, "status");
    status.set("allocation", allocation);
    tree.set("status", Trees.ordered(status, "allocation"));
  }

  private static void reserve(ArrayNode reservedFor, Reservation reservation) {
    for (JsonNode entry : reservedFor) {
      if (entry.path("uid").asText().equals(reservation.uid())) {
        return;
      }
    }
    ObjectNode entry = reservedFor.addObject();
    if (!reservation.apiGroup().isEmpty()) {
      entry.put("apiGroup", reservation.apiGroup());
    }
    entry
        .put("resource", reservation.resource())
        .put("name", reservation.name())
        .put("uid", reservation.uid());
  }
}
