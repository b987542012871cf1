package io.tangram.solver.reference;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;

/** Devices in use that are published no more: nobody knows what they draw on (R116). */
final class VanishedDevices {

  /** A generation of a pool. */
  private record Generation(PoolId pool, long number) {}

  private final SetMultimap<PoolId, String> held = HashMultimap.create();
  private final SetMultimap<Generation, String> published = HashMultimap.create();

  VanishedDevices(AllocationProblem problem) {
    if (problem.vanishedDevicesAreFree()) {
      return;
    }
    for (Allocation allocation : problem.held()) {
      for (DeviceAllocation result : allocation.devices()) {
        if (!result.adminAccess()) {
          held.put(result.device().poolId(), result.device().device());
        }
      }
    }
    for (ResourceSlice slice : problem.slices()) {
      Generation generation = new Generation(slice.pool(), slice.generation());
      slice.devices().forEach(device -> published.put(generation, device.name()));
    }
  }

  /** Whether nobody knows what is left of the counters of the pool. */
  boolean areIn(ReferencePool pool) {
    return held.containsKey(pool.id())
        && !published
            .get(new Generation(pool.id(), pool.generation()))
            .containsAll(held.get(pool.id()));
  }
}
