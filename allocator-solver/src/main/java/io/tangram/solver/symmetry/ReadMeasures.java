package io.tangram.solver.symmetry;

import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Map;

/**
 * The measures that the objectives in force read; the others are 0, so that they tell no devices
 * apart.
 *
 * @param measures the measures
 * @param readsShare whether the share counts
 * @param readsSize whether the size counts
 * @param expectation what is expected of the devices, nothing where that does not count
 */
public record ReadMeasures(
    Measures measures, boolean readsShare, boolean readsSize, Expectation expectation) {

  /** The device's share in millionths, or 0. */
  public long share(int device) {
    return readsShare ? measures.share(device) : 0;
  }

  /** The device's size in millionths, or 0. */
  public long size(int device) {
    return readsSize ? measures.size(device) : 0;
  }

  /** The share of a shared device that takes these amounts, in millionths, or 0. */
  public long shareOf(int device, Map<QualifiedName, Quantity> amounts) {
    return readsShare ? measures.shareOf(device, amounts) : 0;
  }

  /** The size of a share that takes these amounts, in millionths, or 0. */
  public long sizeOf(int device, Map<QualifiedName, Quantity> amounts) {
    return readsSize ? measures.sizeOf(device, amounts) : 0;
  }
}
