package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import org.immutables.value.Value;

/**
 * Devices wanted: what the rules call a leaf request, an exact request or one subrequest of a
 * prioritized list.
 */
@Value.Immutable
public interface DeviceRequest {

  /** The request's name, or the subrequest's. */
  String name();

  /** The class that admits the devices. */
  String deviceClass();

  /** Further conditions on a device, which must all hold. */
  ImmutableList<DeviceSelector> selectors();

  /** How many devices; one by default. */
  @Value.Default
  default AllocationMode mode() {
    return AllocationMode.ONE;
  }

  /** Whether devices are taken for administration, in use or not (R82). */
  @Value.Default
  default boolean adminAccess() {
    return false;
  }

  /** Whether administrative access is spoken of at all, even to say that there is none (R88). */
  @Value.Default
  default boolean mentionsAdminAccess() {
    return adminAccess();
  }

  /** The taints that don't matter. */
  ImmutableList<Toleration> tolerations();

  /** Amounts wanted, under the literal names of the device's capacities (R126). */
  ImmutableMap<QualifiedName, Quantity> capacityRequests();

  /**
   * Attributes computed for each device that class and selectors admit, by their fully qualified
   * names: to constraints on the request they come before those that the device publishes (R234).
   * On a device on which one of them can't be computed, the request fails as if by a selector.
   */
  ImmutableMap<QualifiedName, DerivedAttribute> derivedAttributes();

  /** Returns a request for one device of a class, on which all these conditions hold. */
  static DeviceRequest of(String name, String deviceClass, DeviceSelector... selectors) {
    return builder().name(name).deviceClass(deviceClass).addSelectors(selectors).build();
  }

  /** Returns an empty builder; name and device class have no default. */
  static ImmutableDeviceRequest.Builder builder() {
    return ImmutableDeviceRequest.builder();
  }
}
