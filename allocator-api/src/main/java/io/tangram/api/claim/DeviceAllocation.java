package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/** One device given to a request: an entry of {@code status.allocation.devices.results}. */
@Value.Immutable
public interface DeviceAllocation {

  /** The request, as {@code request} or {@code request/subrequest} (R79). */
  String request();

  /** The device. */
  DeviceId device();

  /** Whether it was taken for administration and leaves the device free for others (R89). */
  @Value.Default
  default boolean adminAccess() {
    return false;
  }

  /** The leaf request's tolerations (R151). */
  ImmutableList<Toleration> tolerations();

  /** The device's binding conditions (R162). */
  ImmutableList<String> bindingConditions();

  /** The device's binding failure conditions (R162). */
  ImmutableList<String> bindingFailureConditions();

  /** Tells this share of a shared device from others; absent for a dedicated device (R136). */
  Optional<UUID> shareId();

  /** What this share takes of every capacity of a shared device (R137). */
  ImmutableMap<QualifiedName, Quantity> consumedCapacity();

  /** What the node need not do for the device, as its slice said (section 11.1 of the rules). */
  ImmutableSet<String> skipNodeOperations();

  /**
   * The compatibility groups under which the device takes from counter sets, by the name of the
   * set, as the device listed them when it was given (R123); without those that it listed for none.
   * Where a held device has no entry for a set that it takes from, the groups count that it lists
   * today.
   */
  ImmutableMap<String, ImmutableSet<String>> compatibilityGroups();

  /** Returns an empty builder; request and device have no default. */
  static ImmutableDeviceAllocation.Builder builder() {
    return ImmutableDeviceAllocation.builder();
  }
}
