package io.tangram.api.check;

import com.google.common.collect.ImmutableSortedMap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one pool that are in use, published or not (R94), and what they take from its
 * counters. Nodes may see different generations of the pool (R11), so there is a ledger for each
 * that was asked for: one, as a rule. Not thread-safe.
 */
final class PoolUse {

  private final boolean vanishedDevicesAreFree;
  private final Map<String, DeviceUse> uses = new HashMap<>();
  private final List<CounterLedger> ledgers = new ArrayList<>(1);

  PoolUse(boolean vanishedDevicesAreFree) {
    this.vanishedDevicesAreFree = vanishedDevicesAreFree;
  }

  /** Returns who uses the device, or null if nobody does. */
  @Nullable DeviceUse find(String device) {
    return uses.get(device);
  }

  /** Returns the uses by device name. */
  ImmutableSortedMap<String, DeviceUse> all() {
    return ImmutableSortedMap.copyOf(uses);
  }

  /** Returns what is taken from the pool's counters. */
  CounterLedger ledger(PoolContents contents) {
    for (CounterLedger ledger : ledgers) {
      if (ledger.contents() == contents) {
        return ledger;
      }
    }
    CounterLedger ledger = new CounterLedger(contents, vanishedDevicesAreFree);
    uses.forEach((name, use) -> ledger.charge(name, use));
    ledgers.add(ledger);
    return ledger;
  }

  /**
   * Records a result of a claim; an administrative one takes nothing (R93).
   *
   * @param sinceBefore whether the claim has the device since before any change
   */
  void take(ClaimId claim, DeviceAllocation result, boolean sinceBefore) {
    if (result.adminAccess()) {
      return;
    }
    String name = result.device().device();
    DeviceUse use = uses.get(name);
    if (use != null) {
      use.add(claim, result);
      return;
    }
    DeviceUse fresh = new DeviceUse(sinceBefore);
    fresh.add(claim, result);
    uses.put(name, fresh);
    ledgers.forEach(ledger -> ledger.charge(name, fresh));
  }

  /** Takes a recorded result back. */
  void giveBack(ClaimId claim, DeviceAllocation result) {
    String name = result.device().device();
    DeviceUse use = uses.get(name);
    if (result.adminAccess() || use == null) {
      return;
    }
    ledgers.forEach(ledger -> ledger.refund(name));
    use.remove(claim, result);
    if (use.isFree()) {
      uses.remove(name);
    } else {
      ledgers.forEach(ledger -> ledger.charge(name, use));
    }
  }
}
