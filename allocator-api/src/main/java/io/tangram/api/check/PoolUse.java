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
    uses.forEach((name, use) -> ledger.charge(name, use.isSinceBefore()));
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
    if (use == null) {
      use = new DeviceUse(sinceBefore);
      uses.put(name, use);
      ledgers.forEach(ledger -> ledger.charge(name, sinceBefore));
    }
    if (result.shareId().isPresent()) {
      use.share(result.consumedCapacity());
    } else {
      use.hold(claim);
    }
  }

  /** Takes a recorded result back. */
  void giveBack(ClaimId claim, DeviceAllocation result) {
    String name = result.device().device();
    DeviceUse use = uses.get(name);
    if (result.adminAccess() || use == null) {
      return;
    }
    if (result.shareId().isPresent()) {
      use.unshare(result.consumedCapacity());
    } else {
      use.release(claim);
    }
    if (use.isFree()) {
      uses.remove(name);
      ledgers.forEach(ledger -> ledger.refund(name));
    }
  }
}
