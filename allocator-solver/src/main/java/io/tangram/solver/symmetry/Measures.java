package io.tangram.solver.symmetry;

import com.google.common.collect.Maps;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.PoolGeneration;
import io.tangram.solver.result.ConsumedCapacity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The two measures of a device that objectives add up, in millionths rounded half up: its share of
 * what it draws on (admission by most-device-share) and its size among its driver's devices (fit).
 */
public final class Measures {

  /** One, in millionths. */
  public static final long WHOLE = 1_000_000;

  private final CompiledProblem problem;
  private final BitSet partlyDrawn = new BitSet();
  private final Map<String, Map<QualifiedName, BigDecimal>> greatest = new HashMap<>();
  private final Map<String, IdentityHashMap<Map<QualifiedName, DeviceCapacity>, Long>> sizes =
      new HashMap<>();

  /** Looks through all devices of the problem once. */
  public Measures(CompiledProblem problem) {
    this.problem = problem;
    for (PoolGeneration pool : problem.pools().generations()) {
      for (ResourceSlice slice : pool.slices()) {
        for (Device device : slice.devices()) {
          for (CounterConsumption consumption : device.consumesCounters()) {
            markPartlyDrawn(pool, consumption);
          }
        }
      }
    }
    for (ResourceSlice slice : problem.problem().slices()) {
      Map<QualifiedName, BigDecimal> ofDriver =
          greatest.computeIfAbsent(slice.pool().driver(), driver -> new HashMap<>());
      IdentityHashMap<Map<QualifiedName, DeviceCapacity>, Long> seen =
          sizes.computeIfAbsent(slice.pool().driver(), driver -> new IdentityHashMap<>());
      for (Device device : slice.devices()) {
        if (!seen.containsKey(device.capacity())) {
          seen.put(device.capacity(), WHOLE);
          device
              .capacity()
              .forEach(
                  (name, capacity) ->
                      ofDriver.merge(name, capacity.value().value(), BigDecimal::max));
        }
      }
    }
    sizes.forEach(
        (driver, byCapacity) ->
            byCapacity.replaceAll(
                (capacity, none) ->
                    sizeOf(driver, Maps.transformValues(capacity, DeviceCapacity::value))));
  }

  /** Every device that is published counts, whether a node can use it or not. */
  private void markPartlyDrawn(PoolGeneration pool, CounterConsumption consumption) {
    CounterTable counters = problem.counters();
    if (!counters.defines(pool, consumption)) {
      return;
    }
    int set = counters.set(pool, consumption.counterSet());
    Draw draw = counters.draw(set, consumption);
    for (int i = 0; i < draw.size(); i++) {
      if (draw.amount(i) > 0 && draw.amount(i) < counters.declared(set, draw.counter(i))) {
        partlyDrawn.set(counters.base(set) + draw.counter(i));
      }
    }
  }

  /**
   * The share of a dedicated device: the largest drawn/declared over those counters of its sets of
   * which some published device draws only a part; 1 where there are none.
   */
  public long share(int device) {
    DeviceTable devices = problem.devices();
    CounterTable counters = problem.counters();
    long share = -1;
    for (int s = 0; s < devices.sets(device).length; s++) {
      int set = devices.sets(device)[s];
      boolean counts = false;
      for (int local = 0; local < counters.size(set); local++) {
        counts |= partlyDrawn.get(counters.base(set) + local);
      }
      if (counts) {
        share = Math.max(share, 0);
      }
      Draw draw = devices.draws(device)[s];
      for (int i = 0; i < draw.size(); i++) {
        if (partlyDrawn.get(counters.base(set) + draw.counter(i))) {
          long declared = counters.declared(set, draw.counter(i));
          share = Math.max(share, millionths(draw.amount(i), declared));
        }
      }
    }
    return share < 0 ? WHOLE : share;
  }

  /** Whether some published device draws only a part of a counter, so that it counts for shares. */
  public boolean isPartlyDrawn(int counter) {
    return partlyDrawn.get(counter);
  }

  /** Returns {@code part / whole} in millionths, rounded half up; whole must be positive. */
  public static long millionths(long part, long whole) {
    return millionths(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
  }

  /** Returns {@code part / whole} in millionths, rounded half up; whole must be positive. */
  public static long millionths(BigDecimal part, BigDecimal whole) {
    BigInteger rounded =
        part.scaleByPowerOfTen(6).divide(whole, 0, RoundingMode.HALF_UP).toBigIntegerExact();
    return rounded.longValueExact();
  }

  /**
   * The size of a dedicated device: the largest ratio of one of its capacities to the greatest
   * value of that capacity among its driver's devices; 1 without capacities.
   */
  public long size(int device) {
    String driver = problem.devices().driver(device);
    Map<QualifiedName, DeviceCapacity> capacity = problem.devices().device(device).capacity();
    IdentityHashMap<Map<QualifiedName, DeviceCapacity>, Long> ofDriver = sizes.get(driver);
    Long size = ofDriver == null ? null : ofDriver.get(capacity);
    if (size == null) {
      throw new IllegalStateException("Device " + device + " is not of this problem.");
    }
    return size;
  }

  /** The size of a part of a device, from the amounts it takes of the device's capacities. */
  public long sizeOf(int device, Map<QualifiedName, Quantity> amounts) {
    return sizeOf(problem.devices().driver(device), amounts);
  }

  private long sizeOf(String driver, Map<QualifiedName, Quantity> amounts) {
    if (amounts.isEmpty()) {
      return WHOLE;
    }
    long size = 0;
    for (Map.Entry<QualifiedName, Quantity> amount : amounts.entrySet()) {
      BigDecimal most = greatest(driver, amount.getKey());
      if (most.signum() > 0) {
        size = Math.max(size, millionths(amount.getValue().value(), most));
      }
    }
    return size;
  }

  /** The share of a shared device that takes these amounts: that of its scarcest capacity. */
  public long shareOf(int device, Map<QualifiedName, Quantity> amounts) {
    long share = 0;
    for (Map.Entry<QualifiedName, Quantity> amount : amounts.entrySet()) {
      DeviceCapacity capacity = problem.devices().device(device).capacity().get(amount.getKey());
      if (capacity != null && capacity.value().signum() > 0) {
        share = Math.max(share, millionths(amount.getValue().value(), capacity.value().value()));
      }
    }
    return share;
  }

  /** The share of a device that a request takes: nothing for administration. */
  public long share(Leaf leaf, int device) {
    if (leaf.request().adminAccess()) {
      return 0;
    }
    return problem.devices().isShared(device)
        ? shareOf(device, consumed(leaf, device))
        : share(device);
  }

  /** The size of a device, or of the part of it that a request takes. */
  public long size(Leaf leaf, int device) {
    return problem.devices().isShared(device)
        ? sizeOf(device, consumed(leaf, device))
        : size(device);
  }

  private Map<QualifiedName, Quantity> consumed(Leaf leaf, int device) {
    return ConsumedCapacity.of(problem.devices().device(device), leaf.request().capacityRequests())
        .orElseThrow();
  }

  private BigDecimal greatest(String driver, QualifiedName capacity) {
    return greatest.getOrDefault(driver, Map.of()).getOrDefault(capacity, BigDecimal.ZERO);
  }
}
