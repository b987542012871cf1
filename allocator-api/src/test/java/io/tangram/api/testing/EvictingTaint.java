package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import java.util.List;
import java.util.stream.Stream;

/**
 * A taint by which no new workload may use a held claim: of effect NoExecute, on a device of the
 * claim, as the newest generation of its pool has it, and not tolerated (R160).
 *
 * @param claim the claim
 * @param device the device
 * @param taint the taint
 */
record EvictingTaint(ClaimId claim, DeviceId device, Taint taint) {

  /** Returns those of a held claim. */
  static ImmutableList<EvictingTaint> of(Allocation held, AllocationProblem problem) {
    return held.devices().stream()
        .flatMap(
            result ->
                taints(result.device(), problem)
                    .filter(taint -> evicts(taint, result))
                    .map(taint -> new EvictingTaint(held.claim(), result.device(), taint)))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean evicts(Taint taint, DeviceAllocation result) {
    return taint.effect() == Taint.Effect.NO_EXECUTE
        && result.tolerations().stream().noneMatch(each -> each.tolerates(taint));
  }

  private static Stream<Taint> taints(DeviceId id, AllocationProblem problem) {
    List<ResourceSlice> slices =
        problem.slices().stream().filter(slice -> slice.pool().equals(id.poolId())).toList();
    long newest = slices.stream().mapToLong(ResourceSlice::generation).max().orElse(0);
    return PoolContents.devicesOf(
            slices.stream().filter(slice -> slice.generation() == newest).toList())
        .stream()
        .filter(device -> device.id().equals(id))
        .limit(1)
        .flatMap(device -> device.device().taints().stream());
  }
}
