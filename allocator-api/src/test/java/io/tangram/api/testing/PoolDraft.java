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
import java.util.List;

/** A pool in the making: its devices and counter sets, and what shall be wrong with it. */
final class PoolDraft {

  /** What can be wrong with a pool. */
  enum Defect {
    DEVICE_TWICE,
    UNKNOWN_COUNTER_SET,
    UNKNOWN_COUNTER,
    COUNTER_SET_TWICE
  }

  private final PoolId id;
  private final NodeSelection nodes;
  private final List<CounterSet> counterSets = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final List<ResourceSlice> others = new ArrayList<>();
  private boolean incomplete;

  PoolDraft(PoolId id, NodeSelection nodes) {
    this.id = id;
    this.nodes = nodes;
  }

  int size() {
    return devices.size();
  }

  void add(Device device) {
    devices.add(device);
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
    Device last = devices.get(devices.size() - 1);
    switch (defect) {
      case DEVICE_TWICE -> devices.add(last);
      case UNKNOWN_COUNTER_SET -> devices.set(devices.size() - 1, drawing(last, "unknown", "slot"));
      case UNKNOWN_COUNTER -> {
        add(new CounterSet("known", ImmutableMap.of("slot", Quantity.ONE)));
        devices.set(devices.size() - 1, drawing(last, "known", "unknown"));
      }
      case COUNTER_SET_TWICE -> {
        add(new CounterSet("twice", ImmutableMap.of("slot", Quantity.ONE)));
        add(new CounterSet("twice", ImmutableMap.of("slot", Quantity.ONE)));
      }
    }
  }

  private static Device drawing(Device device, String counterSet, String counter) {
    return ImmutableDevice.copyOf(device)
        .withConsumesCounters(
            new CounterConsumption(counterSet, ImmutableMap.of(counter, Quantity.ONE)));
  }

  /** Leaves a slice of the generation before behind. */
  void addOlder(NodeSelection itsNodes, long announced, Device device) {
    others.add(
        slice("2-old")
            .nodes(itsNodes)
            .generation(0)
            .resourceSliceCount(announced)
            .addDevices(device)
            .build());
  }

  /** Returns the slices: counter sets and devices apart (R110). */
  ImmutableList<ResourceSlice> slices() {
    int count = (counterSets.isEmpty() ? 0 : 1) + 1;
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
    slices.add(slice("1-devices").resourceSliceCount(announced).devices(devices).build());
    return slices.addAll(others).build();
  }

  private ImmutableResourceSlice.Builder slice(String name) {
    return ResourceSlice.builder()
        .name(name + "-" + id.driver() + "-" + id.pool())
        .pool(id)
        .nodes(nodes);
  }
}
