package io.tangram.solver.reference;

import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.reference.Defect;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What is left of the counters of pools and what one call draws on them (R111, R112). What is left
 * is worked out when a pool is first asked for; the reference keeps it for all nodes that a pod is
 * tried on (R207), under the name of the pool alone (R114). Not thread-safe.
 */
final class CounterAccounts {

  /** Amounts by counter set and counter. */
  static final class Amounts {
    private final Map<String, Map<String, BigDecimal>> bySet = new HashMap<>();

    BigDecimal get(String set, String counter) {
      return bySet.getOrDefault(set, Map.of()).getOrDefault(counter, BigDecimal.ZERO);
    }

    private void add(String set, String counter, BigDecimal amount) {
      bySet.computeIfAbsent(set, unused -> new HashMap<>()).merge(counter, amount, BigDecimal::add);
    }

    private void add(Device device, boolean isDrawn) {
      for (CounterConsumption drawn : device.consumesCounters()) {
        drawn
            .counters()
            .forEach(
                (counter, amount) ->
                    add(
                        drawn.counterSet(),
                        counter,
                        isDrawn ? amount.value() : amount.value().negate()));
      }
    }

    /** Whether there is no less of anything here than there. */
    private boolean covers(Amounts other) {
      return bySet.entrySet().stream()
          .allMatch(
              set ->
                  set.getValue().entrySet().stream()
                      .allMatch(
                          left ->
                              left.getValue().compareTo(other.get(set.getKey(), left.getKey()))
                                  >= 0));
    }
  }

  private final CommittedState committed;
  private final boolean namesCollide;
  private final Map<PoolId, Amounts> left;
  private final Map<PoolId, Amounts> drawn = new HashMap<>();

  /**
   * Opens the accounts of a call.
   *
   * @param left what is known to be left, by pool; filled by every call that needs more
   */
  CounterAccounts(CommittedState committed, Set<Defect> defects, Map<PoolId, Amounts> left) {
    this.committed = committed;
    this.namesCollide = defects.contains(Defect.POOL_NAMES_COLLIDE);
    this.left = namesCollide ? left : new HashMap<>();
  }

  /** Whose account it is; of no driver where names collide. */
  private PoolId key(ReferencePool pool) {
    return namesCollide ? new PoolId("", pool.id().pool()) : pool.id();
  }

  /**
   * Draws what the device consumes, unless not enough is left of any counter of the pool, whether
   * the device consumes it or not (R112).
   *
   * @return whether it was drawn
   */
  boolean draw(ReferencePool pool, Device device) {
    Amounts available = left.computeIfAbsent(key(pool), unused -> left(pool));
    Amounts used = drawn.computeIfAbsent(key(pool), unused -> new Amounts());
    used.add(device, true);
    if (!available.covers(used)) {
      used.add(device, false);
      return false;
    }
    return true;
  }

  /** Gives back what was drawn for the device. */
  void giveBack(ReferencePool pool, Device device) {
    drawn.computeIfAbsent(key(pool), unused -> new Amounts()).add(device, false);
  }

  private Amounts left(ReferencePool pool) {
    Amounts amounts = new Amounts();
    for (CounterSet set : pool.counterSets().values()) {
      for (Map.Entry<String, Quantity> counter : set.counters().entrySet()) {
        amounts.add(set.name(), counter.getKey(), counter.getValue().value());
      }
    }
    pool.offered().forEach(slice -> commit(slice, amounts));
    pool.elsewhere().forEach(slice -> commit(slice, amounts));
    return amounts;
  }

  private void commit(ResourceSlice slice, Amounts amounts) {
    for (Device device : slice.devices()) {
      if (committed.isInUse(slice.idOf(device))) {
        amounts.add(device, false);
      }
    }
  }
}
