package io.tangram.api.device;

import com.google.common.collect.ImmutableMap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What the use of a device takes of one resource of the node, such as its CPU or memory, beside
 * what the workload asks for itself (R239).
 *
 * @param mapping what the device is of the resource, if it is such a thing itself
 * @param perPod what each workload takes that uses the device
 * @param perContainer what each container takes that references a claim with the device
 */
public record NodeConsumption(Optional<Mapping> mapping, Quantity perPod, Quantity perContainer) {

  private static final int NANO_SCALE = 9;

  /**
   * A device that is a part of a resource of the node: some cores, or memory.
   *
   * @param capacity the capacity of the device, under the name the driver wrote, of which each unit
   *     that is consumed counts; absent where the device counts as a whole
   * @param multiplier what the unit or the device counts as
   */
  public record Mapping(Optional<QualifiedName> capacity, Quantity multiplier) {}

  /**
   * Makes the consumption.
   *
   * @throws IllegalArgumentException if an amount is negative
   */
  public NodeConsumption {
    if (perPod.signum() < 0
        || perContainer.signum() < 0
        || mapping.map(each -> each.multiplier().signum() < 0).orElse(false)) {
      throw new IllegalArgumentException(
          "A device gives a node "
              + perPod
              + " per pod, "
              + perContainer
              + " per container and "
              + mapping
              + " of a resource; it may take some, but not give any (R239).");
    }
  }

  /** Returns the consumption of a device that counts as so much of the resource itself. */
  public static NodeConsumption ofDevice(Quantity amount) {
    return new NodeConsumption(
        Optional.of(new Mapping(Optional.empty(), amount)), Quantity.ZERO, Quantity.ZERO);
  }

  /** Returns the consumption of a device that costs its users so much of the resource. */
  public static NodeConsumption overhead(Quantity perPod, Quantity perContainer) {
    return new NodeConsumption(Optional.empty(), perPod, perContainer);
  }

  /**
   * Returns what one workload takes of the resource by one use of a device. A dedicated device is
   * consumed whole.
   *
   * @param device the device
   * @param consumed what the use takes of the capacities of a shared device
   * @param containers how many containers of the workload reference the claim
   * @return the amount, with no digits below one billionth (R35)
   */
  public BigDecimal amount(
      Device device, ImmutableMap<QualifiedName, Quantity> consumed, int containers) {
    return mapping
        .map(each -> each.multiplier().value().multiply(units(each, device, consumed)))
        .orElse(BigDecimal.ZERO)
        .add(perPod.value())
        .add(perContainer.value().multiply(BigDecimal.valueOf(containers)))
        .setScale(NANO_SCALE, RoundingMode.CEILING);
  }

  private static BigDecimal units(
      Mapping mapping, Device device, ImmutableMap<QualifiedName, Quantity> consumed) {
    if (mapping.capacity().isEmpty()) {
      return BigDecimal.ONE;
    }
    QualifiedName name = mapping.capacity().get();
    if (device.allowMultipleAllocations()) {
      return consumed.getOrDefault(name, Quantity.ZERO).value();
    }
    DeviceCapacity whole = device.capacity().get(name);
    return whole == null ? BigDecimal.ZERO : whole.value().value();
  }
}
