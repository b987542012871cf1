package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import io.tangram.api.feature.OffFeature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.immutables.value.Value;

/** A pending claim: devices wanted together on one node. */
@Value.Immutable
public interface Claim {

  /** The most devices that one claim can be given (section 12.2 of the rules). */
  int MAX_DEVICES = 32;

  /** The identity. */
  ClaimId id();

  /** When it was created; one without a time comes after all others. */
  Optional<Instant> createdAt();

  /** What is wanted, in order. Empty: nothing, which always succeeds (R172). */
  ImmutableList<Request> requests();

  /** Conditions on the chosen devices together. */
  ImmutableList<DeviceConstraint> constraints();

  /** Configuration carried into the result. */
  ImmutableList<ClaimConfig> configs();

  /** What it would need and is off; with any of it, the claim stays out. */
  ImmutableList<OffFeature> offFeatures();

  /** Returns a claim without conditions on its devices together. */
  static Claim of(ClaimId id, DeviceRequest... requests) {
    return builder()
        .id(id)
        .addAllRequests(Arrays.stream(requests).map(Request.Exactly::new).toList())
        .build();
  }

  /** Returns an empty builder; only the identity has no default. */
  static ImmutableClaim.Builder builder() {
    return ImmutableClaim.builder();
  }
}
