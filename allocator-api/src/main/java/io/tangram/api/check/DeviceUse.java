package io.tangram.api.check;

import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.QualifiedName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who uses one device: claims that have it whole, and shares of it (R90 to R93). Administrative
 * uses don't appear here: they take nothing from others. Not thread-safe.
 */
final class DeviceUse {

  private final boolean sinceBefore;
  private final List<ClaimId> holders = new ArrayList<>(1);
  private final List<DeviceAllocation> results = new ArrayList<>(1);
  private final Map<QualifiedName, BigDecimal> consumed = new HashMap<>(0);
  private int shares;

  /**
   * Makes the use of a device that nobody uses yet.
   *
   * @param sinceBefore whether it is in use since before any change, so that it may have vanished
   */
  DeviceUse(boolean sinceBefore) {
    this.sinceBefore = sinceBefore;
  }

  /** Whether the device is in use since before any change, so that it may have vanished. */
  boolean isSinceBefore() {
    return sinceBefore;
  }

  /** Whether nobody uses the device. */
  boolean isFree() {
    return holders.isEmpty() && shares == 0;
  }

  /** The claims that have the device whole: at most one unless what is held contradicts itself. */
  List<ClaimId> holders() {
    return holders;
  }

  /** How many shares of the device are taken. */
  int shares() {
    return shares;
  }

  /** Returns what all shares take together of a capacity (R140). */
  BigDecimal consumed(QualifiedName capacity) {
    return consumed.getOrDefault(capacity, BigDecimal.ZERO);
  }

  /** Returns the result by which the device came into use, of those that still use it. */
  DeviceAllocation first() {
    return results.get(0);
  }

  /** Records a result of a claim, no administrative one. */
  void add(ClaimId claim, DeviceAllocation result) {
    results.add(result);
    if (result.shareId().isPresent()) {
      shares++;
      consume(result, 1);
    } else {
      holders.add(claim);
    }
  }

  /** Takes a recorded result back. */
  void remove(ClaimId claim, DeviceAllocation result) {
    results.remove(result);
    if (result.shareId().isPresent()) {
      shares--;
      consume(result, -1);
    } else {
      holders.remove(claim);
    }
  }

  private void consume(DeviceAllocation result, int sign) {
    result
        .consumedCapacity()
        .forEach(
            (name, amount) ->
                consumed.merge(
                    name, sign > 0 ? amount.value() : amount.value().negate(), BigDecimal::add));
  }
}
