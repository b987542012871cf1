package io.tangram.solver.symmetry;

import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.IntList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Devices tied by the counter sets they share: a GPU and all its partitions, say. */
final class Components {

  private Components() {}

  /**
   * Sorts devices that draw on counters into components; those that draw on none are left out.
   *
   * @return the components in the order of their first devices, each with its devices in order
   */
  static List<int[]> of(DeviceTable table, List<Integer> devices) {
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int device : devices) {
      for (int set : table.sets(device)) {
        numbers.putIfAbsent(set, numbers.size());
      }
    }
    DisjointSets tied = new DisjointSets(numbers.size());
    for (int device : devices) {
      int[] sets = table.sets(device);
      for (int set : sets) {
        tied.union(number(numbers, sets[0]), number(numbers, set));
      }
    }
    Map<Integer, IntList> byRoot = new LinkedHashMap<>();
    for (int device : devices) {
      int[] sets = table.sets(device);
      if (sets.length > 0) {
        int root = tied.find(number(numbers, sets[0]));
        byRoot.computeIfAbsent(root, r -> new IntList()).add(device);
      }
    }
    return byRoot.values().stream().map(IntList::toArray).toList();
  }

  private static int number(Map<Integer, Integer> numbers, int set) {
    return numbers.getOrDefault(set, 0);
  }
}
