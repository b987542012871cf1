package io.tangram.solver.reference;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.reference.Defect;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The shares chosen in one call: what they consume, and whether one of them has paid for the
 * counters of the device. The reference tells the latter from its record of the former, which is
 * not always there while shares are, and not always gone when they are (R115, R140). Not
 * thread-safe.
 */
final class TentativeShares {

  private final boolean paymentIsRecord;
  private final Map<DeviceId, Map<QualifiedName, BigDecimal>> record = new HashMap<>();
  private final Multiset<DeviceId> paying = HashMultiset.create();

  TentativeShares(Set<Defect> defects) {
    this.paymentIsRecord = defects.contains(Defect.DRAWS_STAY);
  }

  /**
   * Adds a share.
   *
   * @param pays whether its device draws on counters for it
   */
  void add(DeviceId device, Map<QualifiedName, Quantity> amounts, boolean pays) {
    Map<QualifiedName, BigDecimal> sum = record.computeIfAbsent(device, unused -> new HashMap<>());
    amounts.forEach((name, amount) -> sum.merge(name, amount.value(), BigDecimal::add));
    if (pays) {
      paying.add(device);
    }
  }

  /** Removes a share that was added. */
  void remove(DeviceId device, Map<QualifiedName, Quantity> amounts, boolean pays) {
    if (pays) {
      paying.remove(device);
    }
    Map<QualifiedName, BigDecimal> sum = record.get(device);
    if (sum == null || amounts.isEmpty()) {
      return; // the record of a share that consumes nothing stays
    }
    amounts.forEach((name, amount) -> sum.merge(name, amount.value().negate(), BigDecimal::add));
    if (sum.values().stream().allMatch(amount -> amount.signum() == 0)) {
      record.remove(device);
    }
  }

  /** What these shares consume of a capacity. */
  BigDecimal consumed(DeviceId device, QualifiedName capacity) {
    return record.getOrDefault(device, Map.of()).getOrDefault(capacity, BigDecimal.ZERO);
  }

  /** Whether a share is taken to have paid for the counters of the device. */
  boolean havePaid(DeviceId device) {
    return paymentIsRecord ? record.containsKey(device) : paying.contains(device);
  }
}
