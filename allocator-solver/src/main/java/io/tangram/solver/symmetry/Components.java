package io.tangram.solver.symmetry;

import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.IntList;
import java.util.ArrayList;
import java.util.Arrays;
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
    List<IntList> runs = runs(table, devices);
    Map<Integer, Integer> numbers = new HashMap<>();
    for (IntList run : runs) {
      for (int set : table.sets(run.get(0))) {
        numbers.putIfAbsent(set, numbers.size());
      }
    }
    DisjointSets tied = new DisjointSets(numbers.size());
    for (IntList run : runs) {
      int[] sets = table.sets(run.get(0));
      for (int set : sets) {
        tied.union(number(numbers, sets[0]), number(numbers, set));
      }
    }
    Map<Integer, IntList> byRoot = new LinkedHashMap<>();
    for (IntList run : runs) {
      int root = tied.find(number(numbers, table.sets(run.get(0))[0]));
      byRoot.computeIfAbsent(root, r -> new IntList()).addAll(run);
    }
    return byRoot.values().stream().map(IntList::toArray).toList();
  }

  /** Devices that follow each other and draw on the same sets, as those of a GPU mostly do. */
  private static List<IntList> runs(DeviceTable table, List<Integer> devices) {
    List<IntList> runs = new ArrayList<>();
    IntList run = new IntList();
    int[] before = {};
    for (int device : devices) {
      int[] sets = table.sets(device);
      if (sets.length > 0) {
        if (!Arrays.equals(sets, before)) {
          run = new IntList();
          runs.add(run);
          before = sets;
        }
        run.add(device);
      }
    }
    return runs;
  }

  private static int number(Map<Integer, Integer> numbers, int set) {
    return numbers.getOrDefault(set, 0);
  }
}
