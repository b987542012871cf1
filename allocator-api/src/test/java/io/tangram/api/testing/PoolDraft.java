package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pool in the making: its devices and counter sets, and what shall be wrong with it. */
final class PoolDraft {

  /** What can be wrong with a pool. */
  enum Defect {
    DEVICE_TWICE,
    UNKNOWN_COUNTER_SET,
    UNKNOWN_COUNTER,
    COUNTER_SET_TWICE
  }

  /** A slice of devices: which nodes see it, and its number among those they see. */
  private record Place(NodeSelection nodes, int part) {}

  private record Placed(Device device, Place place) {}

  private final PoolId id;
  private final NodeSelection nodes;
  private final List<CounterSet> counterSets = new ArrayList<>();
  private final List<Placed> devices = new ArrayList<>();
  private final List<ResourceSlice> others = new ArrayList<>();
  private boolean incomplete;

  PoolDraft(PoolId id, NodeSelection nodes) {
    this.id = id;
    this.nodes = nodes;
  }

  int size() {
    return devices.size();
  }

  /** Adds a device to the first slice. */
  void add(Device device) {
    add(device, nodes, 0);
  }

  /** Adds a device to the slice of this number for these nodes. */
  void add(Device device, NodeSelection seenBy, int part) {
    devices.add(new Placed(device, new Place(seenBy, part)));
  }

  void add(CounterSet set) {
    counterSets.add(set);
  }

  /** Announces a slice that isn't there (R12). */
  void makeIncomplete() {
    incomplete = true;
  }

  /** Puts a contradiction into the pool (R16 to R18). */
  void makeInvalid(Defect defect) {
    Placed last = devices.get(devices.size() - 1);
    switch (defect) {
      case DEVICE_TWICE -> devices.add(last);
      case UNKNOWN_COUNTER_SET -> replaceLast(drawing(last.device(), "unknown", "slot"));
      case UNKNOWN_COUNTER -> {
        add(new CounterSet("known", ImmutableMap.of("slot", Quantity.ONE)));
        replaceLast(drawing(last.device(), "known", "unknown"));
      }
      case COUNTER_SET_TWICE -> {
        add(new CounterSet("twice", ImmutableMap.of("slot", Quantity.ONE)));
        add(new CounterSet("twice", ImmutableMap.of("slot", Quantity.ONE)));
      }
    }
  }

  private void replaceLast(Device device) {
    int last = devices.size() - 1;
    devices.set(last, new Placed(device, devices.get(last).place()));
  }

  private static Device drawing(Device device, String counterSet, String counter) {
    return ImmutableDevice.copyOf(device)
        .withConsumesCounters(
            new CounterConsumption(counterSet, ImmutableMap.of(counter, Quantity.ONE)));
  }

  /** Leaves a slice of the generation before behind. */
  void addOlder(NodeSelection itsNodes, long announced, Device device) {
    others.add(
        slice("9-old")
            .nodes(itsNodes)
            .generation(0)
            .resourceSliceCount(announced)
            .addDevices(device)
            .build());
  }

  /** Returns the slices: counter sets and devices apart (R110). */
  ImmutableList<ResourceSlice> slices() {
    Map<Place, List<Device>> places = new LinkedHashMap<>();
    devices.forEach(
        each -> places.computeIfAbsent(each.place(), p -> new ArrayList<>()).add(each.device()));
    int count = (counterSets.isEmpty() ? 0 : 1) + places.size();
    int announced = incomplete ? count + 1 : count;
    ImmutableList.Builder<ResourceSlice> slices = ImmutableList.builder();
    if (!counterSets.isEmpty()) {
      slices.add(
          slice("0-counters")
              .resourceSliceCount(announced)
              .nodes(nodes instanceof NodeSelection.PerDevice ? NodeSelection.allNodes() : nodes)
              .sharedCounters(counterSets)
              .build());
    }
    places.forEach(
        (place, there) ->
            slices.add(
                slice(1 + slices.build().size() + "-devices")
                    .nodes(place.nodes())
                    .resourceSliceCount(announced)
                    .devices(there)
                    .build()));
    return slices.addAll(others).build();
  }

  private ImmutableResourceSlice.Builder slice(String name) {
    return ResourceSlice.builder()
        .name(name + "-" + id.driver() + "-" + id.pool())
        .pool(id)
        .nodes(nodes);
  }
}
