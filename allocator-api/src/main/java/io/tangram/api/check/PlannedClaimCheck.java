package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.check.RequestCheck.Answer;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.device.Device;
import io.tangram.api.device.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges an allocation that is to be made for what it is by itself: the right number of the right
 * devices, seen from the node, written down as the rules say. Whether the devices are free is for
 * {@link AvailabilityCheck}.
 */
final class PlannedClaimCheck {

  private final ClusterIndex cluster;
  private final Claim claim;
  private final Allocation allocation;
  private final Findings findings;
  private final ResultShapeCheck shape;

  PlannedClaimCheck(ClusterIndex cluster, Claim claim, Allocation allocation, Findings findings) {
    this.cluster = cluster;
    this.claim = claim;
    this.allocation = allocation;
    this.findings = findings;
    this.shape = new ResultShapeCheck(findings);
  }

  /** Runs the check and returns the devices that could be told, in result order. */
  ImmutableList<ChosenDevice> run() {
    requireSize();
    Node node = node();
    ImmutableList<Answer> answers = answers();
    if (node == null) {
      return ImmutableList.of();
    }
    new RequestCheck(claim, answers, findings).run(cluster, node);
    ImmutableList<ChosenDevice> chosen = chosen(answers, node);
    chosen.forEach(this::requireSuitable);
    ConstraintCheck constraints = new ConstraintCheck(chosen, findings);
    for (DeviceConstraint constraint : claim.constraints()) {
      constraints.run(constraint);
    }
    if (!findings.any()) {
      shape.requireOrder(chosen);
      requireConfigs(answers);
      requireNodeSelector(chosen, node);
    }
    return chosen;
  }

  private void requireSize() {
    if (!allocation.claim().equals(claim.id())) {
      findings.violation("R173", "is given the allocation of claim " + allocation.claim());
    }
    if (allocation.devices().size() > Claim.MAX_DEVICES) {
      findings.violation(
          "R204",
          "has %d devices; %d are allowed"
              .formatted(allocation.devices().size(), Claim.MAX_DEVICES));
    }
  }

  /** Returns the node of the allocation, or null if there is none or the cluster lacks it. */
  private @Nullable Node node() {
    Node node = allocation.node().map(cluster::node).orElse(null);
    boolean nowhere = allocation.node().isEmpty() && allocation.devices().isEmpty();
    if (node == null && !(nowhere && claim.requests().isEmpty())) {
      findings.violation(
          "R194",
          allocation
              .node()
              .map(name -> "is allocated for node " + name + ", which is not there")
              .orElse("is allocated for no node"));
    }
    return node;
  }

  private ImmutableList<Answer> answers() {
    ImmutableMap<String, LeafRequest> leaves = LeafRequest.byResultName(claim);
    ImmutableList.Builder<Answer> answers = ImmutableList.builder();
    for (DeviceAllocation result : allocation.devices()) {
      LeafRequest leaf = leaves.get(result.request());
      if (leaf == null) {
        findings.violation(
            "R79", result.device(), "is given to request " + result.request() + ", unknown");
      } else {
        shape.requireCopiesOfRequest(result, leaf);
        answers.add(new Answer(result, leaf));
      }
    }
    return answers.build();
  }

  private ImmutableList<ChosenDevice> chosen(List<Answer> answers, Node node) {
    ImmutableList.Builder<ChosenDevice> chosen = ImmutableList.builder();
    for (Answer answer : answers) {
      ChosenDevice found = find(answer, node);
      if (found != null) {
        chosen.add(found);
      }
    }
    return chosen.build();
  }

  /** Returns the device if the node sees it and may use it (R3 to R20), else null. */
  private @Nullable ChosenDevice find(Answer answer, Node node) {
    DeviceAllocation result = answer.result();
    Optional<PoolView> pool = cluster.pools().seenFrom(node, result.device().poolId());
    Published published =
        pool.map(view -> view.devices().find(result.device().device())).orElse(null);
    if (pool.isEmpty() || published == null || !PoolView.isVisible(published, node)) {
      findings.violation("R5", result.device(), "is not to be seen from node " + node.name());
      return null;
    }
    if (pool.get().refusal().isPresent()) {
      findings.drift(result.device(), pool.get().refusal().get());
      return null;
    }
    return new ChosenDevice(result, answer.leaf(), pool.get(), published);
  }

  private void requireSuitable(ChosenDevice chosen) {
    Device device = chosen.device();
    cluster
        .refusal(chosen.wanted(), chosen.id().driver(), device)
        .ifPresent(refusal -> findings.drift(chosen.id(), refusal));
    CapacityDemand demand = CapacityDemand.of(device, chosen.wanted().capacityRequests());
    demand.refusal().ifPresent(refusal -> findings.drift(chosen.id(), refusal));
    shape.requireCopiesOfDevice(chosen);
    shape.requireConsumed(chosen, demand);
    shape.requireTolerated(chosen);
  }

  private void requireConfigs(List<Answer> answers) {
    List<LeafRequest> leaves = new ArrayList<>();
    for (Answer answer : answers) {
      if (leaves.isEmpty() || !leaves.get(leaves.size() - 1).equals(answer.leaf())) {
        leaves.add(answer.leaf());
      }
    }
    if (!allocation.configs().equals(new ExpectedConfigs(claim, leaves).all(cluster))) {
      findings.violation(
          "R175", "does not carry the configurations of its classes and of the claim, in order");
    }
  }

  private void requireNodeSelector(List<ChosenDevice> chosen, Node node) {
    ExpectedNodeSelector expected = ExpectedNodeSelector.of(chosen, node.name());
    if (expected.refusal().isPresent()) {
      findings.violation(expected.refusal().get().rule(), expected.refusal().get().message());
    } else if (!expected.selector().equals(allocation.nodeSelector())) {
      findings.violation(
          "R183",
          "is said to be usable on nodes %s where its devices say %s"
              .formatted(allocation.nodeSelector(), expected.selector()));
    }
  }
}
