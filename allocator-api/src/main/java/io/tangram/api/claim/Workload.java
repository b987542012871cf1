package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Something that runs on one node and references claims, a pod in Kubernetes: its pending claims
 * are allocated together on one node or not at all (R194), where its held claims are usable (R186).
 * A pending claim that no workload references is a workload of its own, of priority 0.
 */
@Value.Immutable
public interface Workload {

  /** The identity. */
  WorkloadId id();

  /** The claims it references, in order, pending or held. */
  ImmutableList<ClaimId> claims();

  /** Its priority; a higher one is admitted first. */
  @Value.Default
  default int priority() {
    return 0;
  }

  /** When it was created; one without a time comes after all others. */
  Optional<Instant> createdAt();

  /** Returns an empty builder; only the identity has no default. */
  static ImmutableWorkload.Builder builder() {
    return ImmutableWorkload.builder();
  }
}
