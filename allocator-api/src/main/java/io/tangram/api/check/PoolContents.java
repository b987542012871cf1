package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All slices of one generation of a pool, whatever nodes they are for. The nodes that see the pool
 * share its counters (R111, R121).
 */
final class PoolContents {

  private final DeviceTable devices;
  private final ImmutableMap<String, CounterSet> counterSets;
  private final Optional<Refusal> defect;
  private final ImmutableList<ResourceSlice> slices;
  private volatile @Nullable ImmutableSet<Counter> partlyTaken;

  PoolContents(ImmutableList<ResourceSlice> slices) {
    this.devices = DeviceTable.of(slices);
    Map<String, CounterSet> sets = new HashMap<>();
    Optional<Refusal> twice = Optional.empty();
    for (ResourceSlice slice : slices) {
      for (CounterSet set : slice.sharedCounters()) {
        if (sets.putIfAbsent(set.name(), set) != null && twice.isEmpty()) {
          twice = Optional.of(new Refusal("R17", "has two counter sets called " + set.name()));
        }
      }
    }
    this.counterSets = ImmutableMap.copyOf(sets);
    this.defect = twice.or(() -> badReference(slices));
    this.slices = slices;
  }

  private Optional<Refusal> badReference(ImmutableList<ResourceSlice> slices) {
    for (ResourceSlice slice : slices) {
      for (Device device : slice.devices()) {
        for (CounterConsumption consumption : device.consumesCounters()) {
          CounterSet set = counterSets.get(consumption.counterSet());
          for (String counter : consumption.counters().keySet()) {
            if (set == null || !set.counters().containsKey(counter)) {
              return Optional.of(
                  new Refusal(
                      "R18",
                      "has device %s, which consumes counter %s of set %s, but no such counter"
                          .formatted(device.name(), counter, consumption.counterSet())));
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private ImmutableSet<Counter> findPartlyTaken() {
    ImmutableSet.Builder<Counter> found = ImmutableSet.builder();
    for (ResourceSlice slice : slices) {
      for (Device device : slice.devices()) {
        for (CounterConsumption consumption : device.consumesCounters()) {
          consumption
              .counters()
              .forEach(
                  (name, taken) -> {
                    Quantity declared = declared(consumption.counterSet(), name);
                    if (declared != null && taken.signum() > 0 && taken.compareTo(declared) < 0) {
                      found.add(new Counter(consumption.counterSet(), name));
                    }
                  });
        }
      }
    }
    return found.build();
  }

  /** The devices of the pool, for whatever node. */
  DeviceTable devices() {
    return devices;
  }

  /** Why the pool as a whole is invalid, if it is (R17, R18). */
  Optional<Refusal> defect() {
    return defect;
  }

  /** The counter sets of the pool. */
  ImmutableMap<String, CounterSet> counterSets() {
    return counterSets;
  }

  /** Returns the declared amount of a counter, or null if the pool has no such counter. */
  @Nullable Quantity declared(String counterSet, String counter) {
    CounterSet set = counterSets.get(counterSet);
    return set == null ? null : set.counters().get(counter);
  }

  /** The counters of which some device takes a part: more than nothing, less than all. */
  ImmutableSet<Counter> partlyTaken() {
    ImmutableSet<Counter> found = partlyTaken;
    if (found == null) {
      found = findPartlyTaken();
      partlyTaken = found;
    }
    return found;
  }

  /**
   * The name of a counter in a pool.
   *
   * @param set the name of the counter set
   * @param counter the name in the set
   */
  record Counter(String set, String counter) {}
}
