package io.tangram.solver.diagnose;

import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.Barrier;
import io.tangram.api.device.Device;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.feature.OffFeature;
import java.util.Optional;

/** The published devices behind barriers, whether nodes see them or not. */
final class BarredDevices {

  /**
   * What there would be for a request.
   *
   * @param devices how many devices class and selectors admit
   * @param feature what the first of them would need
   */
  record Matching(int devices, OffFeature feature) {}

  private final AllocationProblem problem;

  BarredDevices(AllocationProblem problem) {
    this.problem = problem;
  }

  /** What there would be for the request, if anything. */
  Optional<Matching> matching(DeviceRequest request) {
    RequestFilter filter = RequestFilter.of(problem, request);
    Optional<Barrier> first = Optional.empty();
    int devices = 0;
    for (ResourceSlice slice : problem.slices()) {
      for (Device device : slice.devices()) {
        if (device.barrier().isPresent() && filter.admits(slice, device)) {
          first = first.or(device::barrier);
          devices++;
        }
      }
    }
    int found = devices;
    return first.map(barrier -> new Matching(found, barrier.feature()));
  }
}
