package io.tangram.solver.compile;

import com.google.common.base.Equivalence;
import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which pools each node sees, and whether they can be used: generations, completeness, validity (R3
 * to R20), in the order in which devices are offered (R22, R23).
 */
public final class PoolViews {

  private static final Comparator<PoolView> OFFER_ORDER =
      Comparator.comparing(PoolView::bindsLast).thenComparing(view -> view.pool().id());

  /** Slices are the same by identity: comparing their devices for every node would be slow. */
  private static final Equivalence<Iterable<ResourceSlice>> SAME_SLICES =
      Equivalence.identity().pairwise();

  private final List<List<PoolView>> byNode;
  private final List<PoolGeneration> generations = new ArrayList<>();

  private PoolViews(int nodes) {
    byNode = new ArrayList<>(nodes);
    for (int node = 0; node < nodes; node++) {
      byNode.add(new ArrayList<>());
    }
  }

  /** Judges every pool of the problem on every node that sees it. */
  static PoolViews of(AllocationProblem problem, Deadline deadline) {
    PoolViews views = new PoolViews(problem.nodes().size());
    Map<String, Integer> nodeNumbers = new HashMap<>();
    problem.nodes().forEach(node -> nodeNumbers.put(node.name(), nodeNumbers.size()));
    Map<PoolId, List<ResourceSlice>> pools = new LinkedHashMap<>();
    for (ResourceSlice slice : problem.slices()) {
      pools.computeIfAbsent(slice.pool(), id -> new ArrayList<>()).add(slice);
    }
    for (List<ResourceSlice> slices : pools.values()) {
      deadline.requireTime();
      views.judge(slices, problem.nodes(), nodeNumbers);
    }
    views.byNode.forEach(each -> each.sort(OFFER_ORDER));
    return views;
  }

  /** The pools that a node sees, in the order in which their devices are offered. */
  public List<PoolView> onNode(int node) {
    return byNode.get(node);
  }

  /** The pool generations that some node sees. */
  public List<PoolGeneration> generations() {
    return generations;
  }

  private void judge(
      List<ResourceSlice> pool, ImmutableList<Node> nodes, Map<String, Integer> nodeNumbers) {
    Map<Integer, List<ResourceSlice>> relevant = relevantByNode(pool, nodes, nodeNumbers);
    Map<Equivalence.Wrapper<List<ResourceSlice>>, PoolView> judged = new HashMap<>();
    Map<Long, PoolGeneration> byGeneration = new HashMap<>();
    relevant.forEach(
        (node, slices) ->
            byNode
                .get(node)
                .add(
                    judged.computeIfAbsent(
                        SAME_SLICES.wrap(slices), key -> view(pool, slices, byGeneration))));
  }

  /** The slices of the newest generation that each node sees (R3, R5). */
  private static Map<Integer, List<ResourceSlice>> relevantByNode(
      List<ResourceSlice> pool, ImmutableList<Node> nodes, Map<String, Integer> nodeNumbers) {
    Map<Integer, List<ResourceSlice>> seen = new LinkedHashMap<>();
    for (ResourceSlice slice : pool) {
      if (slice.nodes() instanceof NodeSelection.OneNode one) {
        Integer node = nodeNumbers.get(one.node());
        if (node != null) {
          seen.computeIfAbsent(node, n -> new ArrayList<>()).add(slice);
        }
        continue;
      }
      for (int node = 0; node < nodes.size(); node++) {
        if (isRelevant(slice, nodes.get(node))) {
          seen.computeIfAbsent(node, n -> new ArrayList<>()).add(slice);
        }
      }
    }
    seen.replaceAll((node, slices) -> newest(slices));
    return seen;
  }

  private static boolean isRelevant(ResourceSlice slice, Node node) {
    return slice.nodes() instanceof NodeSelection.PerDevice
        ? slice.devices().stream().anyMatch(device -> isVisible(device, node))
        : slice.nodes().matches(node);
  }

