package io.tangram.solver.symmetry;

import io.tangram.api.device.Device;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.HeldDevices;
import io.tangram.solver.compile.Leaf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The devices that pending claims may take as things stand, and which leaf requests admit them. */
public final class Candidates {

  private record Kind(
      Object verdicts, Object taints, Object barrier, Object capacity, boolean shared) {}

  private final CompiledProblem problem;
  private final List<Leaf> leaves;
  private final BitSet dedicated = new BitSet();
  private final BitSet shared = new BitSet();
  private final BitSet bystanders = new BitSet();
  private final int[] admitted;
  private final List<BitSet> admittedBy = new ArrayList<>();
  private final Map<BitSet, Integer> numbers = new HashMap<>();

  /**
   * Looks at every device once.
   *
   * @param expectation what is expected of the devices
   */
  public Candidates(CompiledProblem problem, Expectation expectation) {
    this.problem = problem;
    this.leaves =
        problem.units().leaves().stream().filter(leaf -> !leaf.request().adminAccess()).toList();
    DeviceTable devices = problem.devices();
    this.admitted = new int[devices.size()];
    boolean capacityMatters =
        leaves.stream().anyMatch(leaf -> !leaf.request().capacityRequests().isEmpty());
    Map<Kind, Integer> kinds = new HashMap<>();
    for (int device = 0; device < admitted.length; device++) {
      if (!devices.isSeen(device) || !isFree(device)) {
        continue;
      }
      if (devices.sets(device).length > 0 && !expectation.suits(device).isEmpty()) {
        bystanders.set(device);
      }
      if (devices.isUnmergeable(device)) {
        continue;
      }
      Device published = devices.device(device);
      Kind kind =
          new Kind(
              problem.matching().lookOf(device),
              published.taints(),
              published.barrier(),
              capacityMatters ? published.capacity() : "",
              published.allowMultipleAllocations());
      Integer known = kinds.get(kind);
      if (known == null) {
        known = leavesFor(device);
        kinds.put(kind, known);
      }
      admitted[device] = known;
      if (!admittedBy.get(admitted[device]).isEmpty()) {
        (devices.isShared(device) ? shared : dedicated).set(device);
        bystanders.clear(device);
      }
    }
  }

  private int leavesFor(int device) {
    BitSet bits = new BitSet();
    for (Leaf leaf : leaves) {
      boolean fits =
          problem.devices().isShared(device)
              ? problem.admitsShared(leaf, device)
              : problem.admits(leaf, device);
      if (fits) {
        bits.set(leaf.index());
      }
    }
    return numbers.computeIfAbsent(
        bits,
        fresh -> {
          admittedBy.add(fresh);
          return admittedBy.size() - 1;
        });
  }

  /** Whether nobody holds the device and its counter sets have room for it alone. */
  private boolean isFree(int device) {
    DeviceTable devices = problem.devices();
    HeldDevices.Use use = devices.use(device);
    if (devices.isShared(device)) {
      boolean paid = use != null && use.shares() > 0;
      return (use == null || !use.isDedicated())
          && (paid || (!devices.isClosed(device) && fitsCounters(device)));
    }
    return use == null && !devices.isClosed(device) && fitsCounters(device);
  }

  private boolean fitsCounters(int device) {
    CounterTable counters = problem.counters();
    int[] sets = problem.devices().sets(device);
    for (int s = 0; s < sets.length; s++) {
      Draw draw = problem.devices().draws(device)[s];
      if (!counters.groups().isOpen(sets[s], draw)) {
        return false;
      }
      for (int i = 0; i < draw.size(); i++) {
        if (draw.amount(i) > counters.available(sets[s], draw.counter(i))) {
          return false;
        }
      }
    }
    return true;
  }

  /** The free dedicated devices that some leaf request admits. */
  public BitSet dedicated() {
    return dedicated;
  }

  /** The shared devices, not held as a whole, that some leaf request admits. */
  public BitSet shared() {
    return shared;
  }

  /** The other free devices that draw on counters and suit a request that is expected next. */
  BitSet bystanders() {
    return bystanders;
  }

  /** The numbers of the leaf requests, administrative ones apart, that admit a candidate. */
  public BitSet admittedBy(int device) {
    return admittedBy.get(admitted[device]);
  }
}
