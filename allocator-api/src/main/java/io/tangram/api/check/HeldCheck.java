package io.tangram.api.check;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.SetMultimap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.check.PoolContents.Counter;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Judges what is held: each claim by itself, then what all of them take together. */
final class HeldCheck {

  private final AllocationProblem problem;
  private final ClusterIndex cluster;
  private final CheckedState state;
  private final SetMultimap<DeviceId, UUID> shares = HashMultimap.create();
  private final ImmutableList.Builder<Violation> violations = ImmutableList.builder();

  /**
   * Prepares the check.
   *
   * @param state a state in which all that is held is in use
   */
  HeldCheck(AllocationProblem problem, ClusterIndex cluster, CheckedState state) {
    this.problem = problem;
    this.cluster = cluster;
    this.state = state;
  }

  /** Runs the check and returns what is wrong. */
  ImmutableList<Violation> run() {
    for (Allocation allocation : problem.held()) {
      violations.addAll(
          new HeldClaimCheck(cluster, allocation)
              .run(problem.heldClaims().get(allocation.claim())));
      allocation.devices().forEach(result -> requireShareOnce(allocation.claim(), result));
    }
    new TreeMap<>(state.pools()).forEach(this::checkPool);
    return violations.build();
  }

  private void requireShareOnce(ClaimId claim, DeviceAllocation result) {
    UUID id = result.shareId().orElse(null);
    if (id != null && !shares.put(result.device(), id)) {
      violations.add(
          new Violation(
              "R136",
              Severity.VIOLATION,
              Optional.of(claim),
              Optional.of(result.device()),
              "has share ID " + id + ", which another share of the device has"));
    }
  }

  private void checkPool(PoolId id, PoolUse pool) {
    PublishedPool published = cluster.pools().find(id);
    pool.all()
        .forEach(
            (name, use) -> {
              DeviceId device = new DeviceId(id.driver(), id.pool(), name);
              checkHolders(device, use);
              if (published != null) {
                Published found = published.newest().devices().find(name);
                if (found != null) {
                  checkCapacity(device, found, use);
                }
              }
            });
    if (published != null) {
      PoolContents newest = published.newest();
      CounterLedger ledger = pool.ledger(newest);
      checkGroups(id, newest, ledger);
      if (ledger.isUnknown() && !newest.counterSets().isEmpty()) {
        violations.add(unknown(id, ledger));
      }
      ledger
          .overdrawn()
          .forEach(
              (counter, line) ->
                  violations.add(
                      Violation.ofPool(
                          "R111",
                          id,
                          line + ", by " + claims(drawing(id, newest, d -> takes(d, counter))))));
    }
  }

  private static Violation unknown(PoolId pool, CounterLedger ledger) {
    return new Violation(
        "R116",
        Severity.DRIFT,
        Optional.empty(),
        Optional.empty(),
        Optional.of(pool),
        "what is left of its counters is not known, since devices in use are published no more: "
            + String.join(", ", ledger.vanished())
            + "; nothing that draws on counters is given from it");
  }

  /** What a result records never changes; what a device lists instead may have. */
  private void checkGroups(PoolId id, PoolContents newest, CounterLedger ledger) {
    for (String set : ledger.groups().contradictory()) {
      List<Drawing> on = drawing(id, newest, device -> takesFrom(device, set));
      boolean recorded =
          on.stream().allMatch(each -> each.result().compatibilityGroups().containsKey(set));
      violations.add(
          new Violation(
              "R122",
              recorded ? Severity.VIOLATION : Severity.DRIFT,
              Optional.empty(),
              Optional.empty(),
              Optional.of(id),
              "counter set %s is used under compatibility groups that have none in common, by %s"
                  .formatted(set, claims(on))));
    }
  }

  /** A device that a claim holds. */
  private record Drawing(ClaimId claim, DeviceAllocation result) {}

  /** Returns who holds devices of the pool, as it is published, of which the condition is true. */
  private List<Drawing> drawing(PoolId id, PoolContents pool, Predicate<Device> condition) {
    List<Drawing> drawing = new ArrayList<>();
    for (Allocation allocation : problem.held()) {
      for (DeviceAllocation result : allocation.devices()) {
        Published found =
            result.device().poolId().equals(id)
                ? pool.devices().find(result.device().device())
                : null;
        if (found != null && !result.adminAccess() && condition.test(found.device())) {
          drawing.add(new Drawing(allocation.claim(), result));
        }
      }
    }
    return drawing;
  }

  private static String claims(List<Drawing> drawing) {
    return named(drawing.stream().map(Drawing::claim).distinct().toList());
  }

  private static boolean takesFrom(Device device, String set) {
    return device.consumesCounters().stream().anyMatch(each -> each.counterSet().equals(set));
  }

  private static boolean takes(Device device, Counter counter) {
    return device.consumesCounters().stream()
        .anyMatch(
            consumption ->
                consumption.counterSet().equals(counter.set())
                    && consumption.counters().containsKey(counter.counter()));
  }

  private static String named(List<ClaimId> claims) {
    return (claims.size() == 1 ? "claim " : "claims ")
        + claims.stream().map(ClaimId::toString).collect(Collectors.joining(", "));
  }

  private void checkHolders(DeviceId device, DeviceUse use) {
    if (use.holders().size() > 1) {
      report("R90", device, "is held by " + named(use.holders()));
    }
    if (!use.holders().isEmpty() && use.shares() > 0) {
      report(
          "R143",
          device,
          "is held whole by claim %s while %d shares of it are held"
              .formatted(use.holders().get(0), use.shares()));
    }
  }

  private void checkCapacity(DeviceId device, Published found, DeviceUse use) {
    found
        .device()
        .capacity()
        .forEach(
            (name, capacity) -> {
              if (use.consumed(name).compareTo(capacity.value().value()) > 0) {
                report(
                    "R128",
                    device,
                    "capacity %s is overdrawn: %s of %s are taken"
                        .formatted(
                            name,
                            Quantity.of(use.consumed(name), capacity.value().format()),
                            capacity.value()));
              }
            });
  }

  private void report(String rule, DeviceId device, String message) {
    violations.add(
        new Violation(rule, Severity.VIOLATION, Optional.empty(), Optional.of(device), message));
  }
}
