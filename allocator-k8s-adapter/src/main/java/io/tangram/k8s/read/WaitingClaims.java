package io.tangram.k8s.read;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.ReasonCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the pending claims that pods name, but none that can be placed: nobody allocates them, as
 * kube-scheduler allocates the claims of pods that it places.
 */
final class WaitingClaims {

  private WaitingClaims() {}

  /**
   * Returns why each of them waits.
   *
   * @param pods every pod
   * @param standings the same in the same order
   * @param assembly the workloads made of pods
   * @param pending the claims that are pending
   */
  static ImmutableMap<ClaimId, LeftOut> of(
      List<Pod> pods,
      List<PodStanding> standings,
      WorkloadAssembly assembly,
      Set<ClaimId> pending) {
    ImmutableSet<ClaimId> carried =
        assembly.workloads().stream()
            .flatMap(workload -> workload.claims().stream())
            .collect(ImmutableSet.toImmutableSet());
    ImmutableMap<WorkloadId, LeftOut> podsLeftOut = assembly.leftOut();
    Map<ClaimId, LeftOut> waiting = new LinkedHashMap<>();
    for (int i = 0; i < pods.size(); i++) {
      Pod pod = pods.get(i);
      for (ClaimId claim : standings.get(i).claims()) {
        if (pending.contains(claim) && !carried.contains(claim)) {
          waiting.computeIfAbsent(claim, id -> waitsFor(pod, podsLeftOut));
        }
      }
    }
    return ImmutableMap.copyOf(waiting);
  }

  private static LeftOut waitsFor(Pod pod, Map<WorkloadId, LeftOut> podsLeftOut) {
    LeftOut podLeftOut = podsLeftOut.get(pod.id());
    String why =
        switch (pod.phase()) {
          case GATED -> "has scheduling gates";
          case DELETED -> "is being deleted";
          case FINISHED -> "has finished";
          case BOUND -> "has a node already, so that nobody allocates its claims (R228)";
          case PENDING ->
              podLeftOut == null ? "is not placed" : "stays out: " + podLeftOut.message();
        };
    return new LeftOut(
        podLeftOut == null ? ReasonCode.UNSUPPORTED_CONSTRAINT : podLeftOut.code(),
        "waits for pod " + pod.id() + ", which " + why);
  }
}
