package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Quantity;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/** What of a pod matters to allocation. */
@Value.Immutable
interface Pod {

  /** How far a pod has come. */
  enum Phase {
    /** Waits for a node. */
    PENDING,
    /** Waits for somebody to lift its scheduling gates. */
    GATED,
    /** Is being deleted before it had a node. */
    DELETED,
    /** Has a node. */
    BOUND,
    /** Ran to its end, and holds nothing. */
    FINISHED
  }

  /** What messages call it. */
  ObjectLabel label();

  /** The uid; absent for an object that no API server has seen. */
  Optional<String> uid();

  /** How far it has come. */
  Phase phase();

  /** The node of a bound pod, empty otherwise. */
  @Value.Default
  default String node() {
    return "";
  }

  /** Whether containers of it run. */
  @Value.Default
  default boolean running() {
    return false;
  }

  /** The claims it asks for, in order. */
  ImmutableList<PodClaim> claims();

  /** The group of pods of which it is a member. */
  Optional<WorkloadGroupId> group();

  /** The containers that reference each of {@link #claims}, by its name, in order. */
  ImmutableListMultimap<String, String> containers();

  /** What it takes of its node; of a bound pod without what it has devices for (R220). */
  ImmutableMap<String, Quantity> resources();

  // Of bound pods.

  /** The claim with its devices for extended resources, if it has any (R220). */
  Optional<String> extendedClaim();

  /** Which pods it won't have near it. */
  ImmutableList<AntiAffinityTerm> antiAffinity();

  // Of pending pods.

  /** When it was created. */
  Optional<Instant> createdAt();

  /** Its priority, where it says so. */
  Optional<Integer> priority();

  /** The class of its priority, empty for none. */
  @Value.Default
  default String priorityClass() {
    return "";
  }

  /** Its labels. */
  ImmutableMap<String, String> labels();

  /** The nodes it may be placed on. */
  ImmutableList<NodeSelector> nodeSelectors();

  /** Which taints of nodes it tolerates. */
  ImmutableList<Toleration> tolerations();

  /** What its containers ask for of resources that may be extended ones. */
  ImmutableList<ExtendedRequest> extendedRequests();

  /** Whether it has resources as a whole, which what its devices take would have to fit in. */
  @Value.Default
  default boolean budgeted() {
    return false;
  }

  /** What it demands that is not implemented here, in words. */
  ImmutableList<String> unsupported();

  /** The object; absent where it can't change. */
  Optional<PodObject> object();

  /** The identity. */
  default WorkloadId id() {
    return new WorkloadId(label().namespace(), label().name());
  }

  /** Returns an empty builder; what has a default may stay unset. */
  static ImmutablePod.Builder builder() {
    return ImmutablePod.builder();
  }
}
