package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.DeviceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which devices may draw on a counter set beside each other (R122, R123). */
final class GroupRules {

  /** What all devices have in common that list no group. */
  private static final ImmutableSet<String> NO_GROUP = ImmutableSet.of("no group at all");

  private final Map<DeviceId, ImmutableMap<String, ImmutableSet<String>>> recorded =
      new HashMap<>();
  private final boolean anyGroup;

  GroupRules(AllocationProblem problem) {
    for (Allocation allocation : problem.held()) {
      for (DeviceAllocation each : allocation.devices()) {
        if (!each.adminAccess()) {
          recorded.putIfAbsent(each.device(), each.compatibilityGroups());
        }
      }
    }
    boolean anyListed =
        problem.slices().stream()
            .flatMap(slice -> slice.devices().stream())
            .flatMap(device -> device.consumesCounters().stream())
            .anyMatch(consumption -> !consumption.compatibilityGroups().isEmpty());
    anyGroup = anyListed || recorded.values().stream().anyMatch(groups -> !groups.isEmpty());
  }

  /** Returns whether a device that nobody uses has a group in common with those in use. */
  boolean allow(PublishedDevice device, Collection<DeviceId> inUse, PoolContents pool) {
    return !anyGroup
        || device.device().consumesCounters().stream()
            .allMatch(consumption -> allow(consumption, inUse, pool));
  }

  private boolean allow(
      CounterConsumption consumption, Collection<DeviceId> inUse, PoolContents pool) {
    Set<String> common = new HashSet<>(orNone(consumption.compatibilityGroups()));
    for (PublishedDevice other : pool.devices()) {
      if (inUse.contains(other.id())) {
        for (CounterConsumption theirs : other.device().consumesCounters()) {
          if (theirs.counterSet().equals(consumption.counterSet())) {
            common.retainAll(orNone(counting(other.id(), theirs)));
          }
        }
      }
    }
    return !common.isEmpty();
  }

  /** Those recorded when the device was given, or else those that it lists now. */
  private ImmutableSet<String> counting(DeviceId device, CounterConsumption consumption) {
    return recorded
        .getOrDefault(device, ImmutableMap.of())
        .getOrDefault(consumption.counterSet(), consumption.compatibilityGroups());
  }

  private static ImmutableSet<String> orNone(ImmutableSet<String> groups) {
    return groups.isEmpty() ? NO_GROUP : groups;
  }
}
