package io.tangram.api.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.immutables.value.Value;

/** A node of the cluster, as far as devices and those who use them are concerned. */
@Value.Immutable
public interface Node {

  /** The name, unique in the cluster. */
  String name();

  /** The labels that node selectors look at. */
  ImmutableMap<String, String> labels();

  /** What keeps workloads away that don't tolerate it; a lone claim doesn't mind. */
  ImmutableList<Taint> taints();

  /**
   * What is left for pending workloads, by name: CPU in cores, memory in bytes, {@code pods} and so
   * on. A resource that is not listed is not there. Where absent as a whole, nothing is known, and
   * workloads are not limited.
   */
  Optional<ImmutableMap<String, Quantity>> available();

  /**
   * What there would be for workloads if none were placed. It tells a workload that never fits from
   * one that has come too late, and which extended resources the node {@link #offers}. Where
   * absent, as {@link #available}.
   */
  Optional<ImmutableMap<String, Quantity>> allocatable();

  /**
   * Returns whether the node has the resource itself, used up or not: no devices are given for an
   * extended resource there (R216).
   */
  default boolean offers(String resource) {
    return allocatable()
        .or(this::available)
        .map(amounts -> amounts.getOrDefault(resource, Quantity.ZERO).signum() > 0)
        .orElse(false);
  }

  /** Returns a node of this name without labels. */
  static Node of(String name) {
    return builder().name(name).build();
  }

  /** Returns an empty builder; only the name has no default. */
  static ImmutableNode.Builder builder() {
    return ImmutableNode.builder();
  }
}
