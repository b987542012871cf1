package io.tangram.k8s.write;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.SetMultimap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.PodStanding;

/** Which pending pods use a claim. */
public final class ClaimUsers {

  private ClaimUsers() {}

  /** Returns the pod of each claim that stands for extended resources of it. */
  public static ImmutableMap<ClaimId, WorkloadId> ofExtended(Cluster cluster) {
    ImmutableMap.Builder<ClaimId, WorkloadId> pods = ImmutableMap.builder();
    cluster
        .pods()
        .objects()
        .forEach((id, pod) -> pod.extended().ifPresent(each -> pods.put(each.claim(), id)));
    return pods.buildOrThrow();
  }

  /** Returns the pod of each claim that exactly one pending pod uses. */
  public static ImmutableMap<ClaimId, WorkloadId> only(Cluster cluster) {
    SetMultimap<ClaimId, WorkloadId> users = HashMultimap.create();
    for (Workload workload : cluster.problem().workloads()) {
      workload.claims().forEach(claim -> users.put(claim, workload.id()));
    }
    for (PodStanding pod : cluster.pods().standings()) {
      if (cluster.pods().leftOut().containsKey(pod.id())) {
        pod.claims().forEach(claim -> users.put(claim, pod.id()));
      }
    }
    ImmutableMap.Builder<ClaimId, WorkloadId> only = ImmutableMap.builder();
    users
        .asMap()
        .forEach(
            (claim, pods) -> {
              if (pods.size() == 1) {
                only.put(claim, pods.iterator().next());
              }
            });
    return only.buildOrThrow();
  }
}
