package io.tangram.k8s.write;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.PodObject;

/** The pods for which a plan reserves claims: those it places, for each claim they name (R187). */
final class Reservations {

  private final ImmutableListMultimap<ClaimId, PodObject> pods;

  private Reservations(ImmutableListMultimap<ClaimId, PodObject> pods) {
    this.pods = pods;
  }

  static Reservations none() {
    return new Reservations(ImmutableListMultimap.of());
  }

  static Reservations of(Cluster cluster, AllocationPlan plan) {
    ImmutableListMultimap.Builder<ClaimId, PodObject> pods = ImmutableListMultimap.builder();
    for (Workload workload : cluster.problem().workloads()) {
      PodObject pod = cluster.pods().objects().get(workload.id());
      if (pod != null && plan.placements().containsKey(workload.id())) {
        workload.claims().forEach(claim -> pods.put(claim, pod));
      }
    }
    return new Reservations(pods.build());
  }

  /** Returns the pods that are placed with the claim, in input order. */
  ImmutableList<PodObject> of(ClaimId claim) {
    return pods.get(claim);
  }
}
