package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.DeviceTaint;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import java.util.Comparator;
import java.util.List;

/** What a result says beside naming the device (section 11.1 of the rules), and taints. */
final class ResultShapeCheck {

  private static final Comparator<ChosenDevice> RESULT_ORDER =
      Comparator.comparingInt((ChosenDevice each) -> each.leaf().requestIndex())
          .thenComparing(ChosenDevice::pool, PublishedPools.OFFERED)
          .thenComparingInt(each -> each.published().position());

  private final Findings findings;

  ResultShapeCheck(Findings findings) {
    this.findings = findings;
  }

  /** Requires what the request says, which never changes once the claim is made (R60). */
  void requireCopiesOfRequest(DeviceAllocation result, LeafRequest leaf) {
    if (result.adminAccess() != leaf.wanted().adminAccess()) {
      findings.violation(
          "R89",
          result.device(),
          "has administrative access %s where request %s says %s"
              .formatted(result.adminAccess(), leaf.resultName(), leaf.wanted().adminAccess()));
    }
    if (!result.tolerations().equals(leaf.wanted().tolerations())) {
      findings.violation(
          "R151", result.device(), "does not carry the tolerations of " + leaf.resultName());
    }
  }

  /** Requires what the device says today. */
  void requireCopiesOfDevice(ChosenDevice chosen) {
    DeviceAllocation result = chosen.result();
    if (!result.bindingConditions().equals(chosen.device().bindingConditions())
        || !result.bindingFailureConditions().equals(chosen.device().bindingFailureConditions())) {
      findings.drift("R162", chosen.id(), "does not carry the device's binding conditions");
    }
    if (result.shareId().isPresent() != chosen.isShared()) {
      findings.drift(
          "R136",
          chosen.id(),
          chosen.isShared() ? "is shared but has no share ID" : "is dedicated but has a share ID");
    }
  }

  /** Requires the consumed capacity: of a shared device all amounts, of a dedicated none. */
  void requireConsumed(ChosenDevice chosen, CapacityDemand demand) {
    ImmutableMap<QualifiedName, Quantity> expected =
        chosen.isShared() ? demand.amounts() : ImmutableMap.of();
    if (!chosen.result().consumedCapacity().equals(expected)) {
      findings.drift(
          "R137",
          chosen.id(),
          "consumes %s where %s is due".formatted(chosen.result().consumedCapacity(), expected));
    }
  }

  /** Requires that the request tolerates each taint that blocks allocation (R146 to R149). */
  void requireTolerated(ChosenDevice chosen) {
    ImmutableList<Toleration> tolerations = chosen.wanted().tolerations();
    for (DeviceTaint taint : chosen.device().taints()) {
      if (taint.blocksAllocation()
          && tolerations.stream().noneMatch(toleration -> toleration.tolerates(taint))) {
        findings.drift("R147", chosen.id(), "has taint " + taint + ", which is not tolerated");
      }
    }
  }

  /** Requires request order, inside a request the order in which devices are offered (R171). */
  void requireOrder(List<ChosenDevice> chosen) {
    for (int i = 1; i < chosen.size(); i++) {
      if (RESULT_ORDER.compare(chosen.get(i - 1), chosen.get(i)) > 0) {
        findings.violation("R171", chosen.get(i).id(), "is out of order in the result");
        return;
      }
    }
  }
}
