package io.tangram.api.check;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Multiset;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.PoolId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which devices are in use, changed one claim at a time; it starts from what is held. The cost of a
 * change depends on the devices in it, not on the cluster: a pool is indexed when it is first
 * touched, and once for all states of a checker.
 *
 * <p>Every change is judged beside the state as it is. Whether the claims of a workload are
 * together is for {@link PlanChecker#check}. Not thread-safe.
 */
public final class CheckedState {

  private final ClusterIndex cluster;
  private final boolean vanishedDevicesAreFree;
  private final Map<ClaimId, Allocation> allocations = new HashMap<>();
  private final Map<PoolId, PoolUse> pools = new HashMap<>();
  private final Multiset<UUID> shareIds = HashMultiset.create();

  CheckedState(ClusterIndex cluster, AllocationProblem problem) {
    this.cluster = cluster;
    this.vanishedDevicesAreFree = problem.vanishedDevicesAreFree();
    for (Allocation held : problem.held()) {
      allocations.put(held.claim(), held);
      held.devices().forEach(result -> book(held.claim(), result, true));
    }
  }

  /**
   * Adds an allocation if it is legal beside what is in use.
   *
   * @param claim the claim, pending in the problem or not
   * @param allocation what it is to be given, with the node it is made for
   * @return the rules it breaks; empty if it was added. Otherwise the state is unchanged
   */
  public ImmutableList<Violation> add(Claim claim, Allocation allocation) {
    return add(JudgedClaim.of(cluster, claim, allocation), true);
  }

  /**
   * Adds an allocation if it is legal beside what is in use.
   *
   * @param judged the claim and its allocation, judged by itself
   * @param adminSharesCount whether it is judged too what the claim takes of shared devices for
   *     administration (R87)
   */
  ImmutableList<Violation> add(JudgedClaim judged, boolean adminSharesCount) {
    ClaimId claim = judged.claim().id();
    Findings findings = Findings.onPlanned(claim);
    if (allocations.containsKey(claim)) {
      findings.violation("R173", "has an allocation already");
      return findings.all();
    }
    findings.addAll(judged.violations());
    List<DeviceAllocation> booked = new ArrayList<>();
    AvailabilityCheck availability = new AvailabilityCheck(findings, adminSharesCount);
    for (GivenDevice given : judged.given()) {
      PoolUse pool = pool(given.id().poolId());
      DeviceUse use = pool.find(given.id().device());
      if (availability.run(given, use, pool.ledger(given.pool().contents()), shareIds)) {
        book(claim, given.result(), false);
        booked.add(given.result());
      }
    }
    if (findings.any()) {
      booked.forEach(result -> unbook(claim, result));
    } else {
      allocations.put(claim, judged.allocation());
    }
    return findings.all();
  }

  /**
   * Takes an allocation out, held or added.
   *
   * @throws IllegalArgumentException if the claim has no allocation in this state
   */
  public void remove(ClaimId claim) {
    Allocation allocation = allocations.remove(claim);
    if (allocation == null) {
      throw new IllegalArgumentException(
          "Claim " + claim + " has no allocation that could be taken out.");
    }
    allocation.devices().forEach(result -> unbook(claim, result));
  }

  private void book(ClaimId claim, DeviceAllocation result, boolean sinceBefore) {
    pool(result.device().poolId()).take(claim, result, sinceBefore);
    result.shareId().ifPresent(shareIds::add);
  }

  private void unbook(ClaimId claim, DeviceAllocation result) {
    pool(result.device().poolId()).giveBack(claim, result);
    result.shareId().ifPresent(shareIds::remove);
  }

  /** Returns the uses of devices of a pool. */
  PoolUse pool(PoolId id) {
    return pools.computeIfAbsent(id, each -> new PoolUse(vanishedDevicesAreFree));
  }

  /** The pools with devices in use. */
  Map<PoolId, PoolUse> pools() {
    return pools;
  }
}
