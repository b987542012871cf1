package io.tangram.api.testing;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The devices in use, administrative uses apart (R93).
 *
 * @param devices all of them
 * @param dedicated those of them that were given to one claim as a whole
 * @param consumed what the shares of each shared device consume together (R140)
 */
record Usage(
    ImmutableSet<DeviceId> devices,
    ImmutableSet<DeviceId> dedicated,
    ImmutableMap<DeviceId, ImmutableMap<QualifiedName, Quantity>> consumed) {

  static final Usage NONE = new Usage(ImmutableSet.of(), ImmutableSet.of(), ImmutableMap.of());

  /** Returns this and a whole device. */
  Usage plus(DeviceId device) {
    return new Usage(with(devices, device), with(dedicated, device), consumed);
  }

  /** Returns this and a share of a device. */
  Usage plus(DeviceId device, Map<QualifiedName, Quantity> share) {
    ImmutableMap.Builder<QualifiedName, Quantity> sum = ImmutableMap.builder();
    sum.putAll(consumedOf(device));
    share.forEach((name, amount) -> sum.put(name, consumed(device, name).plus(amount)));
    return new Usage(
        with(devices, device),
        dedicated,
        ImmutableMap.<DeviceId, ImmutableMap<QualifiedName, Quantity>>builder()
            .putAll(consumed)
            .put(device, sum.buildKeepingLast())
            .buildKeepingLast());
  }

  /** Returns the usage of these devices. */
  Usage only(Predicate<DeviceId> these) {
    return devices.stream().allMatch(these)
        ? this
        : new Usage(
            ImmutableSet.copyOf(Sets.filter(devices, these::test)),
            ImmutableSet.copyOf(Sets.filter(dedicated, these::test)),
            ImmutableMap.copyOf(Maps.filterKeys(consumed, these::test)));
  }

  /** Returns what the shares of a device consume of a capacity. */
  Quantity consumed(DeviceId device, QualifiedName capacity) {
    return consumedOf(device).getOrDefault(capacity, Quantity.ZERO);
  }

  private ImmutableMap<QualifiedName, Quantity> consumedOf(DeviceId device) {
    return consumed.getOrDefault(device, ImmutableMap.of());
  }

  private static ImmutableSet<DeviceId> with(ImmutableSet<DeviceId> set, DeviceId device) {
    return ImmutableSet.<DeviceId>builder().addAll(set).add(device).build();
  }
}
