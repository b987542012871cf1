package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.CounterTable;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Draw;
import io.tangram.solver.compile.HeldDevices;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.result.ConsumedCapacity;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * What is taken of a cluster: whole devices, shares with their capacity, counters. Starts from what
 * is held; every change can be taken back exactly. Administrative uses take nothing and never come
 * in here (R93). Not thread-safe.
 */
public final class ClusterState {

  private final DeviceTable devices;
  private final CounterTable counters;
  private final long[] left;
  private final GroupState groups;
  private final BitSet taken = new BitSet();
  private final Twins twins;
  private final NodeRoom room;
  private final Map<Integer, Shares> shares = new HashMap<>();

  /** Whether nothing is held, so that no pool is closed for what is held in it. */
  private final boolean empty;

  /** The shares of one device. */
  private static final class Shares {
    int count;
    final Map<QualifiedName, BigDecimal> consumed = new HashMap<>();
  }

  /** Makes the state in which nothing is taken but what is held. */
  public ClusterState(CompiledProblem problem) {
    this(problem, false);
    for (int device = 0; device < devices.size(); device++) {
      HeldDevices.Use use = devices.use(device);
      if (use != null) {
        hold(device, use);
      }
    }
  }

  private ClusterState(CompiledProblem problem, boolean empty) {
    this.devices = problem.devices();
    this.counters = problem.counters();
    this.left = empty ? counters.declaredCopy() : counters.availableCopy();
    this.groups = new GroupState(counters.groups(), counters.sets(), empty);
    this.twins = new Twins(problem);
    this.room = new NodeRoom(problem, empty);
    this.empty = empty;
  }

  /** Returns the state in which not even what is held is taken. */
  public static ClusterState empty(CompiledProblem problem) {
    return new ClusterState(problem, true);
  }

  private void hold(int device, HeldDevices.Use use) {
    // A device that is shared in part can't be given whole, whatever it is published as (R92).
    boolean blocked = use.isDedicated() || (use.shares() > 0 && !devices.isShared(device));
    if (blocked) {
      taken.set(device);
    }
    if (use.shares() > 0) {
      Shares held = shares.computeIfAbsent(device, d -> new Shares());
      held.count = use.shares();
      for (QualifiedName name : devices.device(device).capacity().keySet()) {
        held.consumed.put(name, use.consumed(name));
      }
    }
  }

  /** What is left of the resources of nodes; of devices only what somebody takes there. */
  public NodeRoom room() {
    return room;
  }

  /** Whether nobody holds the whole device; of a shared one, shares may be taken. */
  public boolean isFree(int device) {
    return !taken.get(device);
  }

  /** Whether nothing is given from the counters of the device, whatever is left of them. */
  public boolean isClosed(int device) {
    return !empty && devices.isClosed(device);
  }

  /** The numbers of the groups of a counter set that all devices in use on it list. */
  public BitSet open(int set) {
    return groups.open(set);
  }

