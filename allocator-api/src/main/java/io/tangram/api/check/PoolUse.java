package io.tangram.api.check;

import com.google.common.collect.ImmutableSortedMap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The devices of one pool that are in use, published or not (R94), and what they take from its
 * counters. Nodes may see different generations of the pool (R11), so there is a ledger for each
 * that was asked for: one, as a rule. Not thread-safe.
 */
final class PoolUse {

  /** How a device came into use. */
  enum Start {
    /** It was held before anything was planned, published or not. */
    HELD,
    /** It was given as published to a node, in whatever generation that node sees. */
    PLANNED
  }

  private final boolean vanishedDevicesAreFree;
  private final Map<String, DeviceUse> uses = new HashMap<>();
  private final Set<String> planned = new HashSet<>();
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
    uses.keySet().stream().filter(name -> concerns(name, ledger)).forEach(ledger::charge);
    ledgers.add(ledger);
    return ledger;
  }

  /** Not if a plan gives the device as published in another generation: it has not vanished. */
  private boolean concerns(String device, CounterLedger ledger) {
    return !planned.contains(device) || ledger.contents().devices().find(device) != null;
  }

  /** Records a result of a claim; an administrative one takes nothing (R93). */
  void take(ClaimId claim, DeviceAllocation result, Start start) {
    if (result.adminAccess()) {
      return;
    }
    String name = result.device().device();
    DeviceUse use = uses.get(name);
    if (use == null) {
      use = new DeviceUse();
      uses.put(name, use);
      if (start == Start.PLANNED) {
        planned.add(name);
      }
      ledgers.stream()
          .filter(ledger -> concerns(name, ledger))
          .forEach(ledger -> ledger.charge(name));
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
      ledgers.stream()
          .filter(ledger -> concerns(name, ledger))
          .forEach(ledger -> ledger.refund(name));
      planned.remove(name);
    }
  }
}
