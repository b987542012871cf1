package io.tangram.solver.diagnose;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelector.Outcome;
import io.tangram.api.device.ResourceSlice;

/**
 * Class and selectors of a request, for devices that no allocator looks at.
 *
 * @param selectors those of the class first
 */
record RequestFilter(ImmutableList<DeviceSelector> selectors) {

  static RequestFilter of(AllocationProblem problem, DeviceRequest request) {
    ImmutableList.Builder<DeviceSelector> all = ImmutableList.builder();
    for (DeviceClass each : problem.deviceClasses()) {
      if (each.name().equals(request.deviceClass())) {
        all.addAll(each.selectors());
      }
    }
    return new RequestFilter(all.addAll(request.selectors()).build());
  }

  /** Whether all of them want a device of the slice; one that fails doesn't. */
  boolean admits(ResourceSlice slice, Device device) {
    return selectors.stream()
        .allMatch(
            selector ->
                selector.defect().isEmpty()
                    && selector.evaluate(slice.pool().driver(), device) instanceof Outcome.Match);
  }
}
