package io.tangram.api.claim;

import com.google.common.collect.ImmutableList;
import io.tangram.api.device.DeviceSelector;
import org.immutables.value.Value;

/** A named kind of device; without selectors it admits every device of every driver (R38). */
@Value.Immutable
public interface DeviceClass {

  /** The name, unique in the cluster. */
  String name();

  /** The conditions on a device, which must all hold. */
  ImmutableList<DeviceSelector> selectors();

  /** Configuration copied into the results of claims that use the class (R175). */
  ImmutableList<OpaqueConfig> configs();

  /** Returns an empty builder; only the name has no default. */
  static ImmutableDeviceClass.Builder builder() {
    return ImmutableDeviceClass.builder();
  }
}
