package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one node sees (section 1 of the rules).
 *
 * @param node the node
 * @param pools the usable pools, in the order of offer (R22)
 * @param hasUnusablePool whether a pool the node sees is incomplete or invalid, which rules out
 *     mode All (R69)
 */
record NodeView(Node node, ImmutableList<Pool> pools, boolean hasUnusablePool) {

  /**
   * A usable pool as a node sees it.
   *
   * @param contents the whole generation, slices for other nodes included
   * @param offered the devices of it that the node sees
   * @param comesLast whether the node sees a slice that has a device with binding conditions (R22)
   */
  record Pool(PoolContents contents, ImmutableList<PublishedDevice> offered, boolean comesLast) {}

  /** Returns what each node of the problem sees, in the order of the nodes. */
  static ImmutableList<NodeView> ofAll(AllocationProblem problem) {
    Map<PoolId, List<ResourceSlice>> pools = new LinkedHashMap<>();
    problem
        .slices()
        .forEach(slice -> pools.computeIfAbsent(slice.pool(), id -> new ArrayList<>()).add(slice));
    return problem.nodes().stream()
        .map(node -> of(node, pools.values()))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the pool of a device that the node is offered. */
  PoolContents contentsOf(DeviceId device) {
    return pools.stream()
        .map(Pool::contents)
        .filter(contents -> contents.id().equals(device.poolId()))
        .findFirst()
        .orElseThrow();
  }

  /** Returns whether the device is offered to the node. */
  boolean offers(DeviceId device) {
    return pools.stream()
        .flatMap(pool -> pool.offered().stream())
        .anyMatch(each -> each.id().equals(device));
  }

  private static NodeView of(Node node, Iterable<List<ResourceSlice>> published) {
    List<Pool> usable = new ArrayList<>();
    boolean hasUnusablePool = false;
    for (List<ResourceSlice> slices : published) {
      ImmutableList<ResourceSlice> seen = newest(seenBy(node, slices));
      if (seen.isEmpty() || isObsolete(seen, slices)) {
        continue;
      }
      Optional<Pool> pool = usable(node, seen, ofGeneration(seen.get(0).generation(), slices));
      pool.ifPresent(usable::add);
      hasUnusablePool |= pool.isEmpty();
    }
    usable.sort(Comparator.comparing(Pool::comesLast).thenComparing(pool -> pool.contents().id()));
    return new NodeView(node, ImmutableList.copyOf(usable), hasUnusablePool);
  }

  /** R11 to R19. */
  private static Optional<Pool> usable(
      Node node, ImmutableList<ResourceSlice> seen, PoolContents contents) {
    boolean isComplete = isWholePool(seen) || contents.size() == announced(seen);
    if (!isComplete || contents.isInvalid(seen)) {
      return Optional.empty();
    }
    ImmutableList<PublishedDevice> devices = PoolContents.devicesOf(seen);
    ImmutableList<PublishedDevice> offered =
        devices.stream()
            .filter(device -> device.nodes().matches(node))
            .collect(ImmutableList.toImmutableList());
    boolean comesLast =
        devices.stream().anyMatch(device -> !device.device().bindingConditions().isEmpty());
    return Optional.of(new Pool(contents, offered, comesLast));
  }

  /** R11: where the slices seen are as many as announced, nothing else is looked at. */
  private static boolean isWholePool(ImmutableList<ResourceSlice> seen) {
    return seen.size() == announced(seen);
  }

  private static long announced(ImmutableList<ResourceSlice> seen) {
    return seen.get(0).resourceSliceCount();
  }

  /** R13: a newer generation is for other nodes only. */
  private static boolean isObsolete(
      ImmutableList<ResourceSlice> seen, List<ResourceSlice> published) {
    long generation = seen.get(0).generation();
    return !isWholePool(seen)
        && published.stream().anyMatch(slice -> slice.generation() > generation);
  }

  /** R5. */
  private static List<ResourceSlice> seenBy(Node node, List<ResourceSlice> published) {
    return published.stream()
        .filter(
            slice ->
                slice.nodes() instanceof NodeSelection.PerDevice
                    ? slice.devices().stream()
                        .anyMatch(d -> PublishedDevice.of(slice, d).nodes().matches(node))
                    : slice.nodes().matches(node))
        .toList();
  }

  /** R3. */
  private static ImmutableList<ResourceSlice> newest(List<ResourceSlice> slices) {
    long newest = slices.stream().mapToLong(ResourceSlice::generation).max().orElse(0);
    return slices.stream()
        .filter(slice -> slice.generation() == newest)
        .collect(ImmutableList.toImmutableList());
  }

  private static PoolContents ofGeneration(long generation, List<ResourceSlice> published) {
    return new PoolContents(
        published.stream().filter(slice -> slice.generation() == generation).toList());
  }
}
