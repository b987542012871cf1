package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Something that wants to run on one node and references claims, a pending pod in Kubernetes. It is
 * placed on a node that its selectors, tolerations and resources allow, with all its pending claims
 * allocated there (R194) and its held claims usable there (R186), or not at all.
 *
 * <p>A pending claim may be referenced by several workloads: it is allocated with one of them, and
 * the others can be placed where its allocation is usable (R227). A pending claim that no workload
 * references is a workload of its own, of priority 0, that may be placed on any node.
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

  /**
   * What it takes of its node, by name, as {@link io.tangram.api.device.Node#available}; what its
   * devices take comes on top ({@link io.tangram.api.device.Device#nodeConsumption}). Extended
   * resources that a claim of it stands for are among them, but are taken only of nodes that offer
   * them: see {@link #resourcesOn}.
   */
  ImmutableMap<String, Quantity> resources();

  /**
   * How many of its containers reference each claim; one that is not listed is referenced by none.
   * Devices may take something of the node for each (R239).
   */
  ImmutableMap<ClaimId, Integer> containers();

  /** The nodes it may be placed on: those that every selector matches. */
  ImmutableList<NodeSelector> nodeSelectors();

  /** Which taints of nodes it tolerates. */
  ImmutableList<Toleration> tolerations();

  /** Constraints that nobody here implements, each in words; with any, it stays out. */
  ImmutableList<String> unsupported();

  /** Returns whether selectors and taints let it be placed on the node; resources aside. */
  default boolean allows(Node node) {
    return nodeSelectors().stream().allMatch(selector -> selector.matches(node))
        && node.taints().stream()
            .filter(Taint::blocksAllocation)
            .allMatch(taint -> tolerations().stream().anyMatch(t -> t.tolerates(taint)));
  }

  /**
   * Returns what it takes of the resources of a node: all but the extended resources that the node
   * doesn't offer and one of its claims stands for, since devices are given for these (R216).
   *
   * @param claims its pending claims
   */
  default ImmutableMap<String, Quantity> resourcesOn(Node node, Collection<Claim> claims) {
    return claims.stream().allMatch(claim -> claim.extendedResources().isEmpty())
        ? resources()
        : ImmutableMap.copyOf(
            Maps.filterKeys(
                resources(),
                resource ->
                    node.offers(resource)
                        || claims.stream()
                            .noneMatch(c -> c.extendedResources().containsValue(resource))));
  }

  /** Returns an empty builder; only the identity has no default. */
  static ImmutableWorkload.Builder builder() {
    return ImmutableWorkload.builder();
  }
}
