package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.check.PoolContents.Counter;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much of a device and how large a device a result is, in millionths, each rounded half up: the
 * summands of {@link io.tangram.api.plan.Admission#MOST_DEVICE_SHARE} and {@link
 * io.tangram.api.plan.Objective#FIT}. Thread-safe.
 */
final class DeviceMeasures {

  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final long WHOLE = 1_000_000;

  private final ImmutableList<ResourceSlice> slices;
  private volatile @Nullable ImmutableMap<DriverCapacity, Quantity> greatest;

  /**
   * Makes the measures.
   *
   * @param slices everything that is published, usable or not
   */
  DeviceMeasures(ImmutableList<ResourceSlice> slices) {
    this.slices = slices;
  }

  private ImmutableMap<DriverCapacity, Quantity> greatest() {
    ImmutableMap<DriverCapacity, Quantity> found = greatest;
    if (found == null) {
      found = findGreatest();
      greatest = found;
    }
    return found;
  }

  private ImmutableMap<DriverCapacity, Quantity> findGreatest() {
    Map<DriverCapacity, Quantity> all = new HashMap<>();
    Map<String, Set<Object>> seen = new HashMap<>(); // equal devices often share their map
    for (ResourceSlice slice : slices) {
      String driver = slice.pool().driver();
      Set<Object> ofDriver = seen.computeIfAbsent(driver, each -> Sets.newIdentityHashSet());
      for (Device device : slice.devices()) {
        if (ofDriver.add(device.capacity())) {
          device
              .capacity()
              .forEach(
                  (name, capacity) ->
                      all.merge(
                          new DriverCapacity(driver, name),
                          capacity.value(),
                          (one, other) -> one.compareTo(other) >= 0 ? one : other));
        }
      }
    }
    return ImmutableMap.copyOf(all);
  }

  /** Returns the share of its device that a result takes; nothing for administrative access. */
  long share(DeviceAllocation result, PoolView pool, Published published) {
    return result.adminAccess()
        ? 0
        : share(published.device(), pool.contents(), result.consumedCapacity());
  }

  /**
   * Returns the share that somebody takes of a device.
   *
   * @param pool the generation of its pool
   * @param consumed what is taken of the capacities, if it is a shared one
   */
  static long share(
      Device device, PoolContents pool, ImmutableMap<QualifiedName, Quantity> consumed) {
    return device.allowMultipleAllocations()
        ? shareOfCapacity(device, consumed)
        : shareOfCounters(device, pool);
  }

  private static long shareOfCapacity(
      Device device, ImmutableMap<QualifiedName, Quantity> amounts) {
    long share = 0;
    for (Map.Entry<QualifiedName, Quantity> consumed : amounts.entrySet()) {
      DeviceCapacity capacity = device.capacity().get(consumed.getKey());
      if (capacity != null) {
        share = Math.max(share, millionths(consumed.getValue(), capacity.value()));
      }
    }
    return share;
  }

  private static long shareOfCounters(Device device, PoolContents pool) {
    long share = 0;
    boolean partitioned = false;
    for (CounterConsumption consumption : device.consumesCounters()) {
      CounterSet set = pool.counterSets().get(consumption.counterSet());
      if (set == null) {
        continue;
      }
      for (Map.Entry<String, Quantity> declared : set.counters().entrySet()) {
        if (pool.partlyTaken().contains(new Counter(set.name(), declared.getKey()))) {
          partitioned = true;
          Quantity taken = consumption.counters().getOrDefault(declared.getKey(), Quantity.ZERO);
          share = Math.max(share, millionths(taken, declared.getValue()));
        }
      }
    }
    return partitioned ? share : WHOLE;
  }

  /** Returns the size of the device, of a shared one that of the part a result takes. */
  long size(DeviceAllocation result, Device device) {
    if (device.capacity().isEmpty()) {
      return WHOLE;
    }
    long size = 0;
    for (Map.Entry<QualifiedName, DeviceCapacity> capacity : device.capacity().entrySet()) {
      Quantity part =
          device.allowMultipleAllocations()
              ? result.consumedCapacity().getOrDefault(capacity.getKey(), Quantity.ZERO)
              : capacity.getValue().value();
      Quantity most =
          greatest().get(new DriverCapacity(result.device().driver(), capacity.getKey()));
      size = Math.max(size, millionths(part, most));
    }
    return size;
  }

  /** Returns part / whole, nothing where the whole is nothing. */
  private static long millionths(Quantity part, @Nullable Quantity whole) {
    return whole == null || whole.signum() <= 0
        ? 0
        : part.value()
            .multiply(MILLION)
            .divide(whole.value(), 0, RoundingMode.HALF_UP)
            .longValueExact();
  }

  /** A capacity as one driver publishes it. */
  private record DriverCapacity(String driver, QualifiedName capacity) {}
}
