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
  private final boolean vanishedDevicesAreFree;
  private final Map<PoolInUse, Boolean> counterVerdicts = new HashMap<>();

  UsageRules(AllocationProblem problem) {
    this.vanishedDevicesAreFree = problem.vanishedDevicesAreFree();
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

  /**
   * Returns the usage after all devices of a claim, or nothing if one of them can't be had.
   *
   * @param usage what is in use
   * @param devices the devices of one claim in request order
   * @param view what the claim's node sees
   */
  Optional<Usage> after(Usage usage, List<ChosenDevice> devices, NodeView view) {
    Usage all = usage;
    Usage heldAndOwn = held;
    Usage administrative = Usage.NONE;
    for (ChosenDevice chosen : devices) {
      PublishedDevice device = chosen.device();
      ImmutableMap<QualifiedName, Quantity> share =
          CapacityRules.amounts(chosen.alternative(), device.device()).orElseThrow();
      if (chosen.alternative().adminAccess()) {
        // R82, R84, R86: nothing matters but what is left beside the held and the claim's own (R87)
        if (device.isShared() && !fits(device, share, heldAndOwn, administrative)) {
          return Optional.empty();
        }
        administrative = taken(administrative, device, share);
      } else {
        Usage before = all;
        all = taken(all, device, share);
        heldAndOwn = taken(heldAndOwn, device, share);
        if (!isFree(device, before)
            || (device.isShared() && !fits(device, share, before, administrative))
            || !countersSuffice(device, before, all, view)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(all);
  }

  /** R90 to R92, R143. */
  private static boolean isFree(PublishedDevice device, Usage usage) {
    return device.isShared()
        ? !usage.dedicated().contains(device.id())
        : !usage.devices().contains(device.id());
  }

  private static Usage taken(
      Usage usage, PublishedDevice device, Map<QualifiedName, Quantity> share) {
    return device.isShared() ? usage.plus(device.id(), share) : usage.plus(device.id());
  }

  /** R128. */
  private static boolean fits(
      PublishedDevice device, Map<QualifiedName, Quantity> share, Usage one, Usage other) {
    return device.device().capacity().entrySet().stream()
        .allMatch(
            capacity -> {
              QualifiedName name = capacity.getKey();
              Quantity wanted =
                  one.consumed(device.id(), name)
                      .plus(other.consumed(device.id(), name))
                      .plus(share.get(name));
              return wanted.compareTo(capacity.getValue().value()) <= 0;
            });
  }

  /** R113: only the first use of a device draws on counters. */
  private boolean countersSuffice(
      PublishedDevice device, Usage before, Usage after, NodeView view) {
    return before.devices().contains(device.id())
        || device.device().consumesCounters().isEmpty()
        || countersSuffice(after, view.contentsOf(device.id()));
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
