package io.tangram.solver.nodesearch;

import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.PoolGeneration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pools of which some nodes see another generation than others (R3, R11). A device that both
 * publish is one device (R1). While a device is in use that a generation doesn't publish, what is
 * left of that generation's counters is unknown, and nothing that draws on them is given (R116);
 * whichever comes first. Hardly any cluster has such pools. Not thread-safe.
 */
final class SplitPools {

  private final DeviceTable devices;
  private final boolean vanishedDevicesAreFree;
  private final Map<Integer, int[]> twins = new HashMap<>();
  private final IdentityHashMap<ResourceSlice, Generation> generationOfSlice =
      new IdentityHashMap<>();

  /** One generation of a split pool. */
  private static final class Generation {
    final Set<String> names = new HashSet<>();
    final List<Generation> others = new ArrayList<>();

    /** How many devices of other generations are in use that this one doesn't publish. */
    int strangers;

    /** How many of its own devices are in use that draw on counters. */
    int consumers;
  }

  SplitPools(CompiledProblem problem) {
    this.devices = problem.devices();
    this.vanishedDevicesAreFree = problem.problem().vanishedDevicesAreFree();
    Map<PoolId, List<PoolGeneration>> byPool = new HashMap<>();
    for (PoolGeneration generation : problem.pools().generations()) {
      byPool.computeIfAbsent(generation.id(), id -> new ArrayList<>()).add(generation);
    }
    byPool.values().stream().filter(all -> all.size() > 1).forEach(this::addPool);
    if (!generationOfSlice.isEmpty()) {
      findTwins();
    }
  }

  private void addPool(List<PoolGeneration> generations) {
    List<Generation> all = new ArrayList<>();
    for (PoolGeneration each : generations) {
      Generation generation = new Generation();
      for (ResourceSlice slice : each.slices()) {
        generationOfSlice.put(slice, generation);
        slice.devices().stream().map(Device::name).forEach(generation.names::add);
      }
      all.add(generation);
    }
    for (Generation generation : all) {
      all.stream().filter(other -> other != generation).forEach(generation.others::add);
    }
  }

  private void findTwins() {
    Map<DeviceId, int[]> byId = new HashMap<>();
    for (int device = 0; device < devices.size(); device++) {
      if (generationOfSlice.containsKey(devices.slice(device))) {
        int number = device;
        byId.merge(
            devices.id(device), new int[] {number}, (before, one) -> appended(before, number));
      }
    }
    for (int[] same : byId.values()) {
      for (int device : same) {
        twins.put(device, same);
      }
    }
  }

  private static int[] appended(int[] before, int last) {
    int[] all = Arrays.copyOf(before, before.length + 1);
    all[before.length] = last;
    return all;
  }

  /** The device itself and what it is called where nodes see other generations. */
  int[] same(int device) {
    int[] known = twins.get(device);
    return known == null ? new int[] {device} : known;
  }

  /** Whether what is in use of other generations leaves the device to be given. */
  boolean allow(int device) {
    Generation own = generationOfSlice.get(devices.slice(device));
    if (own == null || vanishedDevicesAreFree) {
      return true;
    }
    if (devices.sets(device).length > 0 && own.strangers > 0) {
      return false;
    }
    String name = devices.device(device).name();
    return own.others.stream()
        .allMatch(other -> other.consumers == 0 || other.names.contains(name));
  }

  /** Records that the device came into use, or with sign -1 that it is no longer in use. */
  void count(int device, int sign) {
    Generation own = generationOfSlice.get(devices.slice(device));
    if (own != null) {
      own.consumers += devices.sets(device).length > 0 ? sign : 0;
      String name = devices.device(device).name();
      own.others.stream()
          .filter(other -> !other.names.contains(name))
          .forEach(other -> other.strangers += sign);
    }
  }
}
