package io.tangram.solver.symmetry;

import io.tangram.api.device.QualifiedName;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.nodesearch.ClusterState;
import java.math.BigDecimal;
import java.util.BitSet;

/**
 * What one more device would take from the supply of expected requests, in a state that changes:
 * the slope of {@link io.tangram.api.plan.Objective#FRAGMENTATION}. Not thread-safe.
 */
public final class SupplyGradient {

  private final DeviceTable devices;
  private final ClusterState state;
  private final boolean nothingExpected;
  private final SupplyComponents components;
  private final InState now = new InState();

  /**
   * Sorts what could be given into components.
   *
   * @param state what is taken; changed to look ahead, and restored
   */
  public SupplyGradient(CompiledProblem problem, Expectation expectation, ClusterState state) {
    this.devices = problem.devices();
    this.state = state;
    this.nothingExpected = expectation.isEmpty();
    this.components = new SupplyComponents(problem, expectation);
  }

  /** What the state leaves. */
  private final class InState implements SupplyComponents.Remains {
    @Override
    public long left(int counter) {
      return state.left(counter);
    }

    @Override
    public BitSet open(int set) {
      return state.open(set);
    }

    @Override
    public boolean isFree(int device) {
      return state.isFree(device);
    }

    @Override
    public boolean hasShares(int device) {
      return state.hasShares(device);
    }

    @Override
    public BigDecimal consumed(int device, QualifiedName capacity) {
      return state.consumed(device, capacity);
    }
  }

  /** Returns what the supply is worth less what it would be worth if a request got the device. */
  public long of(Leaf leaf, int device) {
    if (nothingExpected || leaf.request().adminAccess()) {
      return 0;
    }
    long before = worthAround(device);
    state.take(leaf, device);
    long after = worthAround(device);
    state.giveBack(leaf, device);
    return before - after;
  }

  private long worthAround(int device) {
    int[] sets = devices.sets(device);
    if (sets.length == 0) {
      return components.worthOfLone(device, now);
    }
    long worth = 0;
    for (int s = 0; s < sets.length; s++) {
      int component = components.of(sets[s]);
      boolean seen = false;
      for (int before = 0; before < s; before++) {
        seen |= components.of(sets[before]) == component;
      }
      worth += seen ? 0 : components.worth(component, now);
    }
    return worth;
  }
}
