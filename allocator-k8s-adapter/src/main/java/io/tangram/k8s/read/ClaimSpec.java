package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.Request;

/**
 * What a claim wants, {@code spec.devices} of it and what annotations add to that; many claims want
 * the same.
 */
record ClaimSpec(
    ImmutableList<Request> requests,
    ImmutableList<DeviceConstraint> constraints,
    ImmutableList<ClaimConfig> configs) {

  /** Returns the same with more constraints. */
  ClaimSpec with(ImmutableList<DeviceConstraint> more) {
    return new ClaimSpec(
        requests,
        ImmutableList.<DeviceConstraint>builder().addAll(constraints).addAll(more).build(),
        configs);
  }
}
