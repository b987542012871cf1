package io.tangram.solver;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.ArrayList;
import java.util.List;

/** A node of {@link Fleet} with boards that can be cut into devices in several ways. */
public final class PartitionedNode {

  private final String name;
  private final List<CounterSet> boards = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();

  /**
   * Devices that a board can be cut into, if nothing else is cut from it.
   *
   * @param model their model
   * @param count how many of them are published
   * @param slots what each takes of the slots of the board
   */
  public record Parts(String model, int count, long slots) {}

  private PartitionedNode(String name) {
    this.name = name;
  }

  /** Returns a node without boards. */
  public static PartitionedNode of(String name) {
    return new PartitionedNode(name);
  }

  /** Adds a board. */
  public PartitionedNode board(long slots, Parts... parts) {
    String board = "board-" + boards.size();
    boards.add(new CounterSet(board, ImmutableMap.of("slots", Quantity.of(slots))));
    for (Parts each : parts) {
      for (int i = 0; i < each.count(); i++) {
        devices.add(
            ImmutableDevice.copyOf(Fleet.device("device-" + devices.size(), each.model()))
                .withConsumesCounters(
                    new CounterConsumption(
                        board, ImmutableMap.of("slots", Quantity.of(each.slots())))));
      }
    }
    return this;
  }

  /** Returns the slices of its pool: one of counters, one of devices. */
  public List<ResourceSlice> slices() {
    return List.of(
        Fleet.slice(name)
            .withName("counters-" + name)
            .withSharedCounters(boards)
            .withResourceSliceCount(2),
        Fleet.slice(name, devices.toArray(Device[]::new)).withResourceSliceCount(2));
  }
}
