package io.tangram.api.check;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Multiset;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Under which compatibility groups devices in use take from the counter sets of one pool (R122). A
 * device that lists no groups for a set is taken to list one group that all such devices have: then
 * all devices on a set must have a group in common. Not thread-safe.
 */
final class GroupLedger {

  /** The group of those that list none; no other is called so. */
  private static final ImmutableSet<String> NONE = ImmutableSet.of("");

  private final Map<String, OfSet> sets = new HashMap<>(0);
  private final Map<String, ImmutableMap<String, ImmutableSet<String>>> placed = new HashMap<>(0);

  /** The devices on one counter set, and how many of them list each group. */
  private static final class OfSet {
    private final Multiset<String> groups = HashMultiset.create();
    private int devices;

    boolean isCommon(String group) {
      return groups.count(group) == devices;
    }
  }

  /**
   * Records that a published device came into use.
   *
   * @param use the result by which it did: the groups that it records count, where it records none
   *     for a set those that the device lists (R123)
   */
  void place(Device device, DeviceAllocation use) {
    ImmutableMap.Builder<String, ImmutableSet<String>> groups = ImmutableMap.builder();
    for (CounterConsumption consumption : device.consumesCounters()) {
      String set = consumption.counterSet();
      ImmutableSet<String> recorded = use.compatibilityGroups().get(set);
      groups.put(set, recorded == null ? groups(consumption) : orNone(recorded));
    }
    ImmutableMap<String, ImmutableSet<String>> own = groups.buildKeepingLast();
    placed.put(device.name(), own);
    own.forEach(
        (set, names) -> {
          OfSet ofSet = sets.computeIfAbsent(set, key -> new OfSet());
          ofSet.devices++;
          ofSet.groups.addAll(names);
        });
  }

  /** Records that a device of this name is no longer in use. */
  void remove(String device) {
    ImmutableMap<String, ImmutableSet<String>> own = placed.remove(device);
    if (own != null) {
      own.forEach(
          (set, names) -> {
            OfSet ofSet = sets.getOrDefault(set, new OfSet());
            ofSet.devices--;
            names.forEach(ofSet.groups::remove);
          });
    }
  }

  /** Returns the groups under which a device takes from a set. */
  static ImmutableSet<String> groups(CounterConsumption consumption) {
    return orNone(consumption.compatibilityGroups());
  }

  private static ImmutableSet<String> orNone(ImmutableSet<String> groups) {
    return groups.isEmpty() ? NONE : groups;
  }

  /**
   * Returns the groups that all devices on a set have in common.
   *
   * @return the groups; nothing where no device is on the set, so that any will do
   */
  Optional<ImmutableSet<String>> common(String counterSet) {
    OfSet ofSet = sets.get(counterSet);
    return ofSet == null || ofSet.devices == 0
        ? Optional.empty()
        : Optional.of(
            ofSet.groups.elementSet().stream()
                .filter(ofSet::isCommon)
                .collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo)));
  }

  /** Returns why a device that nobody uses yet can't come into use, if so. */
  Optional<Refusal> refusal(Device device) {
    for (CounterConsumption consumption : device.consumesCounters()) {
      OfSet ofSet = sets.get(consumption.counterSet());
      if (ofSet != null
          && ofSet.devices > 0
          && groups(consumption).stream().noneMatch(ofSet::isCommon)) {
        return Optional.of(
            new Refusal(
                "R122",
                "takes from counter set %s under %s, but devices in use there %s"
                    .formatted(
                        consumption.counterSet(),
                        under(groups(consumption)),
                        inCommon(common(consumption.counterSet()).orElseThrow()))));
      }
    }
    return Optional.empty();
  }

  private static String under(ImmutableSet<String> groups) {
    return groups.equals(NONE) ? "no compatibility group" : "compatibility groups " + groups;
  }

  private static String inCommon(ImmutableSet<String> groups) {
    if (groups.isEmpty()) {
      return "have no group in common";
    }
    return groups.equals(NONE) ? "list none" : "have " + groups + " in common";
  }

  /** Returns the names of counter sets on which devices are in use that have no group in common. */
  ImmutableSet<String> contradictory() {
    return new TreeMap<>(sets)
        .keySet().stream()
            .filter(set -> common(set).filter(ImmutableSet::isEmpty).isPresent())
            .collect(ImmutableSet.toImmutableSet());
  }
}
