package io.tangram.solver.symmetry;

import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The counters of one component that can run out: of which its devices together draw more than is
 * left. They are numbered in the order in which its devices first draw on their sets.
 */
final class ComponentCounters {

  private final DeviceTable devices;
  private final Map<Integer, Integer> firstOfSet = new LinkedHashMap<>();
  private final long[] available;
  private final int[] binding;

  ComponentCounters(CompiledProblem problem, int[] component) {
    this.devices = problem.devices();
    CounterTable table = problem.counters();
    int size = 0;
    for (int device : component) {
      for (int set : devices.sets(device)) {
        if (!firstOfSet.containsKey(set)) {
          firstOfSet.put(set, size);
          size += table.size(set);
        }
      }
    }
    this.available = new long[size];
    firstOfSet.forEach(
        (set, first) -> {
          for (int local = 0; local < table.size(set); local++) {
            available[first + local] = table.available(set, local);
          }
        });
    this.binding = binding(component);
  }

  private int[] binding(int[] component) {
    long[] wanted = new long[available.length];
    for (int device : component) {
      addDraws(device, wanted);
    }
    int[] binding = new int[available.length];
    int bindings = 0;
    for (int counter = 0; counter < available.length; counter++) {
      if (wanted[counter] > available[counter]) {
        binding[bindings++] = counter;
      }
    }
    return Arrays.copyOf(binding, bindings);
  }

  private void addDraws(int device, long[] into) {
    int[] sets = devices.sets(device);
    for (int s = 0; s < sets.length; s++) {
      Draw draw = devices.draws(device)[s];
      int first = firstOfSet.getOrDefault(sets[s], 0);
      for (int i = 0; i < draw.size(); i++) {
        into[first + draw.counter(i)] += draw.amount(i);
      }
    }
  }

  /** What a device of the component draws, as {@code [counter]}. */
  long[] draws(int device) {
    long[] all = new long[available.length];
    addDraws(device, all);
    return bindingOf(all);
  }

  /** What is left, as {@code [counter]}. */
  long[] remaining() {
    return bindingOf(available);
  }

  private long[] bindingOf(long[] all) {
    long[] some = new long[binding.length];
    for (int i = 0; i < binding.length; i++) {
      some[i] = all[binding[i]];
    }
    return some;
  }
}
