package io.tangram.solver.reference;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multiset;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What allocations hold (R93): whole devices, shares, and what shares consume. Administrative
 * results hold nothing. Not thread-safe.
 */
final class CommittedState {

  private final List<Allocation> allocations = new ArrayList<>();
  private final Set<DeviceId> whole = new HashSet<>();
  private final Multiset<DeviceId> shares = HashMultiset.create();
  private final Map<DeviceId, Map<QualifiedName, BigDecimal>> consumed = new HashMap<>();
  private final Map<DeviceId, ImmutableMap<String, ImmutableSet<String>>> groups = new HashMap<>();

  /** Makes the state in which these allocations hold what they name. */
  CommittedState(List<Allocation> held) {
    held.forEach(this::add);
  }

  /** Adds what one more allocation holds. */
  void add(Allocation allocation) {
    allocations.add(allocation);
    for (DeviceAllocation result : allocation.devices()) {
      if (result.adminAccess()) {
        continue;
      }
      DeviceId device = result.device();
      groups.putIfAbsent(device, result.compatibilityGroups());
      if (result.shareId().isEmpty()) {
        whole.add(device);
        continue;
      }
      shares.add(device);
      ImmutableMap<QualifiedName, Quantity> amounts = result.consumedCapacity();
      if (!amounts.isEmpty()) {
        Map<QualifiedName, BigDecimal> sum =
            consumed.computeIfAbsent(device, unused -> new HashMap<>());
        amounts.forEach((name, amount) -> sum.merge(name, amount.value(), BigDecimal::add));
      }
    }
  }

  /** How many allocations there are. */
  int size() {
    return allocations.size();
  }

  /** Goes back to the first so many allocations, in time proportional to them. */
  void truncate(int size) {
    List<Allocation> kept = List.copyOf(allocations.subList(0, size));
    allocations.clear();
    whole.clear();
    shares.clear();
    consumed.clear();
    groups.clear();
    kept.forEach(this::add);
  }

  /** Whether somebody has the device whole. */
  boolean isWhole(DeviceId device) {
    return whole.contains(device);
  }

  /** Whether somebody has a share of the device. */
  boolean isShared(DeviceId device) {
    return shares.contains(device);
  }

  /**
   * Whether shares of the device are known to consume something, be it nothing of each capacity.
   */
  boolean hasConsumption(DeviceId device) {
    return consumed.containsKey(device);
  }

  /** Whether anybody has anything of the device (R111). */
  boolean isInUse(DeviceId device) {
    return isWhole(device) || isShared(device);
  }

  /** Under which groups a device in use draws on a counter set: as recorded, or as it lists. */
  ImmutableSet<String> groups(DeviceId device, CounterConsumption drawn) {
    return groups
        .getOrDefault(device, ImmutableMap.of())
        .getOrDefault(drawn.counterSet(), drawn.compatibilityGroups());
  }

  /** What shares consume of a capacity (R140). */
  BigDecimal consumed(DeviceId device, QualifiedName capacity) {
    return consumed.getOrDefault(device, Map.of()).getOrDefault(capacity, BigDecimal.ZERO);
  }
}
