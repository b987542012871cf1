package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a device can be had beside those in use: sections 5.6, 7 and 8 of the rules. */
final class UsageRules {

  private record PoolInUse(PoolContents pool, Set<DeviceId> devices) {}

  private final Usage held;
  private final GroupRules groups;
  private final boolean vanishedDevicesAreFree;
  private final Map<PoolInUse, Boolean> counterVerdicts = new HashMap<>();

  UsageRules(AllocationProblem problem) {
    this.vanishedDevicesAreFree = problem.vanishedDevicesAreFree();
    this.groups = new GroupRules(problem);
    Usage usage = Usage.NONE;
    for (Allocation allocation : problem.held()) {
      for (DeviceAllocation each : allocation.devices()) {
        if (!each.adminAccess()) {
          usage =
              each.shareId().isPresent()
                  ? usage.plus(each.device(), each.consumedCapacity())
                  : usage.plus(each.device());
        }
      }
    }
    this.held = usage;
  }

  /** What is held before anything is planned. */
  Usage held() {
    return held;
  }

  /** Returns whether a device that nobody holds could be used beside those that are (R122). */
  boolean areCompatible(PublishedDevice device, PoolContents pool) {
    return groups.allow(device, held.devices(), pool);
  }

  /**
   * Returns the usage after all devices of a claim, or nothing if one of them can't be had.
   * Administrative uses take nothing from other claims and mind none that are planned (R82, R84,
   * R86); on shared devices they must fit beside what is held and what the claim itself has (R87).
   *
   * @param usage what is in use
   * @param devices the devices of one claim in request order
   * @param view what the claim's node sees
   */
  Optional<Usage> after(Usage usage, List<ChosenDevice> devices, NodeView view) {
    Usage all = usage;
    Usage ownAndHeld = held;
    for (ChosenDevice chosen : devices) {
      PublishedDevice device = chosen.device();
      ImmutableMap<QualifiedName, Quantity> share =
          CapacityRules.amounts(chosen.alternative(), device.device()).orElseThrow();
      if (device.isShared()) {
        if (!fits(device, share, ownAndHeld)) {
          return Optional.empty();
        }
        ownAndHeld = ownAndHeld.plus(device.id(), share);
      }
      if (!chosen.alternative().adminAccess()) {
        Usage before = all;
        all = device.isShared() ? all.plus(device.id(), share) : all.plus(device.id());
        if (!isFree(device, share, before) || !countersSuffice(device, before, all, view)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(all);
  }

  /** R90 to R92, R128, R143. */
  private static boolean isFree(
      PublishedDevice device, Map<QualifiedName, Quantity> share, Usage usage) {
    return device.isShared()
        ? !usage.dedicated().contains(device.id()) && fits(device, share, usage)
        : !usage.devices().contains(device.id());
  }

  /** R128. */
  private static boolean fits(
      PublishedDevice device, Map<QualifiedName, Quantity> share, Usage usage) {
    return device.device().capacity().entrySet().stream()
        .allMatch(
            capacity -> {
              QualifiedName name = capacity.getKey();
              Quantity wanted = usage.consumed(device.id(), name).plus(share.get(name));
              return wanted.compareTo(capacity.getValue().value()) <= 0;
            });
  }

  /** R113: only the first use of a device draws on counters. */
  private boolean countersSuffice(
      PublishedDevice device, Usage before, Usage after, NodeView view) {
    return before.devices().contains(device.id())
        || device.device().consumesCounters().isEmpty()
        || (countersSuffice(after, view.contentsOf(device.id()))
            && groups.allow(device, before.devices(), view.contentsOf(device.id())));
  }

  /** R111, R112; R116: what a held device draws that has vanished is unknown. */
  private boolean countersSuffice(Usage usage, PoolContents pool) {
    Set<DeviceId> inPool =
        usage.devices().stream()
            .filter(id -> id.poolId().equals(pool.id()))
            .collect(Collectors.toSet());
    return counterVerdicts.computeIfAbsent(
        new PoolInUse(pool, inPool), key -> countersSuffice(key.devices(), pool));
  }

  private boolean countersSuffice(Set<DeviceId> inPool, PoolContents pool) {
    ImmutableList<PublishedDevice> devices = pool.devices();
    Set<DeviceId> published = devices.stream().map(PublishedDevice::id).collect(Collectors.toSet());
    boolean anyVanished =
        held.devices().stream()
            .anyMatch(id -> id.poolId().equals(pool.id()) && !published.contains(id));
    return (!anyVanished || vanishedDevicesAreFree)
        && pool.countersSuffice(
            devices.stream().filter(device -> inPool.contains(device.id())).toList());
  }
}
