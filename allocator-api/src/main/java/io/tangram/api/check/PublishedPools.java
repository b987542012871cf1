package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.Sets;
import io.tangram.api.device.Node;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The pools of a problem, by identity (R2) and by the nodes that see them. Devices are looked at
 * when their pool is first asked for. Thread-safe.
 */
final class PublishedPools {

  /** The order in which pools are offered: those with binding conditions last (R22). */
  static final Comparator<PoolView> OFFERED =
      Comparator.comparing((PoolView view) -> view.devices().hasBindingConditions())
          .thenComparing(PoolView::pool);

  private final ImmutableMap<PoolId, PublishedPool> pools;
  private final ImmutableSetMultimap<String, PublishedPool> byNode;
  private final ImmutableSet<PublishedPool> ofSeveralNodes;
  private final ConcurrentMap<Sight, Optional<PoolView>> sights = new ConcurrentHashMap<>();

  private PublishedPools(ImmutableMap<PoolId, PublishedPool> pools) {
    this.pools = pools;
    ImmutableSetMultimap.Builder<String, PublishedPool> nodes = ImmutableSetMultimap.builder();
    ImmutableSet.Builder<PublishedPool> several = ImmutableSet.builder();
    for (PublishedPool pool : pools.values()) {
      pool.nodesWithSlices().forEach(node -> nodes.put(node, pool));
      if (pool.mayServeSeveralNodes()) {
        several.add(pool);
      }
    }
    this.byNode = nodes.build();
    this.ofSeveralNodes = several.build();
  }

  /** Indexes slices, in time proportional to their number. */
  static PublishedPools of(List<ResourceSlice> slices) {
    ImmutableListMultimap.Builder<PoolId, ResourceSlice> byPool = ImmutableListMultimap.builder();
    slices.forEach(slice -> byPool.put(slice.pool(), slice));
    ImmutableMap.Builder<PoolId, PublishedPool> pools = ImmutableMap.builder();
    byPool
        .build()
        .asMap()
        .forEach((id, own) -> pools.put(id, new PublishedPool(id, ImmutableList.copyOf(own))));
    return new PublishedPools(pools.buildOrThrow());
  }

  /** Returns the pool, or null if no slice of it is published. */
  @Nullable PublishedPool find(PoolId id) {
    return pools.get(id);
  }

  /** The identities of all pools. */
  ImmutableSet<PoolId> ids() {
    return pools.keySet();
  }

  /** Returns the pool as the node sees it; absent if the node sees nothing of it. */
  Optional<PoolView> seenFrom(Node node, PoolId id) {
    PublishedPool pool = pools.get(id);
    return pool == null
        ? Optional.empty()
        : sights.computeIfAbsent(new Sight(node.name(), id), sight -> pool.seenFrom(node));
  }

  /**
   * Returns all pools that the node sees, usable or not, in the order in which they are offered.
   */
  ImmutableList<PoolView> seenFrom(Node node) {
    ImmutableList.Builder<PoolView> seen = ImmutableList.builder();
    for (PublishedPool pool : Sets.union(byNode.get(node.name()), ofSeveralNodes)) {
      seenFrom(node, pool.id()).ifPresent(seen::add);
    }
    return ImmutableList.sortedCopyOf(OFFERED, seen.build());
  }

  /** A node looking at a pool. */
  private record Sight(String node, PoolId pool) {}
}
