package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.device.DeviceId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges one held allocation by itself. What the claim says never changes (R60), so a result that
 * contradicts it is a violation; devices, classes and taints do change, so one that contradicts
 * them has drifted. What can't be known is not judged: the device of a pool whose slices are not
 * all there, what depends on the node where no node is known, and the order of the results, which
 * allocators choose differently.
 */
final class HeldClaimCheck {

  private final ClusterIndex cluster;
  private final Allocation allocation;
  private final Findings findings;
  private final SuitabilityCheck suitability;
  private final HeldDevices devices;

  HeldClaimCheck(ClusterIndex cluster, Allocation allocation) {
    this.cluster = cluster;
    this.allocation = allocation;
    this.findings = Findings.onHeld(allocation.claim());
    this.suitability = new SuitabilityCheck(cluster, findings);
    this.devices = new HeldDevices(cluster, allocation, findings);
  }

  /**
   * Runs the check.
   *
   * @param claim the claim, or null if it is not known and only the devices can be judged
   * @return what is wrong
   */
  ImmutableList<Violation> run(@Nullable Claim claim) {
    if (allocation.devices().size() > Claim.MAX_DEVICES) {
      findings.violation(
          "R204",
          "has %d devices; %d are allowed"
              .formatted(allocation.devices().size(), Claim.MAX_DEVICES));
    }
    allocation.devices().forEach(this::requireShareId);
    requireOnce();
    devices.found().forEach(suitability::run);
    devices.found().forEach(this::requireGroups);
    if (devices.isComplete()) {
      ExpectedNodeSelector.of(devices.found(), devices.nodeName())
          .require(allocation.nodeSelector(), findings);
    }
    if (claim != null) {
      requireAnswers(claim);
    }
    return findings.all();
  }

  private void requireShareId(DeviceAllocation result) {
    if (result.shareId().isEmpty() && !result.consumedCapacity().isEmpty()) {
      findings.violation("R137", result.device(), "consumes capacity but has no share ID");
    }
  }

  /** Requires that no dedicated device is there twice, once for administration (R83). */
  private void requireOnce() {
    Map<DeviceId, GivenDevice> earlier = new HashMap<>();
    for (GivenDevice given : devices.found()) {
      GivenDevice before = earlier.putIfAbsent(given.id(), given);
      if (before != null && !given.isShared() && (before.isAdmin() || given.isAdmin())) {
        findings.violation("R83", given.id(), "is given twice inside the claim");
      }
    }
  }

  /** A result that records no groups goes by those that the device lists, whatever they are. */
  private void requireGroups(GivenDevice given) {
    given
        .result()
        .compatibilityGroups()
        .forEach(
            (set, groups) -> {
              ImmutableSet<String> listed =
                  given.compatibilityGroups().getOrDefault(set, ImmutableSet.of());
              if (!groups.equals(listed)) {
                findings.drift(
                    "R123",
                    given.id(),
                    "was given under compatibility groups "
                        + groups
                        + " of counter set "
                        + set
                        + ", for which it lists "
                        + listed
                        + " now");
              }
            });
  }

  private void requireAnswers(Claim claim) {
    RequestCheck requests = new RequestCheck(claim, allocation, findings);
    requests.run(cluster, devices.node());
    ImmutableList<ChosenDevice> chosen = requests.chosen(devices.found());
    chosen.forEach(suitability::run);
    if (chosen.size() == allocation.devices().size()) {
      ConstraintCheck constraints = new ConstraintCheck(cluster, chosen, findings);
      for (DeviceConstraint constraint : claim.constraints()) {
        constraints.run(constraint);
      }
    }
    new ExpectedConfigs(claim, requests.answered(), cluster).requireHeld(allocation, findings);
  }
}