  /** Whether a device that says its own nodes is seen by this one. */
  static boolean isVisible(Device device, Node node) {
    return device.nodes().isPresent() && device.nodes().get().matches(node);
  }

  private static List<ResourceSlice> newest(List<ResourceSlice> slices) {
    long newest = slices.stream().mapToLong(ResourceSlice::generation).max().orElseThrow();
    return slices.stream().filter(slice -> slice.generation() == newest).toList();
  }

  private PoolView view(
      List<ResourceSlice> pool,
      List<ResourceSlice> relevant,
      Map<Long, PoolGeneration> byGeneration) {
    ResourceSlice first = relevant.get(0);
    PoolGeneration generation =
        byGeneration.computeIfAbsent(first.generation(), g -> generation(pool, g));
    ImmutableList<ResourceSlice> inOrder =
        relevant.stream()
            .sorted(Comparator.comparing(ResourceSlice::name))
            .collect(ImmutableList.toImmutableList());
    boolean bindsLast = relevant.stream().anyMatch(PoolViews::hasBindingConditions);
    PoolView.State state = completeness(pool, relevant, generation);
    String defect = state == PoolView.State.USABLE ? defect(relevant, generation) : "";
    return new PoolView(
        generation, inOrder, defect.isEmpty() ? state : PoolView.State.INVALID, defect, bindsLast);
  }

  private static boolean hasBindingConditions(ResourceSlice slice) {
    for (Device device : slice.devices()) {
      if (!device.bindingConditions().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private PoolGeneration generation(List<ResourceSlice> pool, long number) {
    PoolGeneration generation =
        new PoolGeneration(
            generations.size(),
            pool.get(0).pool(),
            number,
            pool.stream()
                .filter(slice -> slice.generation() == number)
                .collect(ImmutableList.toImmutableList()));
    generations.add(generation);
    return generation;
  }

  /** R11 to R14: the announced count is that of the first relevant slice in input order. */
  private static PoolView.State completeness(
      List<ResourceSlice> pool, List<ResourceSlice> relevant, PoolGeneration generation) {
    long announced = relevant.get(0).resourceSliceCount();
    if (relevant.size() == announced) {
      return PoolView.State.USABLE;
    }
    if (pool.stream().anyMatch(slice -> slice.generation() > generation.generation())) {
      return PoolView.State.OBSOLETE;
    }
    return generation.slices().size() == announced
        ? PoolView.State.USABLE
        : PoolView.State.INCOMPLETE;
  }

  /** R16 to R18: what makes the pool invalid, or the empty string. */
  private static String defect(List<ResourceSlice> relevant, PoolGeneration generation) {
    Set<String> names = new HashSet<>();
    for (ResourceSlice slice : relevant) {
      for (Device device : slice.devices()) {
        if (!names.add(device.name())) {
          return "device " + device.name() + " is published twice (R16)";
        }
      }
    }
    Map<String, CounterSet> sets = new HashMap<>();
    for (ResourceSlice slice : generation.slices()) {
      for (CounterSet set : slice.sharedCounters()) {
        if (sets.put(set.name(), set) != null) {
          return "counter set " + set.name() + " is published twice (R17)";
        }
      }
    }
    return danglingReference(generation, sets);
  }

  private static String danglingReference(PoolGeneration generation, Map<String, CounterSet> sets) {
    for (ResourceSlice slice : generation.slices()) {
      for (Device device : slice.devices()) {
        for (CounterConsumption consumption : device.consumesCounters()) {
          CounterSet set = sets.get(consumption.counterSet());
          if (set == null || !hasAll(set, consumption)) {
            return "device "
                + device.name()
                + " draws on counter set "
                + consumption.counterSet()
                + ", and the pool lacks it or one of its counters (R18)";
          }
        }
      }
    }
    return "";
  }

  private static boolean hasAll(CounterSet set, CounterConsumption consumption) {
    for (String counter : consumption.counters().keySet()) {
      if (!set.counters().containsKey(counter)) {
        return false;
      }
    }
    return true;
  }
}
