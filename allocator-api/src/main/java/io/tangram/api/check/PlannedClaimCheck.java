package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges an allocation that is to be made for what it is by itself: the right number of the right
 * devices, seen from the node, written down as the rules say. Whether the devices are free is for
 * {@link AvailabilityCheck}.
 */
final class PlannedClaimCheck {

  private static final Comparator<ChosenDevice> RESULT_ORDER =
      Comparator.comparingInt((ChosenDevice each) -> each.leaf().requestIndex())
          .thenComparing(each -> each.given().pool(), PublishedPools.OFFERED)
          .thenComparingInt(each -> each.given().published().position());

  private final ClusterIndex cluster;
  private final Claim claim;
  private final Allocation allocation;
  private final Findings findings;
  private final @Nullable Node node;

  PlannedClaimCheck(ClusterIndex cluster, Claim claim, Allocation allocation, Findings findings) {
    this.cluster = cluster;
    this.allocation = allocation;
    this.findings = findings;
    this.node = allocation.node().map(cluster::node).orElse(null);
    this.claim = node == null ? claim : claim.on(node);
  }

  /** Runs the check and returns the devices that can be used on the node, in result order. */
  ImmutableList<GivenDevice> run() {
    if (!allocation.claim().equals(claim.id())) {
      findings.violation("R173", "is to get the allocation of claim " + allocation.claim());
    }
    requireSize();
    requireFeatures();
    requireAdminNamespace();
    requireNode();
    RequestCheck requests = new RequestCheck(claim, allocation, findings);
    requests.run(cluster, node);
    requests.requireSoundAlternatives(cluster, node);
    ImmutableList<GivenDevice> given = given();
    ImmutableList<ChosenDevice> chosen = requests.chosen(given);
    SuitabilityCheck suitability = new SuitabilityCheck(cluster, findings);
    given.forEach(suitability::run);
    given.forEach(this::requireGroups);
    chosen.forEach(suitability::run);
    ConstraintCheck constraints = new ConstraintCheck(cluster, chosen, findings);
    for (DeviceConstraint constraint : claim.constraints()) {
      constraints.run(constraint);
    }
    requireOrder(chosen);
    new ExpectedConfigs(claim, requests.answered(), cluster).require(allocation, findings);
    if (given.size() == allocation.devices().size()) {
      ExpectedNodeSelector.of(given, allocation.node())
          .require(allocation.nodeSelector(), findings);
    }
    return given;
  }

  private void requireSize() {
    int size = allocation.devices().size();
    if (size > Claim.MAX_DEVICES) {
      findings.violation(
          "R204", "has %d devices; %d are allowed".formatted(size, Claim.MAX_DEVICES));
    }
  }

  private void requireFeatures() {
    claim
        .offFeatures()
        .forEach(off -> findings.violation(off.rule(), "uses what is off: " + off.message()));
  }

  private void requireAdminNamespace() {
    boolean asks = false;
    for (Request request : claim.requests()) {
      for (DeviceRequest alternative : request.alternatives()) {
        asks |= alternative.adminAccess();
      }
    }
    if (asks && !cluster.isAdminNamespace(claim.id().namespace())) {
      findings.violation(
          "R81", "asks for administrative access, which its namespace is not allowed");
    }
  }

  private void requireNode() {
    if (allocation.node().isPresent() && node == null) {
      findings.violation("R194", "is for node " + allocation.node().get() + ", which is not there");
    }
    if (allocation.node().isEmpty() && !allocation.devices().isEmpty()) {
      findings.violation("R194", "is for no node");
    }
  }

  private ImmutableList<GivenDevice> given() {
    if (node == null) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<GivenDevice> given = ImmutableList.builder();
    for (DeviceAllocation result : allocation.devices()) {
      find(result, node).ifPresent(given::add);
    }
    return given.build();
  }

  /** Returns the device if the node sees it and its pool can be used there (R3 to R20). */
  private Optional<GivenDevice> find(DeviceAllocation result, Node node) {
    DeviceId id = result.device();
    PoolView pool = cluster.pools().seenFrom(node, id.poolId()).orElse(null);
    Published published = pool == null ? null : pool.devices().find(id.device());
    if (pool == null || published == null || !PoolView.isVisible(published, node)) {
      findings.violation("R5", id, "is not there for node " + node.name());
      return Optional.empty();
    }
    if (pool.refusal().isPresent()) {
      findings.drift(id, pool.refusal().get());
      return Optional.empty();
    }
    return Optional.of(new GivenDevice(result, pool, published));
  }

  /** Later allocations go by the groups that the result records (R123). */
  private void requireGroups(GivenDevice given) {
    if (!given.result().compatibilityGroups().equals(given.compatibilityGroups())) {
      findings.violation(
          "R123",
          given.id(),
          "records compatibility groups "
              + given.result().compatibilityGroups()
              + " where the device lists "
              + given.compatibilityGroups());
    }
  }

  /** Requires request order, inside a request the order in which devices are offered (R171). */
  private void requireOrder(List<ChosenDevice> chosen) {
    for (int i = 1; i < chosen.size(); i++) {
      if (RESULT_ORDER.compare(chosen.get(i - 1), chosen.get(i)) > 0) {
        findings.violation("R171", chosen.get(i).id(), "is out of order in the result");
        return;
      }
    }
  }
}
