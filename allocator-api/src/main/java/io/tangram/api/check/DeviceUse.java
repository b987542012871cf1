package io.tangram.api.check;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
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

  void hold(ClaimId claim) {
    holders.add(claim);
  }

  void release(ClaimId claim) {
    holders.remove(claim);
  }

  void share(ImmutableMap<QualifiedName, Quantity> amounts) {
    shares++;
    amounts.forEach((name, amount) -> consumed.merge(name, amount.value(), BigDecimal::add));
  }

  void unshare(ImmutableMap<QualifiedName, Quantity> amounts) {
    shares--;
    amounts.forEach(
        (name, amount) -> consumed.merge(name, amount.value().negate(), BigDecimal::add));
  }
}
