package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.tangram.api.device.Node;
import io.tangram.api.feature.OffFeature;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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

  /**
   * The extended resource of its workload that each request stands for, by the name of the request;
   * empty for a claim that somebody wrote. A claim that stands for extended resources does so with
   * all its requests (R217), and differs from node to node: see {@link #on}.
   */
  ImmutableMap<String, String> extendedResources();

  /**
   * Returns the claim as it is on a node: without the requests that stand for a resource that the
   * node {@linkplain Node#offers offers} itself (R216). Perhaps nothing is left of it; then it is
   * allocated there without devices.
   */
  default Claim on(Node node) {
    boolean served = false;
    for (String resource : extendedResources().values()) {
      served |= node.offers(resource);
    }
    return served
        ? ImmutableClaim.builder()
            .from(this)
            .requests(requests().stream().filter(each -> !isServedBy(node, each)).toList())
            .extendedResources(Maps.filterValues(extendedResources(), each -> !node.offers(each)))
            .build()
        : this;
  }

  private boolean isServedBy(Node node, Request request) {
    String resource = extendedResources().get(request.name());
    return resource != null && node.offers(resource);
  }

  /**
   * Refuses requests of one name, and what can't stand for extended resources (R218).
   *
   * @throws IllegalArgumentException if two requests have one name, some but not all requests stand
   *     for an extended resource, or all do and one of them is not for an exact number of devices
   *     of a class, or there are constraints or configurations
   */
  @Value.Check
  default void check() {
    Set<String> names = new HashSet<>();
    for (Request request : requests()) {
      if (!names.add(request.name())) {
        throw new IllegalArgumentException(
            "Claim "
                + id()
                + " has two requests called "
                + request.name()
                + "; give each a name of its own (section 5.1).");
      }
    }
    if (!extendedResources().isEmpty()) {
      requireExtended();
    }
  }

  private void requireExtended() {
    boolean isPlain =
        constraints().isEmpty()
            && configs().isEmpty()
            && requests().stream()
                .allMatch(
                    each -> each instanceof Request.Exactly exactly && isPlain(exactly.devices()));
    boolean areAll =
        requests().stream()
            .map(Request::name)
            .collect(ImmutableSet.toImmutableSet())
            .equals(extendedResources().keySet());
    if (!isPlain || !areAll) {
      throw new IllegalArgumentException(
          "Claim "
              + id()
              + " stands for extended resources "
              + extendedResources()
              + ", but has more than a request in an exact number for each of them (R218). Put what"
              + " else there is into a claim of its own.");
    }
  }

  private static boolean isPlain(DeviceRequest devices) {
    return devices.mode() instanceof AllocationMode.ExactCount && !devices.adminAccess();
  }

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
