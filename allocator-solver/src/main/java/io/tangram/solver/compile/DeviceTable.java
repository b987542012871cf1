package io.tangram.solver.compile;

import io.tangram.api.AllocationProblem;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.limit.Deadline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The devices of usable pools, numbered from 0, with the nodes that see them, what they draw from
 * counters and who holds them.
 */
public final class DeviceTable {

  /** The site of a device that no node sees. */
  private static final int UNSEEN = -1;

  private final List<ResourceSlice> slices = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final List<int[]> sets = new ArrayList<>();
  private final List<Draw[]> draws = new ArrayList<>();
  private final List<HeldDevices.@Nullable Use> uses = new ArrayList<>();
  private final BitSet closed = new BitSet();
  private final List<String> warnings = new ArrayList<>();
  private final int[][] onNode;
  private final int[][] beforeNode;
  private int[] site = new int[0];
  private final List<int[]> sites = new ArrayList<>();

  private DeviceTable(int nodes) {
    onNode = new int[nodes][];
    beforeNode = new int[nodes][];
  }

  static DeviceTable of(
      AllocationProblem problem,
      PoolViews pools,
      CounterTable counters,
      HeldDevices held,
      Deadline deadline) {
    DeviceTable table = new DeviceTable(problem.nodes().size());
    table.warnings.addAll(UnusablePools.warnings(pools, problem.nodes().size()));
    commitHeld(pools, counters, held);
    IdentityHashMap<ResourceSlice, Integer> firstOfSlice = new IdentityHashMap<>();
    IdentityHashMap<PoolGeneration, Boolean> closedPools = new IdentityHashMap<>();
    for (int node = 0; node < table.onNode.length; node++) {
      deadline.requireTime();
      IntList seen = new IntList();
      IntList passed = new IntList();
      for (PoolView view : pools.onNode(node)) {
        if (view.state() == PoolView.State.USABLE) {
          boolean closed =
              closedPools.computeIfAbsent(
                  view.pool(), pool -> table.isClosed(pool, counters, held, problem));
          for (ResourceSlice slice : view.slices()) {
            int first =
                firstOfSlice.computeIfAbsent(
                    slice, s -> table.add(s, view.pool(), counters, held, closed));
            table.collectVisible(slice, first, problem.nodes().get(node), seen, passed);
          }
        }
      }
      table.onNode[node] = seen.toArray();
      table.beforeNode[node] = passed.size() == seen.size() ? table.onNode[node] : passed.toArray();
    }
    table.findSites();
    return table;
  }

  /** Takes what held devices draw out of every generation that publishes them (R111). */
  private static void commitHeld(PoolViews pools, CounterTable counters, HeldDevices held) {
    for (PoolGeneration pool : pools.generations()) {
      Map<String, HeldDevices.Use> uses = held.in(pool.id());
      if (uses.isEmpty()) {
        continue;
      }
      for (ResourceSlice slice : pool.slices()) {
        for (Device device : slice.devices()) {
          HeldDevices.Use use = uses.get(device.name());
          if (use != null) {
            for (CounterConsumption consumption : device.consumesCounters()) {
              if (counters.defines(pool, consumption)) {
                int set = counters.set(pool, consumption.counterSet());
                counters.commit(
                    set,
                    counters.draw(set, consumption),
                    use.compatibilityGroups(consumption.counterSet()));
              }
            }
          }
        }
      }
    }
  }

  /** Whether a held device of the pool is published no more: its draw is unknown (R116). */
  private static boolean hasVanished(PoolGeneration pool, HeldDevices held) {
    Set<String> names = held.in(pool.id()).keySet();
    if (names.isEmpty()) {
      return false;
    }
    Set<String> published = new HashSet<>();
    for (ResourceSlice slice : pool.slices()) {
      slice.devices().forEach(device -> published.add(device.name()));
    }
    return !published.containsAll(names);
  }

  /** Whether what is left of the pool's counters is negative or unknown; if so, warns. */
  private boolean isClosed(
      PoolGeneration pool, CounterTable counters, HeldDevices held, AllocationProblem problem) {
    if (counters.isOverdrawn(pool)) {
      warnings.add(
          "pool "
              + pool.id()
              + ": what is held overdraws a counter; no counter-consuming device of the pool is"
              + " given (R112)");
      return true;
    }
    boolean unknown = !problem.vanishedDevicesAreFree() && hasVanished(pool, held);
    if (unknown && pool.slices().stream().anyMatch(slice -> !slice.sharedCounters().isEmpty())) {
      warnings.add(
          "pool "
              + pool.id()
              + ": a held device is published no more, so what is left of the counters is not known;"
              + " no counter-consuming device of the pool is given (R116)");
    }
    return unknown;
  }

