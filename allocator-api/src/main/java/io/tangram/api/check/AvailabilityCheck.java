package io.tangram.api.check;

import com.google.common.collect.Multiset;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether the devices of one claim are free for it, one after the other: in use or not (R90
 * to R94), what is left of capacities (R128) and counters (R112). The caller books each device that
 * passes before the next is judged, so that devices of one claim don't take the same twice.
 *
 * <p>Administrative results need a device that exists and nothing more (R82, R86), except that
 * within one claim they may not name a dedicated device again (R83), and that on a shared device
 * what they take must be left (R87); they take it from no other claim.
 */
final class AvailabilityCheck {

  private final Findings findings;
  private final boolean adminSharesCount;
  private final List<GivenDevice> earlier = new ArrayList<>();

  /**
   * Prepares the check of one claim.
   *
   * @param adminSharesCount whether what the claim takes of shared devices for administration is
   *     judged too, or was judged before
   */
  AvailabilityCheck(Findings findings, boolean adminSharesCount) {
    this.findings = findings;
    this.adminSharesCount = adminSharesCount;
  }

  /**
   * Judges the next device of the claim.
   *
   * @param given the device
   * @param use who uses it already, or null if nobody does
   * @param ledger what is taken from the counters of its pool
   * @param shareIds the share IDs in use
   * @return whether the claim can have it
   */
  boolean run(
      GivenDevice given, @Nullable DeviceUse use, CounterLedger ledger, Multiset<UUID> shareIds) {
    Optional<Refusal> refusal =
        given.isShared() ? sharedRefusal(given, use) : dedicatedRefusal(given, use);
    if (refusal.isEmpty() && !given.isAdmin() && use == null) {
      refusal = ledger.refusal(given.device());
    }
    if (refusal.isEmpty() && given.result().shareId().filter(shareIds::contains).isPresent()) {
      refusal =
          Optional.of(
              new Refusal(
                  "R136", "has share ID " + given.result().shareId().get() + ", which is in use"));
    }
    refusal.ifPresent(found -> findings.violation(found.rule(), given.id(), found.message()));
    earlier.add(given);
    return refusal.isEmpty();
  }

  private Optional<Refusal> dedicatedRefusal(GivenDevice given, @Nullable DeviceUse use) {
    boolean again = false;
    for (GivenDevice each : earlier) {
      again |= (each.isAdmin() || given.isAdmin()) && each.id().equals(given.id());
    }
    if (again) {
      return Optional.of(new Refusal("R83", "is given twice inside the claim"));
    }
    if (use == null || given.isAdmin()) {
      return Optional.empty();
    }
    return use.holders().isEmpty()
        ? Optional.of(
            new Refusal(
                "R92",
                "is to be given whole while %d shares of it are in use".formatted(use.shares())))
        : Optional.of(heldBy(use, "R90"));
  }

  private Optional<Refusal> sharedRefusal(GivenDevice given, @Nullable DeviceUse use) {
    if (use != null && !use.holders().isEmpty() && !given.isAdmin()) {
      return Optional.of(heldBy(use, "R143"));
    }
    if (given.isAdmin() && !adminSharesCount) {
      return Optional.empty();
    }
    for (var wanted : given.result().consumedCapacity().entrySet()) {
      QualifiedName name = wanted.getKey();
      var capacity = given.device().capacity().get(name);
      if (capacity == null) {
        continue; // the shape of the result is wrong, and that was said
      }
      BigDecimal taken =
          (use == null ? BigDecimal.ZERO : use.consumed(name)).add(takenForAdmin(given, name));
      BigDecimal left = capacity.value().value().subtract(taken);
      if (wanted.getValue().value().compareTo(left) > 0) {
        return Optional.of(
            new Refusal(
                "R128",
                "takes %s of capacity %s, of which %s is left"
                    .formatted(
                        wanted.getValue(), name, Quantity.of(left, capacity.value().format()))));
      }
    }
    return Optional.empty();
  }

  /** Returns what the claim itself takes by administrative results, which no book shows. */
  private BigDecimal takenForAdmin(GivenDevice given, QualifiedName capacity) {
    return earlier.stream()
        .filter(each -> each.id().equals(given.id()) && each.isAdmin() && adminSharesCount)
        .map(each -> each.result().consumedCapacity().getOrDefault(capacity, Quantity.ZERO))
        .map(Quantity::value)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Refusal heldBy(DeviceUse use, String rule) {
    return new Refusal(rule, "is in use by claim " + use.holders().get(0));
  }
}
