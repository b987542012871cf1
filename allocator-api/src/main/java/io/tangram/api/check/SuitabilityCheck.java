package io.tangram.api.check;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;

/**
 * A device suits the request it is given to, in use or not: class and selectors admit it (R57), its
 * capacities are large enough and their policies allow what is asked for (R127 to R135), its taints
 * are tolerated (R147), no barrier keeps it from all claims. A result says what it takes of a
 * shared device (R137), under an ID (R136).
 */
final class SuitabilityCheck {

  private final ClusterIndex cluster;
  private final Findings findings;

  SuitabilityCheck(ClusterIndex cluster, Findings findings) {
    this.cluster = cluster;
    this.findings = findings;
  }

  /** Judges a device for what its result says, whatever the claim asked for. */
  void run(GivenDevice given) {
    requireTolerated(given);
    given
        .device()
        .barrier()
        .ifPresent(
            barrier ->
                findings.drift(
                    barrier.feature().rule(),
                    given.id(),
                    "is never given: " + barrier.feature().message()));
    if (!given.result().bindingConditions().equals(given.device().bindingConditions())
        || !given
            .result()
            .bindingFailureConditions()
            .equals(given.device().bindingFailureConditions())) {
      findings.drift("R162", given.id(), "does not carry the device's binding conditions");
    }
    if (!given
        .result()
        .skipNodeOperations()
        .equals(given.published().slice().skipNodeOperations())) {
      findings.drift(
          "section 11.1", given.id(), "does not say which node operations its slice skips");
    }
    if (given.result().shareId().isPresent() != given.isShared()) {
      findings.drift(
          "R136",
          given.id(),
          given.isShared()
              ? "is a shared device, but given without a share ID"
              : "is a dedicated device, but given under a share ID");
    }
  }

  private void requireTolerated(GivenDevice given) {
    for (Taint taint : given.device().taints()) {
      boolean tolerated =
          given.result().tolerations().stream().anyMatch(each -> each.tolerates(taint));
      if (taint.blocksAllocation() && !tolerated) {
        findings.drift("R147", given.id(), "has taint " + taint + ", which is not tolerated");
      }
    }
  }

  /** Judges a device for what its request asks for. */
  void run(ChosenDevice chosen) {
    cluster
        .refusal(chosen.wanted(), chosen.id().driver(), chosen.device())
        .ifPresent(refusal -> findings.drift(chosen.id(), refusal));
    CapacityDemand demand = CapacityDemand.of(chosen.device(), chosen.wanted().capacityRequests());
    demand.refusal().ifPresent(refusal -> findings.drift(chosen.id(), refusal));
    ImmutableMap<QualifiedName, Quantity> due =
        chosen.given().isShared() ? demand.amounts() : ImmutableMap.of();
    ImmutableMap<QualifiedName, Quantity> consumed = chosen.given().result().consumedCapacity();
    if (!consumed.equals(due)) {
      findings.drift("R137", chosen.id(), "consumes %s where %s is due".formatted(consumed, due));
    }
  }
}