  private int add(
      ResourceSlice slice,
      PoolGeneration pool,
      CounterTable counters,
      HeldDevices held,
      boolean poolClosed) {
    int first = devices.size();
    Map<String, HeldDevices.Use> usesInPool = held.in(pool.id());
    for (Device device : slice.devices()) {
      List<CounterConsumption> consumptions = device.consumesCounters();
      int[] drawnSets = new int[consumptions.size()];
      Draw[] drawn = new Draw[consumptions.size()];
      for (int i = 0; i < drawnSets.length; i++) {
        CounterConsumption consumption = consumptions.get(i);
        drawnSets[i] = counters.set(pool, consumption.counterSet());
        drawn[i] = counters.draw(drawnSets[i], consumption);
      }
      if (poolClosed && drawnSets.length > 0) {
        closed.set(devices.size());
      }
      slices.add(slice);
      devices.add(device);
      sets.add(drawnSets);
      draws.add(drawn);
      uses.add(usesInPool.get(device.name()));
    }
    return first;
  }

  private void collectVisible(
      ResourceSlice slice, int first, Node node, IntList into, IntList passed) {
    boolean perDevice = slice.nodes() instanceof NodeSelection.PerDevice;
    for (int i = 0; i < slice.devices().size(); i++) {
      passed.add(first + i);
      if (!perDevice || PoolViews.isVisible(slice.devices().get(i), node)) {
        into.add(first + i);
      }
    }
  }

  /** Groups devices by the set of nodes that see them. */
  private void findSites() {
    site = new int[devices.size()];
    Arrays.fill(site, UNSEEN);
    Map<Integer, IntList> several = new HashMap<>();
    for (int node = 0; node < onNode.length; node++) {
      sites.add(new int[] {node});
      for (int device : onNode[node]) {
        if (site[device] == UNSEEN) {
          site[device] = node;
        } else {
          int firstSeenBy = site[device];
          int alsoSeenBy = node;
          several.computeIfAbsent(device, d -> new IntList().add(firstSeenBy)).add(alsoSeenBy);
        }
      }
    }
    Map<List<Integer>, Integer> known = new HashMap<>();
    several.forEach(
        (device, nodes) -> {
          Integer number = known.get(nodes.asList());
          if (number == null) {
            number = sites.size();
            known.put(nodes.asList(), number);
            sites.add(nodes.toArray());
          }
          site[device] = number;
        });
  }

  /** What the owner of the problem should know about its pools. */
  public List<String> warnings() {
    return warnings;
  }

  /** How many devices there are. */
  public int size() {
    return devices.size();
  }

  /** The device as published. */
  public Device device(int device) {
    return devices.get(device);
  }

  /** The slice that publishes the device. */
  public ResourceSlice slice(int device) {
    return slices.get(device);
  }

  /** The device's driver. */
  public String driver(int device) {
    return slice(device).pool().driver();
  }

  /** The device's identity. */
  public DeviceId id(int device) {
    return slice(device).idOf(device(device));
  }

  /** The counter sets the device draws on; don't change the array. */
  public int[] sets(int device) {
    return sets.get(device);
  }

  /** What the device draws on each of its {@link #sets}; don't change the array. */
  public Draw[] draws(int device) {
    return draws.get(device);
  }

  /** Who holds the device, or null if nobody does. */
  public HeldDevices.@Nullable Use use(int device) {
    return uses.get(device);
  }

  /** Whether the device draws on counters of a pool that is overdrawn or unknown (R112, R116). */
  public boolean isClosed(int device) {
    return closed.get(device);
  }

  /**
   * Whether the device selects its nodes by several terms, which no result can carry unless it is
   * tied to one node (R185).
   */
  public boolean isUnmergeable(int device) {
    Device published = devices.get(device);
    return published.nodes().isPresent()
        && published.nodes().get() instanceof NodeSelection.Matching matching
        && matching.selector().terms().size() > 1
        && !published.bindsToNode();
  }

  /** Whether several claims may share the device. */
  public boolean isShared(int device) {
    return device(device).allowMultipleAllocations();
  }

  /** The devices that a node sees, in the order in which they are offered; don't change it. */
  public int[] onNode(int node) {
    return onNode[node];
  }

  /**
   * The devices that kube-scheduler passes on a node: those that the node sees, and those of the
   * same slices that say themselves that it doesn't, in the order in which they are offered; don't
   * change it. Selectors are asked of them all (R7).
   */
  public int[] beforeNode(int node) {
    return beforeNode[node];
  }

  /** Whether the node sees the device. */
  public boolean isSeenBy(int device, int node) {
    return isSeen(device) && Arrays.binarySearch(nodesOf(site(device)), node) >= 0;
  }

  /** Whether any node sees the device. */
  public boolean isSeen(int device) {
    return site[device] != UNSEEN;
  }

  /**
   * The number of the set of nodes that see the device: the node itself where it is one. The device
   * must be {@linkplain #isSeen seen}.
   */
  public int site(int device) {
    return site[device];
  }

  /** The nodes that see the devices of a site, ascending; don't change the array. */
  public int[] nodesOf(int site) {
    return sites.get(site);
  }
}
