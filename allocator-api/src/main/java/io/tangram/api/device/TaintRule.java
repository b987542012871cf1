package io.tangram.api.device;

import java.util.Optional;

/**
 * A taint that an administrator puts on devices, whatever their drivers publish: a {@code
 * DeviceTaintRule} in Kubernetes (R152). {@link TaintRules} applies it.
 *
 * @param name its name, which messages give as the source of the taint
 * @param devices the devices it taints; none where absent (R153)
 * @param taint the taint
 */
public record TaintRule(String name, Optional<Selection> devices, Taint taint) {

  /**
   * Devices by their identity; what is absent may be anything. Without any part it is every device.
   *
   * @param driver the driver
   * @param pool the name of the pool, whatever the driver
   * @param device the name of the device, in whatever pool
   */
  public record Selection(Optional<String> driver, Optional<String> pool, Optional<String> device) {

    /** Every device. */
    public static final Selection EVERY =
        new Selection(Optional.empty(), Optional.empty(), Optional.empty());

    /** Returns whether a device is one of these. */
    public boolean includes(DeviceId id) {
      return includesSome(id.poolId()) && device.map(id.device()::equals).orElse(true);
    }

    /** Returns whether a device of the pool may be one of these. */
    boolean includesSome(PoolId id) {
      return driver.map(id.driver()::equals).orElse(true)
          && pool.map(id.pool()::equals).orElse(true);
    }
  }

  /** The taint as devices carry it, with the name of this rule. */
  Taint marked() {
    return taint.ofRule(name);
  }
}
