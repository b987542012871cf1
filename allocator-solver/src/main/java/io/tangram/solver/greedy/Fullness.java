package io.tangram.solver.greedy;

import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.symmetry.Measures;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How much of counter sets, shared devices and nodes is in use, in millionths. Of a counter set
 * that is the largest part of a counter that is drawn, over those counters of which published
 * devices draw parts, as in {@link io.tangram.api.plan.Admission#MOST_DEVICE_SHARE}. Not
 * thread-safe.
 */
final class Fullness {

  private final DeviceTable devices;
  private final CounterTable counters;
  private final Measures measures;
  private final ClusterState state;
  private final IntList[] drawing;
  private final Parts[] parts;

  /** What a node consists of: counter sets, and devices that draw on none. */
  private record Parts(ImmutableIntArray sets, ImmutableIntArray lone) {}

  Fullness(CompiledProblem problem, Measures measures, ClusterState state) {
    this.devices = problem.devices();
    this.counters = problem.counters();
    this.measures = measures;
    this.state = state;
    this.drawing = new IntList[counters.sets()];
    for (int set = 0; set < drawing.length; set++) {
      drawing[set] = new IntList();
    }
    for (int device = 0; device < devices.size(); device++) {
      for (int set : devices.sets(device)) {
        drawing[set].add(device);
      }
    }
    this.parts = new Parts[problem.nodes()];
    for (int node = 0; node < parts.length; node++) {
      parts[node] = parts(node);
    }
  }

  private Parts parts(int node) {
    Set<Integer> sets = new LinkedHashSet<>();
    IntList lone = new IntList();
    for (int device : devices.onNode(node)) {
      for (int set : devices.sets(device)) {
        sets.add(set);
      }
      if (devices.sets(device).length == 0) {
        lone.add(device);
      }
    }
    return new Parts(ImmutableIntArray.copyOf(sets), ImmutableIntArray.copyOf(lone.toArray()));
  }

  /** How full the counter sets of a device are, or it itself if it is shared. */
  long around(int device) {
    long fullness = devices.isShared(device) ? ofShared(device) : 0;
    for (int set : devices.sets(device)) {
      fullness = Math.max(fullness, ofSet(set));
    }
    return fullness;
  }

  /** How full a node is, on the average of its counter sets and devices. */
  long ofNode(int node) {
    Parts all = parts[node];
    int count = all.sets().length() + all.lone().length();
    long sum =
        all.sets().stream().mapToLong(this::ofSet).sum()
            + all.lone().stream().mapToLong(this::ofLone).sum();
    return count == 0 ? 0 : sum / count;
  }

  private long ofLone(int device) {
    if (!state.isFree(device)) {
      return Measures.WHOLE;
    }
    return devices.isShared(device) ? ofShared(device) : 0;
  }

  private long ofSet(int set) {
    long fullness = 0;
    for (int local = 0; local < counters.size(set); local++) {
      long declared = counters.declared(set, local);
      int counter = counters.base(set) + local;
      if (measures.isPartlyDrawn(counter) && declared > 0) {
        long drawn = declared - state.left(counter);
        fullness = Math.max(fullness, Measures.WHOLE * drawn / declared);
      }
    }
    return fullness;
  }

  private long ofShared(int device) {
    long fullness = 0;
    for (Map.Entry<QualifiedName, DeviceCapacity> each :
        devices.device(device).capacity().entrySet()) {
      BigDecimal whole = each.getValue().value().value();
      BigDecimal consumed = state.consumed(device, each.getKey());
      if (consumed.signum() > 0 && whole.signum() > 0) {
        fullness = Math.max(fullness, Measures.millionths(consumed, whole));
      }
    }
    return fullness;
  }

  /**
   * How many free devices that draw on the same counter sets could be given now, but not beside the
   * device.
   */
  long blockedBy(Leaf leaf, int device) {
    if (devices.sets(device).length == 0) {
      return 0;
    }
    long before = available(device);
    state.take(leaf, device);
    long after = available(device);
    state.giveBack(leaf, device);
    return before - after;
  }

  private long available(int around) {
    long available = 0;
    for (int set : devices.sets(around)) {
      for (int i = 0; i < drawing[set].size(); i++) {
        int other = drawing[set].get(i);
        available += state.isFree(other) && state.fitsCounters(other) ? 1 : 0;
      }
    }
    return available;
  }
}
