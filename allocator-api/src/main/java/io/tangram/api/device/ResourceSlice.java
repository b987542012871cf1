package io.tangram.api.device;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import org.immutables.value.Value;

/** A part of a pool: devices, or the counter sets they draw on (section 1.1 of the rules). */
@Value.Immutable
public interface ResourceSlice {

  /** The object's name, which orders the slices of a pool (R23). */
  String name();

  /** The driver and the name of the pool. */
  PoolId pool();

  /** Which nodes see the slice. */
  NodeSelection nodes();

  /** The generation; only the highest of a pool counts (R3). */
  @Value.Default
  default long generation() {
    return 1;
  }

  /** How many slices of this generation the pool has when it is complete (R11, R12). */
  @Value.Default
  default long resourceSliceCount() {
    return 1;
  }

  /** The devices, in the driver's order (R24). */
  ImmutableList<Device> devices();

  /** The counter sets that devices of the pool draw on. */
  ImmutableList<CounterSet> sharedCounters();

  /**
   * What a node need not do for the devices of the slice before and after a pod uses them, such as
   * {@code NodePrepareResources}; {@code *} for everything. Results carry it to the kubelet
   * (section 11.1 of the rules).
   */
  ImmutableSet<String> skipNodeOperations();

  /** Returns the identity of one of the devices. */
  default DeviceId idOf(Device device) {
    return new DeviceId(pool().driver(), pool().pool(), device.name());
  }

  /** Returns an empty builder; name, pool and nodes have no default. */
  static ImmutableResourceSlice.Builder builder() {
    return ImmutableResourceSlice.builder();
  }
}
