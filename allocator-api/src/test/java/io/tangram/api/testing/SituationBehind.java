package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a situation matters to the units behind each in the queue: the devices that one of them
 * may be given, the pools whose counters such a device draws on, the nodes it may use, and where
 * the members are of the group that it goes on with. What the others come to is settled then.
 */
final class SituationBehind {

  private final List<AdmissionUnit> queue;
  private final List<ImmutableSet<DeviceId>> devicesBehind = new ArrayList<>();
  private final List<ImmutableSet<PoolId>> poolsBehind = new ArrayList<>();
  private final List<ImmutableSet<String>> nodesBehind = new ArrayList<>();

  /**
   * Looks at all that units may be given.
   *
   * @param queue the units
   * @param placements for each of them the ways to place it
   */
  SituationBehind(List<AdmissionUnit> queue, List<List<Placement>> placements) {
    this.queue = queue;
    Set<DeviceId> devices = new HashSet<>();
    Set<PoolId> pools = new HashSet<>();
    Set<String> nodes = new HashSet<>();
    for (int i = placements.size() - 1; i >= 0; i--) {
      devicesBehind.add(0, ImmutableSet.copyOf(devices));
      poolsBehind.add(0, ImmutableSet.copyOf(pools));
      nodesBehind.add(0, ImmutableSet.copyOf(nodes));
      for (Placement placement : placements.get(i)) {
        nodes.add(placement.node().name());
        placement.claims().forEach(claim -> nodes.add(claim.node()));
      }
      placements.get(i).stream()
          .flatMap(placement -> placement.claims().stream())
          .flatMap(claim -> claim.devices().stream())
          .map(ChosenDevice::device)
          .forEach(
              device -> {
                devices.add(device.id());
                if (!device.device().consumesCounters().isEmpty()) {
                  pools.add(device.id().poolId());
                }
              });
    }
  }

  /**
   * Returns what of a situation matters once a unit is decided.
   *
   * @param unit the number of the unit in the queue
   */
  Situation of(int unit, Situation situation) {
    ImmutableSet<DeviceId> devices = devicesBehind.get(unit);
    ImmutableSet<PoolId> pools = poolsBehind.get(unit);
    return situation.with(
        situation.usage().only(id -> devices.contains(id) || pools.contains(id.poolId())),
        situation.nodes().only(nodesBehind.get(unit)),
        queue.get(unit).closesGroup() ? ImmutableList.of() : situation.groups());
  }
}
