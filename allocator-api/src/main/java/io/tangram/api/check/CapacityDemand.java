package io.tangram.api.check;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Optional;

/**
 * What an allocation takes of every capacity of a device, requested or not (R128, R137).
 *
 * @param amounts the amounts in the order of the device's capacities
 * @param refusal why the device can't serve the request even if nobody else uses it, if so (R71)
 */
record CapacityDemand(ImmutableMap<QualifiedName, Quantity> amounts, Optional<Refusal> refusal) {

  /** Computes what a request takes of a device, shared or dedicated. */
  static CapacityDemand of(Device device, ImmutableMap<QualifiedName, Quantity> requests) {
    Optional<Refusal> refusal = missing(device, requests);
    ImmutableMap.Builder<QualifiedName, Quantity> amounts = ImmutableMap.builder();
    for (var capacity : device.capacity().entrySet()) {
      QualifiedName name = capacity.getKey();
      CapacityAmount amount =
          CapacityAmount.of(offered(device, capacity.getValue()), requests.get(name));
      amounts.put(name, amount.quantity());
      if (refusal.isEmpty()) {
        refusal =
            amount
                .refusal()
                .map(each -> new Refusal(each.rule(), "capacity " + name + ": " + each.message()));
      }
    }
    return new CapacityDemand(amounts.buildOrThrow(), refusal);
  }

  private static Optional<Refusal> missing(
      Device device, ImmutableMap<QualifiedName, Quantity> requests) {
    for (QualifiedName name : requests.keySet()) {
      if (!device.capacity().containsKey(name)) {
        return Optional.of(new Refusal("R127", "has no capacity " + name));
      }
    }
    return Optional.empty();
  }

  /** On a dedicated device no policy counts: a request means at least that much (R129). */
  private static DeviceCapacity offered(Device device, DeviceCapacity capacity) {
    return device.allowMultipleAllocations() ? capacity : DeviceCapacity.of(capacity.value());
  }
}
