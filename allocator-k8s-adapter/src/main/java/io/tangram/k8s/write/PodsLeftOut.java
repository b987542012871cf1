package io.tangram.k8s.write;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.LinkedListMultimap;
import com.google.common.collect.ListMultimap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;
import io.tangram.k8s.read.Cluster;
import io.tangram.k8s.read.LeftOut;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells of pods that stay out, above all where the list of claims that stay out doesn't: the
 * allocator was not asked about the pod, or none of its claims is in the list.
 */
public final class PodsLeftOut {

  /** How many are told of one by one for a reason; of more, how many there are. */
  private static final int TOLD = 10;

  private PodsLeftOut() {}

  /** Returns every pending pod that stays out, with the reason. */
  public static ImmutableMap<WorkloadId, LeftOut> all(Cluster cluster, AllocationPlan plan) {
    return leftOut(cluster, plan, workload -> true);
  }

  /** Returns those of which the claims that stay out don't tell, with their reasons. */
  public static ImmutableMap<WorkloadId, LeftOut> beside(Cluster cluster, AllocationPlan plan) {
    ImmutableSet<ClaimId> told = plan.unallocated().keySet();
    return leftOut(cluster, plan, workload -> workload.claims().stream().noneMatch(told::contains));
  }

  private static ImmutableMap<WorkloadId, LeftOut> leftOut(
      Cluster cluster, AllocationPlan plan, Predicate<Workload> among) {
    ImmutableMap.Builder<WorkloadId, LeftOut> pods = ImmutableMap.builder();
    pods.putAll(cluster.pods().leftOut());
    for (Workload workload : cluster.problem().workloads()) {
      Reason reason = plan.unplaced().get(workload.id());
      if (reason != null && among.test(workload)) {
        pods.put(workload.id(), LeftOut.of(reason));
      }
    }
    return pods.buildOrThrow();
  }

  /** Returns a line for each of them, fewer where there are very many. */
  public static ImmutableList<String> warnings(Map<WorkloadId, LeftOut> pods) {
    ListMultimap<ReasonCode, String> lines = LinkedListMultimap.create();
    pods.forEach(
        (pod, reason) ->
            lines.put(
                reason.code(),
                "pod " + pod + " stays out: " + reason.code() + ": " + reason.message()));
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    for (Map.Entry<ReasonCode, Collection<String>> each : lines.asMap().entrySet()) {
      warnings.addAll(Iterables.limit(each.getValue(), TOLD));
      int others = each.getValue().size() - TOLD;
      if (others > 0) {
        warnings.add(others + " more pods stay out: " + each.getKey());
      }
    }
    return warnings.build();
  }
}
