package io.tangram.solver.compile;

import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.Reason;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Held claims that are to be vacated: one of their devices has a NoExecute taint that they don't
 * tolerate, so that no new workload may use them (R160). Devices are as the newest generation of
 * their pool publishes them.
 */
final class HeldTaints {

  private final Map<ClaimId, Reason> reasons = new HashMap<>();

  private HeldTaints() {}

  /** Looks at the claims that workloads of the problem reference. */
  static HeldTaints of(AllocationProblem problem) {
    Set<ClaimId> referenced = new HashSet<>();
    for (Workload workload : problem.workloads()) {
      referenced.addAll(workload.claims());
    }
    List<Allocation> held =
        problem.held().stream().filter(each -> referenced.contains(each.claim())).toList();
    HeldTaints taints = new HeldTaints();
    Map<DeviceId, Device> published = published(problem, held);
    for (Allocation allocation : held) {
      reason(allocation, published)
          .ifPresent(reason -> taints.reasons.put(allocation.claim(), reason));
    }
    return taints;
  }

  /** The devices of these allocations, as far as they are published. */
  private static Map<DeviceId, Device> published(AllocationProblem problem, List<Allocation> held) {
    Set<DeviceId> wanted = new HashSet<>();
    Map<PoolId, Long> newest = new HashMap<>();
    for (Allocation allocation : held) {
      for (DeviceAllocation result : allocation.devices()) {
        wanted.add(result.device());
        newest.put(result.device().poolId(), Long.MIN_VALUE);
      }
    }
    for (ResourceSlice slice : problem.slices()) {
      newest.computeIfPresent(slice.pool(), (pool, most) -> Math.max(most, slice.generation()));
    }
    Map<DeviceId, Device> published = new HashMap<>();
    problem.slices().stream()
        .filter(slice -> Long.valueOf(slice.generation()).equals(newest.get(slice.pool())))
        .sorted(Comparator.comparing(ResourceSlice::name))
        .forEach(
            slice ->
                slice
                    .devices()
                    .forEach(
                        device -> {
                          DeviceId id = slice.idOf(device);
                          if (wanted.contains(id)) {
                            published.putIfAbsent(id, device);
                          }
                        }));
    return published;
  }

  private static Optional<Reason> reason(Allocation allocation, Map<DeviceId, Device> published) {
    for (DeviceAllocation result : allocation.devices()) {
      Device device = published.get(result.device());
      if (device != null) {
        for (Taint taint : device.taints()) {
          if (taint.effect() == Taint.Effect.NO_EXECUTE
              && result.tolerations().stream().noneMatch(each -> each.tolerates(taint))) {
            return Optional.of(new Reason.ClaimTainted(allocation.claim(), result.device(), taint));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Why the workload may not be placed, if one of its claims is to be vacated. */
  Optional<Reason> reason(Workload workload) {
    return workload.claims().stream().filter(reasons::containsKey).map(reasons::get).findFirst();
  }
}
