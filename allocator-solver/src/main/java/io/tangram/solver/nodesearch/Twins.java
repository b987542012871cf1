package io.tangram.solver.nodesearch;

import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.PoolGeneration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Devices that nodes see in different generations of a pool (R3, R11): however often published, it
 * is one device (R1). Hardly any cluster has such.
 */
final class Twins {

  private final Map<Integer, int[]> twins = new HashMap<>();

  Twins(CompiledProblem problem) {
    Set<PoolId> once = new HashSet<>();
    Set<PoolId> several = new HashSet<>();
    for (PoolGeneration generation : problem.pools().generations()) {
      if (!once.add(generation.id())) {
        several.add(generation.id());
      }
    }
    if (several.isEmpty()) {
      return;
    }
    DeviceTable devices = problem.devices();
    Map<DeviceId, int[]> byId = new HashMap<>();
    for (int device = 0; device < devices.size(); device++) {
      if (several.contains(devices.slice(device).pool())) {
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

  /** The device itself and what it is where nodes see other generations. */
  int[] of(int device) {
    int[] known = twins.get(device);
    return known == null ? new int[] {device} : known;
  }
}
