package io.tangram.solver.reference;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pools that nodes see, gathered anew for every node as the reference does (R3 to R24): first
 * the slices for this node only, then the others, in the order of the input. Not thread-safe.
 */
final class ReferencePools {

  private static final Comparator<ReferencePool> OFFER_ORDER =
      Comparator.comparing(ReferencePool::bindsLast).thenComparing(ReferencePool::id);

  private final AllocationProblem problem;
  private final boolean countersCountEverywhere;
  private final ListMultimap<String, ResourceSlice> ofNode = ArrayListMultimap.create();
  private final List<ResourceSlice> ofSeveralNodes = new ArrayList<>();
  private final ListMultimap<PoolId, ResourceSlice> ofPool = ArrayListMultimap.create();
  private final Map<Integer, ImmutableList<ReferencePool>> known = new HashMap<>();

  /**
   * Sorts the slices of a problem.
   *
   * @param countersCountEverywhere whether slices with counter sets are for every node, whatever
   *     they say: {@link io.tangram.api.reference.Defect#COUNTER_SLICES_COUNT_EVERYWHERE}
   */
  ReferencePools(AllocationProblem problem, boolean countersCountEverywhere) {
    this.problem = problem;
    this.countersCountEverywhere = countersCountEverywhere;
    for (ResourceSlice slice : problem.slices()) {
      if (slice.nodes() instanceof NodeSelection.OneNode one && !countsEverywhere(slice)) {
        ofNode.put(one.node(), slice);
      } else {
        ofSeveralNodes.add(slice);
      }
      ofPool.put(slice.pool(), slice);
    }
  }

  /** R10. */
  private boolean countsEverywhere(ResourceSlice slice) {
    return countersCountEverywhere && !slice.sharedCounters().isEmpty();
  }

  /** Returns the pools that a node sees, in the order in which their devices are offered. */
  ImmutableList<ReferencePool> onNode(int node) {
    return known.computeIfAbsent(node, number -> gather(problem.nodes().get(number)));
  }

  private ImmutableList<ReferencePool> gather(Node node) {
    Map<PoolId, List<ResourceSlice>> newest = new LinkedHashMap<>();
    for (ResourceSlice slice : Iterables.concat(ofNode.get(node.name()), ofSeveralNodes)) {
      if (isRelevant(slice, node)) {
        addIfNewest(newest.computeIfAbsent(slice.pool(), pool -> new ArrayList<>()), slice);
      }
    }
    return newest.entrySet().stream()
        .flatMap(pool -> judge(pool.getKey(), pool.getValue()).stream())
        .sorted(OFFER_ORDER)
        .collect(toImmutableList());
  }

  private boolean isRelevant(ResourceSlice slice, Node node) {
    return countsEverywhere(slice)
        || slice.nodes().matches(node)
        || (slice.nodes() instanceof NodeSelection.PerDevice
            && slice.devices().stream().anyMatch(device -> isVisible(device, node)));
  }

  /** Whether a device that says its own nodes is seen by this one. */
  static boolean isVisible(Device device, Node node) {
    return device.nodes().isPresent() && device.nodes().get().matches(node);
  }

  private static void addIfNewest(List<ResourceSlice> slices, ResourceSlice slice) {
    if (!slices.isEmpty() && slice.generation() > slices.get(0).generation()) {
      slices.clear();
    }
    if (slices.isEmpty() || slice.generation() == slices.get(0).generation()) {
      slices.add(slice);
    }
  }

  /** R11 to R13; nothing where the pool is obsolete. */
  private Optional<ReferencePool> judge(PoolId id, List<ResourceSlice> seen) {
    long announced = seen.get(0).resourceSliceCount();
    if (seen.size() == announced) {
      return Optional.of(build(id, seen, ImmutableList.of()));
    }
    long generation = seen.get(0).generation();
    List<ResourceSlice> all = new ArrayList<>();
    for (ResourceSlice slice : ofPool.get(id)) {
      if (slice.generation() > generation) {
        return Optional.empty();
      } else if (slice.generation() == generation) {
        all.add(slice);
      }
    }
    return Optional.of(
        all.size() == announced
            ? build(id, seen, all)
            : ReferencePool.unusable(id, generation, ReferencePool.State.INCOMPLETE));
  }

  /** R16 to R18. */
  private static ReferencePool build(PoolId id, List<ResourceSlice> seen, List<ResourceSlice> all) {
    long generation = seen.get(0).generation();
    Set<String> names = new HashSet<>();
    seen.forEach(slice -> names.add(slice.name()));
    List<ResourceSlice> others =
        all.size() > seen.size()
            ? all.stream().filter(slice -> !names.contains(slice.name())).toList()
            : List.of();
    ImmutableList<ResourceSlice> offered =
        seen.stream()
            .filter(slice -> slice.sharedCounters().isEmpty())
            .sorted(Comparator.comparing(ResourceSlice::name))
            .collect(toImmutableList());
    ImmutableList<ResourceSlice> elsewhere =
        others.stream()
            .filter(slice -> slice.sharedCounters().isEmpty())
            .collect(toImmutableList());
    Map<String, CounterSet> counterSets = new HashMap<>();
    boolean sound = haveDistinctNames(offered);
    for (ResourceSlice slice : Iterables.concat(seen, others)) {
      for (CounterSet set : slice.sharedCounters()) {
        sound &= counterSets.put(set.name(), set) == null;
      }
    }
    return sound && refer(offered, counterSets) && refer(elsewhere, counterSets)
        ? new ReferencePool(
            id,
            generation,
            ReferencePool.State.USABLE,
            offered,
            elsewhere,
            ImmutableMap.copyOf(counterSets))
        : ReferencePool.unusable(id, generation, ReferencePool.State.INVALID);
  }

  private static boolean haveDistinctNames(List<ResourceSlice> slices) {
    Set<String> names = new HashSet<>();
    return slices.stream()
        .flatMap(slice -> slice.devices().stream())
        .allMatch(device -> names.add(device.name()));
  }

  /** Whether devices draw only on counters that are there. */
  private static boolean refer(List<ResourceSlice> slices, Map<String, CounterSet> counterSets) {
    return slices.stream()
        .flatMap(slice -> slice.devices().stream())
        .flatMap(device -> device.consumesCounters().stream())
        .allMatch(drawn -> defines(counterSets.get(drawn.counterSet()), drawn));
  }

  private static boolean defines(@Nullable CounterSet set, CounterConsumption drawn) {
    return set != null && set.counters().keySet().containsAll(drawn.counters().keySet());
  }
}
