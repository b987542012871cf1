package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection.OneNode;
import io.tangram.api.device.NodeSelector;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a held allocation is and what its devices are today, as far as that can be told. An
 * allocation read from a cluster names no node. It is on the node to which the first of its devices
 * that belongs to one node belongs, else on the one that its node selector names; otherwise the
 * node is unknown, and devices are looked up wherever their pool is published.
 */
final class HeldDevices {

  private final ClusterIndex cluster;
  private final Allocation allocation;
  private final Findings findings;
  private final Optional<String> nodeName;
  private final @Nullable Node node;
  private final ImmutableList<GivenDevice> found;

  /**
   * Looks the devices up.
   *
   * @param findings where devices that have gone are reported
   */
  HeldDevices(ClusterIndex cluster, Allocation allocation, Findings findings) {
    this.cluster = cluster;
    this.allocation = allocation;
    this.findings = findings;
    this.nodeName =
        allocation.node().or(this::nodeOfDevices).or(() -> nodeNamedBy(allocation.nodeSelector()));
    this.node = nodeName.map(cluster::node).orElse(null);
    this.found =
        allocation.devices().stream()
            .flatMap(result -> find(result).stream())
            .collect(ImmutableList.toImmutableList());
  }

  /** The name of the node, if it is known. */
  Optional<String> nodeName() {
    return nodeName;
  }

  /** The node, or null if its name is not known or the cluster has no such node. */
  @Nullable Node node() {
    return node;
  }

  /** The devices that are published, in result order. */
  ImmutableList<GivenDevice> found() {
    return found;
  }

  /** Whether all devices are published, so that they can be judged together. */
  boolean isComplete() {
    return found.size() == allocation.devices().size();
  }

  private Optional<String> nodeOfDevices() {
    for (DeviceAllocation result : allocation.devices()) {
      PublishedPool pool = cluster.pools().find(result.device().poolId());
      Published published =
          pool == null ? null : pool.newest().devices().find(result.device().device());
      if (published != null && PoolView.selection(published) instanceof OneNode one) {
        return Optional.of(one.node());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> nodeNamedBy(Optional<NodeSelector> selector) {
    return selector.stream()
        .flatMap(each -> each.terms().stream())
        .flatMap(term -> term.matchFields().stream())
        .flatMap(field -> field.values().stream())
        .findFirst()
        .filter(name -> selector.equals(Optional.of(NodeSelector.ofNode(name))));
  }

  private Optional<GivenDevice> find(DeviceAllocation result) {
    DeviceId id = result.device();
    PoolView pool = view(id).orElse(null);
    Published published = pool == null ? null : pool.devices().find(id.device());
    if (pool != null
        && published != null
        && (node == null || PoolView.isVisible(published, node))) {
      return Optional.of(new GivenDevice(result, pool, published));
    }
    if (pool == null || !pool.isIncomplete()) {
      findings.drift(
          "R94",
          id,
          "is no longer published" + nodeName.map(name -> " for node " + name).orElse(""));
    }
    return Optional.empty();
  }

  private Optional<PoolView> view(DeviceId id) {
    if (node != null) {
      return cluster.pools().seenFrom(node, id.poolId()).filter(view -> !view.isObsolete());
    }
    PublishedPool pool = cluster.pools().find(id.poolId());
    return pool == null ? Optional.empty() : Optional.of(pool.seenFromAnywhere());
  }
}
