package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;

/**
 * The slices of one pool, all generations, and what they amount to for a node (R3 to R20). What was
 * found out once is kept; thread-safe.
 */
final class PublishedPool {

  private final PoolId id;
  private final ImmutableList<ResourceSlice> slices;
  private final ImmutableListMultimap<String, Integer> ofOneNode;
  private final ImmutableList<Integer> ofSeveralNodes;
  private final long highestGeneration;
  // by the indices of the relevant slices, ascending
  private final ConcurrentMap<ImmutableList<Integer>, PoolView> views = new ConcurrentHashMap<>(1);
  private final ConcurrentMap<Long, Generation> generations = new ConcurrentHashMap<>(1);

  /** Indexes the slices of one pool, in input order, at least one. */
  PublishedPool(PoolId id, ImmutableList<ResourceSlice> slices) {
    this.id = id;
    this.slices = slices;
    ImmutableListMultimap.Builder<String, Integer> byNode = ImmutableListMultimap.builder();
    ImmutableList.Builder<Integer> others = ImmutableList.builder();
    for (int i = 0; i < slices.size(); i++) {
      if (slices.get(i).nodes() instanceof NodeSelection.OneNode one) {
        byNode.put(one.node(), i);
      } else {
        others.add(i);
      }
    }
    this.ofOneNode = byNode.build();
    this.ofSeveralNodes = others.build();
    this.highestGeneration =
        slices.stream().mapToLong(ResourceSlice::generation).max().orElseThrow();
  }

  /** The pool's identity. */
  PoolId id() {
    return id;
  }

  /** The nodes for which there are slices of their own. */
  Iterable<String> nodesWithSlices() {
    return ofOneNode.keySet();
  }

  /** Whether there are slices that are not for exactly one node. */
  boolean mayServeSeveralNodes() {
    return !ofSeveralNodes.isEmpty();
  }

  /** Returns the pool as the node sees it; absent if no slice is relevant for the node (R5). */
  Optional<PoolView> seenFrom(Node node) {
    ImmutableList<Integer> relevant =
        IntStream.concat(
                ofOneNode.get(node.name()).stream().mapToInt(Integer::intValue),
                ofSeveralNodes.stream()
                    .mapToInt(Integer::intValue)
                    .filter(i -> isRelevant(slices.get(i), node)))
            .sorted()
            .boxed()
            .collect(ImmutableList.toImmutableList());
    return relevant.isEmpty()
        ? Optional.empty()
        : Optional.of(views.computeIfAbsent(relevant, this::view));
  }

  /** Returns the pool's slices of the highest generation, whatever nodes they are for. */
  PoolContents newest() {
    return newestGeneration().contents();
  }

  /** Returns the slices of the highest generation together, as if one node saw them all. */
  PoolView seenFromAnywhere() {
    Generation newest = newestGeneration();
    return view(
        highestGeneration,
        newest.contents().devices(),
        newest.contents(),
        incompleteness(highestGeneration, newest.size(), newest.announced()));
  }

  private Generation newestGeneration() {
    return generations.computeIfAbsent(highestGeneration, this::collect);
  }

  private static boolean isRelevant(ResourceSlice slice, Node node) {
    if (slice.nodes() instanceof NodeSelection.PerDevice) {
      return slice.devices().stream()
          .map(Device::nodes)
          .anyMatch(nodes -> nodes.isPresent() && nodes.get().matches(node));
    }
    return slice.nodes().matches(node);
  }

  private PoolView view(ImmutableList<Integer> relevant) {
    long generation =
        relevant.stream().mapToLong(i -> slices.get(i).generation()).max().orElseThrow();
    ImmutableList<ResourceSlice> current =
        relevant.stream()
            .map(slices::get)
            .filter(slice -> slice.generation() == generation)
            .collect(ImmutableList.toImmutableList());
    Generation all = generations.computeIfAbsent(generation, this::collect);
    long announced = current.get(0).resourceSliceCount();
    return view(
        generation,
        current.size() == all.size() ? all.contents().devices() : DeviceTable.of(current),
        all.contents(),
        current.size() == announced
            ? Optional.empty() // R11: newer generations for other nodes go unnoticed
            : incompleteness(generation, all.size(), announced));
  }

  private Optional<Refusal> incompleteness(long generation, int found, long announced) {
    if (generation < highestGeneration) {
      return Optional.of(
          new Refusal(
              "R13",
              "has a newer generation, %d, than the %d seen from the node"
                  .formatted(highestGeneration, generation)));
    }
    return found == announced
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                "R15",
                "has %d slices of generation %d, but announces %d"
                    .formatted(found, generation, announced)));
  }

  private PoolView view(
      long generation, DeviceTable devices, PoolContents all, Optional<Refusal> incomplete) {
    Optional<Refusal> refusal =
        incomplete
            .or(() -> devices.duplicate().map(PublishedPool::duplicate))
            .or(all::defect)
            .map(found -> new Refusal(found.rule(), "pool " + id + " " + found.message()));
    return new PoolView(id, devices, all, generation < highestGeneration, refusal);
  }

  private static Refusal duplicate(String name) {
    return new Refusal("R16", "has two devices called " + name);
  }

  private Generation collect(long generation) {
    ImmutableList<ResourceSlice> all =
        slices.stream()
            .filter(slice -> slice.generation() == generation)
            .collect(ImmutableList.toImmutableList());
    return new Generation(all.size(), all.get(0).resourceSliceCount(), new PoolContents(all));
  }

  /**
   * All slices of one generation.
   *
   * @param size how many they are
   * @param announced how many the first of them announces
   * @param contents what they amount to
   */
  private record Generation(int size, long announced, PoolContents contents) {}
}
