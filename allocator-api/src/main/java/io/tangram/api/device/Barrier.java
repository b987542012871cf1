package io.tangram.api.device;

import io.tangram.api.feature.OffFeature;

/**
 * What keeps a device from every claim, in use or not. A device behind a barrier is never given.
 *
 * @param counts whether requests match the device nevertheless: then mode All, which needs every
 *     matching device, gets none on a node that sees it (R73); otherwise no request matches it
 *     (R161)
 * @param feature the feature that the device would need
 */
public record Barrier(boolean counts, OffFeature feature) {

  /** Returns a barrier behind which requests still match the device. */
  public static Barrier withholding(OffFeature feature) {
    return new Barrier(true, feature);
  }

  /** Returns a barrier behind which no request matches the device. */
  public static Barrier hiding(OffFeature feature) {
    return new Barrier(false, feature);
  }
}