  /** Whether the devices in use on its counter sets leave the device a group (R122). */
  public boolean fitsGroups(int device) {
    int[] sets = devices.sets(device);
    for (int i = 0; i < sets.length; i++) {
      if (!groups.fits(sets[i], devices.draws(device)[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether what the device draws on its counters is left (R112, R116). */
  public boolean fitsCounters(int device) {
    int[] sets = devices.sets(device);
    if (sets.length == 0) {
      return true;
    }
    if (isClosed(device)) {
      return false;
    }
    Draw[] draws = devices.draws(device);
    for (int i = 0; i < sets.length; i++) {
      int base = counters.base(sets[i]);
      for (int k = 0; k < draws[i].size(); k++) {
        if (draws[i].amount(k) > left[base + draws[i].counter(k)]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether someone has a share of the device, so that its counters are paid for (R113). */
  public boolean hasShares(int device) {
    Shares known = shares.get(device);
    return known != null && known.count > 0;
  }

  /** Whether these amounts of a shared device's capacities are left (R128). */
  public boolean fitsCapacity(int device, Map<QualifiedName, Quantity> amounts) {
    return fitsCapacity(device, amounts, Map.of());
  }

  /**
   * Whether these amounts of a shared device's capacities are left.
   *
   * @param more what is to be counted beside the shares that are taken; may be negative
   */
  boolean fitsCapacity(
      int device, Map<QualifiedName, Quantity> amounts, Map<QualifiedName, BigDecimal> more) {
    Shares known = shares.get(device);
    if (known == null && more.isEmpty()) {
      return true; // more than there is, is refused before
    }
    ImmutableMap<QualifiedName, DeviceCapacity> capacity = devices.device(device).capacity();
    for (Map.Entry<QualifiedName, Quantity> amount : amounts.entrySet()) {
      QualifiedName name = amount.getKey();
      DeviceCapacity offered = capacity.get(name);
      BigDecimal used =
          amount
              .getValue()
              .value()
              .add(consumed(device, name))
              .add(more.getOrDefault(name, BigDecimal.ZERO));
      if (offered == null || used.compareTo(offered.value().value()) > 0) {
        return false;
      }
    }
    return true;
  }

  /** Takes a whole device and what it draws. */
  public void take(int device) {
    for (int same : twins.of(device)) {
      taken.set(same);
      draw(same, 1);
    }
  }

  /** Takes a {@link #take taken} device back. */
  public void giveBack(int device) {
    for (int same : twins.of(device)) {
      taken.clear(same);
      draw(same, -1);
    }
  }

  /** Takes what a request has been given; what is for administration stays free (R82). */
  public void take(Leaf leaf, int device) {
    if (leaf.request().adminAccess()) {
      return;
    }
    if (devices.isShared(device)) {
      takeShare(device, amounts(leaf, device));
    } else {
      take(device);
    }
  }

  /** Takes back what a request {@linkplain #take(Leaf, int) took}. */
  public void giveBack(Leaf leaf, int device) {
    if (leaf.request().adminAccess()) {
      return;
    }
    if (devices.isShared(device)) {
      giveBackShare(device, amounts(leaf, device));
    } else {
      giveBack(device);
    }
  }

  private Map<QualifiedName, Quantity> amounts(Leaf leaf, int device) {
    return ConsumedCapacity.of(devices.device(device), leaf.request().capacityRequests())
        .orElseThrow();
  }

  /** Takes a share of a device; the first one pays what the device draws. */
  public void takeShare(int device, Map<QualifiedName, Quantity> amounts) {
    boolean first = !hasShares(device);
    for (int same : twins.of(device)) {
      sharesOf(same).count++;
      change(same, amounts, 1);
      if (first) {
        draw(same, 1);
      }
    }
  }

  /** Takes a {@link #takeShare taken} share back. */
  public void giveBackShare(int device, Map<QualifiedName, Quantity> amounts) {
    for (int same : twins.of(device)) {
      sharesOf(same).count--;
      change(same, amounts, -1);
      if (!hasShares(same)) {
        draw(same, -1);
      }
    }
  }

  private Shares sharesOf(int device) {
    return shares.computeIfAbsent(device, d -> new Shares());
  }

  private void change(int device, Map<QualifiedName, Quantity> amounts, int sign) {
    Shares changed = sharesOf(device);
    amounts.forEach(
        (name, amount) ->
            changed.consumed.merge(
                name, sign > 0 ? amount.value() : amount.value().negate(), BigDecimal::add));
  }

  private void draw(int device, int sign) {
    int[] sets = devices.sets(device);
    Draw[] draws = devices.draws(device);
    for (int i = 0; i < sets.length; i++) {
      groups.change(sets[i], draws[i], sign);
      int base = counters.base(sets[i]);
      for (int k = 0; k < draws[i].size(); k++) {
        left[base + draws[i].counter(k)] -= sign * draws[i].amount(k);
      }
    }
  }

  /** What is left of a counter, by its number over all sets. */
  public long left(int counter) {
    return left[counter];
  }

  /** What shares consume of a capacity of a shared device. */
  public BigDecimal consumed(int device, QualifiedName capacity) {
    Shares known = shares.get(device);
    return known == null ? BigDecimal.ZERO : known.consumed.getOrDefault(capacity, BigDecimal.ZERO);
  }
}
