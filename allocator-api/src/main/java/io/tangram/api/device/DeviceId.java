package io.tangram.api.device;

/**
 * The identity of a device: driver, pool and device name (R1). The slice that carries the device is
 * not part of it.
 */
public record DeviceId(String driver, String pool, String device) {

  /** The pool of the device. */
  public PoolId poolId() {
    return new PoolId(driver, pool);
  }

  /** Returns {@code driver/pool/device}. */
  @Override
  public String toString() {
    return driver + "/" + pool + "/" + device;
  }
}
