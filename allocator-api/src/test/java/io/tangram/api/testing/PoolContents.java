package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The slices of one generation of one pool, in the whole cluster (section 1 of the rules). */
final class PoolContents {

  private final ImmutableList<ResourceSlice> slices;
  private final Map<String, CounterSet> counterSets = new HashMap<>();
  private final boolean hasCounterSetTwice;

  /** Takes the slices of one generation, at least one. */
  PoolContents(List<ResourceSlice> slices) {
    this.slices =
        slices.stream()
            .sorted(Comparator.comparing(ResourceSlice::name))
            .collect(ImmutableList.toImmutableList());
    boolean twice = false;
    for (ResourceSlice slice : slices) {
      for (CounterSet set : slice.sharedCounters()) {
        twice |= counterSets.put(set.name(), set) != null;
      }
    }
    hasCounterSetTwice = twice;
  }

  PoolId id() {
    return slices.get(0).pool();
  }

  long generation() {
    return slices.get(0).generation();
  }

  /** Returns whether both are the same generation. */
  boolean isSameAs(PoolContents other) {
    return slices.equals(other.slices);
  }

  /** How many slices there are. */
  int size() {
    return slices.size();
  }

  /** Returns all devices, in the order of slices and devices (R23, R24). */
  ImmutableList<PublishedDevice> devices() {
    return devicesOf(slices);
  }

  /** Returns whether the pool contradicts itself for a node that sees these slices (R16 to R18). */
  boolean isInvalid(List<ResourceSlice> seen) {
    return hasCounterSetTwice || hasUnknownCounter() || hasDeviceTwice(seen);
  }

  /** Returns whether a node that sees all slices finds the pool invalid. */
  boolean hasDefect() {
    return isInvalid(slices);
  }

  private static boolean hasDeviceTwice(List<ResourceSlice> seen) {
    Set<String> names = new HashSet<>();
    return devicesOf(seen).stream().anyMatch(device -> !names.add(device.id().device()));
  }

  private boolean hasUnknownCounter() {
    return devices().stream()
        .flatMap(device -> device.device().consumesCounters().stream())
        .anyMatch(
            consumption -> {
              CounterSet set = counterSets.get(consumption.counterSet());
              return set == null
                  || !set.counters().keySet().containsAll(consumption.counters().keySet());
            });
  }

  /** Returns whether no counter is overdrawn when these devices are in use (R111, R112). */
  boolean countersSuffice(List<PublishedDevice> inUse) {
    Map<String, Map<String, Quantity>> drawn = new HashMap<>();
    for (PublishedDevice each : inUse) {
      for (CounterConsumption consumption : each.device().consumesCounters()) {
        Map<String, Quantity> ofSet =
            drawn.computeIfAbsent(consumption.counterSet(), set -> new HashMap<>());
        consumption.counters().forEach((name, amount) -> ofSet.merge(name, amount, Quantity::plus));
      }
    }
    return counterSets.values().stream()
        .allMatch(set -> isEnough(set.counters(), drawn.getOrDefault(set.name(), Map.of())));
  }

  private static boolean isEnough(
      ImmutableMap<String, Quantity> declared, Map<String, Quantity> drawn) {
    return declared.entrySet().stream()
        .allMatch(
            counter ->
                drawn.getOrDefault(counter.getKey(), Quantity.ZERO).compareTo(counter.getValue())
                    <= 0);
  }

  /** Returns the devices of slices in the order of the slices' names (R23). */
  static ImmutableList<PublishedDevice> devicesOf(List<ResourceSlice> slices) {
    return slices.stream()
        .sorted(Comparator.comparing(ResourceSlice::name))
        .flatMap(slice -> slice.devices().stream().map(d -> PublishedDevice.of(slice, d)))
        .collect(ImmutableList.toImmutableList());
  }
}
