package io.tangram.solver.reference;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Sets;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Under which compatibility groups devices draw on counter sets, those in use and those of one call
 * (R122, R123). A device that lists none lists the group without a name, so that all devices on a
 * set must have a group in common. No defect of the reference is known here. Not thread-safe.
 */
final class GroupAccounts {

  private static final ImmutableSet<String> NONE = ImmutableSet.of("");

  private final CommittedState committed;
  private final Map<PoolId, ListMultimap<String, ImmutableSet<String>>> placed = new HashMap<>();

  /** Opens the accounts of a call. */
  GroupAccounts(CommittedState committed) {
    this.committed = committed;
  }

  /** Whether the devices on the counter sets that the device draws on leave it a group. */
  boolean fits(ReferencePool pool, Device device) {
    return device.consumesCounters().stream()
        .allMatch(
            drawn -> haveCommon(on(pool).get(drawn.counterSet()), drawn.compatibilityGroups()));
  }

  private static boolean haveCommon(List<ImmutableSet<String>> others, ImmutableSet<String> own) {
    Set<String> common = orNone(own);
    for (ImmutableSet<String> other : others) {
      common = Sets.intersection(common, other).immutableCopy();
    }
    return !common.isEmpty();
  }

  /** Puts a device on the counter sets that it draws on. */
  void place(ReferencePool pool, Device device) {
    for (CounterConsumption drawn : device.consumesCounters()) {
      on(pool).put(drawn.counterSet(), orNone(drawn.compatibilityGroups()));
    }
  }

  /** Takes a device off them that was put there. */
  void remove(ReferencePool pool, Device device) {
    for (CounterConsumption drawn : device.consumesCounters()) {
      on(pool).remove(drawn.counterSet(), orNone(drawn.compatibilityGroups()));
    }
  }

  private ListMultimap<String, ImmutableSet<String>> on(ReferencePool pool) {
    return placed.computeIfAbsent(pool.id(), unused -> inUse(pool));
  }

  private ListMultimap<String, ImmutableSet<String>> inUse(ReferencePool pool) {
    ListMultimap<String, ImmutableSet<String>> groups = ArrayListMultimap.create();
    for (ResourceSlice slice : Iterables.concat(pool.offered(), pool.elsewhere())) {
      for (Device device : slice.devices()) {
        for (CounterConsumption drawn : device.consumesCounters()) {
          if (committed.isInUse(slice.idOf(device))) {
            groups.put(drawn.counterSet(), orNone(committed.groups(slice.idOf(device), drawn)));
          }
        }
      }
    }
    return groups;
  }

  private static ImmutableSet<String> orNone(ImmutableSet<String> groups) {
    return groups.isEmpty() ? NONE : groups;
  }
}
