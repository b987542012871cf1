package io.tangram.api.testing;

import io.tangram.api.AllocationProblem;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How much of a device a choice takes, in millionths: its share and its size. */
final class DeviceMeasures {

  private static final long ONE = 1_000_000;

  private record Counter(PoolId pool, long generation, String set, String name) {
    boolean isOfSameSet(Counter other) {
      return pool.equals(other.pool) && generation == other.generation && set.equals(other.set);
    }
  }

  private record DriverCapacity(String driver, QualifiedName name) {}

  private final Map<DeviceId, Long> generations = new HashMap<>();
  private final Map<Counter, Quantity> declared = new HashMap<>();
  private final Set<Counter> partlyTaken = new HashSet<>();
  private final Map<DriverCapacity, Quantity> greatest = new HashMap<>();

  DeviceMeasures(AllocationProblem problem) {
    for (ResourceSlice slice : problem.slices()) {
      for (CounterSet set : slice.sharedCounters()) {
        set.counters()
            .forEach((name, amount) -> declared.put(counter(slice, set.name(), name), amount));
      }
      for (Device device : slice.devices()) {
        generations.merge(slice.idOf(device), slice.generation(), Math::max);
        device
            .capacity()
            .forEach(
                (name, capacity) ->
                    greatest.merge(
                        new DriverCapacity(slice.pool().driver(), name),
                        capacity.value(),
                        DeviceMeasures::greater));
      }
    }
    problem.slices().forEach(this::notePartlyTaken);
  }

  private void notePartlyTaken(ResourceSlice slice) {
    for (Device device : slice.devices()) {
      for (CounterConsumption consumption : device.consumesCounters()) {
        consumption
            .counters()
            .forEach(
                (name, amount) -> {
                  Counter counter = counter(slice, consumption.counterSet(), name);
                  Quantity all = declared.get(counter);
                  if (all != null && amount.signum() > 0 && amount.compareTo(all) < 0) {
                    partlyTaken.add(counter);
                  }
                });
      }
    }
  }

  private static Counter counter(ResourceSlice slice, String set, String name) {
    return new Counter(slice.pool(), slice.generation(), set, name);
  }

  private static Quantity greater(Quantity a, Quantity b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /** Returns the share of the device, as {@code most-device-share} adds it up. */
  long share(ChosenDevice chosen) {
    PublishedDevice device = chosen.device();
    if (chosen.alternative().adminAccess()) {
      return 0;
    }
    return device.isShared() ? shareOfCapacity(chosen) : shareOfCounters(device);
  }

  private static long shareOfCapacity(ChosenDevice chosen) {
    Device device = chosen.device().device();
    Map<QualifiedName, Quantity> consumed =
        CapacityRules.amounts(chosen.alternative(), device).orElseThrow();
    return consumed.entrySet().stream()
        .mapToLong(e -> millionths(e.getValue(), device.capacity().get(e.getKey()).value()))
        .max()
        .orElse(0);
  }

  /** Counters of its sets that the device doesn't draw on count, as 0. */
  private long shareOfCounters(PublishedDevice device) {
    Map<Counter, Quantity> drawn = drawn(device);
    return partlyTaken.stream()
        .filter(counter -> drawn.keySet().stream().anyMatch(counter::isOfSameSet))
        .mapToLong(
            counter ->
                millionths(drawn.getOrDefault(counter, Quantity.ZERO), declared.get(counter)))
        .max()
        .orElse(ONE);
  }

  private Map<Counter, Quantity> drawn(PublishedDevice device) {
    long generation = generations.getOrDefault(device.id(), 1L);
    PoolId pool = device.id().poolId();
    Map<Counter, Quantity> drawn = new HashMap<>();
    for (CounterConsumption consumption : device.device().consumesCounters()) {
      String set = consumption.counterSet();
      consumption
          .counters()
          .forEach((name, amount) -> drawn.put(new Counter(pool, generation, set, name), amount));
    }
    return drawn;
  }

  /** Returns the size of the device, as {@code fit} adds it up. */
  long size(ChosenDevice chosen) {
    PublishedDevice device = chosen.device();
    Map<QualifiedName, Quantity> consumed =
        CapacityRules.amounts(chosen.alternative(), device.device()).orElseThrow();
    return device.device().capacity().entrySet().stream()
        .mapToLong(
            capacity -> {
              QualifiedName name = capacity.getKey();
              Quantity part = device.isShared() ? consumed.get(name) : capacity.getValue().value();
              return millionths(part, greatest.get(new DriverCapacity(device.driver(), name)));
            })
        .max()
        .orElse(ONE);
  }

  /** Returns part / whole in millionths, rounded half up; of nothing, nothing. */
  private static long millionths(Quantity part, Quantity whole) {
    return whole.signum() == 0
        ? 0
        : part.value()
            .multiply(BigDecimal.valueOf(ONE))
            .divide(whole.value(), 0, RoundingMode.HALF_UP)
            .longValueExact();
  }
}
