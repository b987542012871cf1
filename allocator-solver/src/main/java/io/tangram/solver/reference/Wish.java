package io.tangram.solver.reference;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ResourceSlice;

/**
 * One alternative of a request and what is known of it before the search (R201).
 *
 * @param claim the number of the claim in the call
 * @param request the request
 * @param alternative the alternative
 * @param all the devices that mode All takes, in order; none otherwise
 */
record Wish(int claim, Request request, DeviceRequest alternative, ImmutableList<Candidate> all) {

  /**
   * A device of a pool.
   *
   * @param pool the pool
   * @param slice the slice that publishes it
   * @param device the device
   */
  record Candidate(ReferencePool pool, ResourceSlice slice, Device device) {

    DeviceId id() {
      return slice.idOf(device);
    }

    String driver() {
      return slice.pool().driver();
    }
  }

  /** Whether it takes every matching device of the node. */
  boolean isAll() {
    return alternative.mode() instanceof AllocationMode.All;
  }

  /** How many devices it takes. */
  long count() {
    return alternative.mode() instanceof AllocationMode.ExactCount exact
        ? exact.count()
        : all.size();
  }

  /** Whether it is for administration. */
  boolean isAdmin() {
    return alternative.adminAccess();
  }

  /** The name that results carry. */
  String name() {
    return request.resultName(alternative);
  }
}
