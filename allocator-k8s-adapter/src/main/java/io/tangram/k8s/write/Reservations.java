package io.tangram.k8s.write;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.PodObject;
import io.tangram.k8s.read.Reservation;

/**
 * For whom a plan reserves claims: for each claim the pods that name it and are placed, or the
 * group that shares it (R187, R229).
 */
final class Reservations {

  private final ImmutableSetMultimap<ClaimId, Reservation> consumers;

  private Reservations(ImmutableSetMultimap<ClaimId, Reservation> consumers) {
    this.consumers = consumers;
  }

  static Reservations none() {
    return new Reservations(ImmutableSetMultimap.of());
  }

  static Reservations of(Cluster cluster, AllocationPlan plan) {
    ImmutableSetMultimap.Builder<ClaimId, Reservation> consumers = ImmutableSetMultimap.builder();
    for (Workload workload : cluster.problem().workloads()) {
      PodObject pod = cluster.pods().objects().get(workload.id());
      if (pod != null && plan.placements().containsKey(workload.id())) {
        workload.claims().forEach(claim -> consumers.put(claim, pod.reservation(claim)));
      }
    }
    return new Reservations(consumers.build());
  }

  /** Returns who uses the claim, in the order of the pods. */
  ImmutableSet<Reservation> of(ClaimId claim) {
    return consumers.get(claim);
  }
}
