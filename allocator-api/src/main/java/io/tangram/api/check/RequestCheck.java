package io.tangram.api.check;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Multimaps;
import io.tangram.api.check.ClusterIndex.AllSet;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.AllocationMode.ExactCount;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Each request of a claim is answered by one of its alternatives (R79), in full: with exactly as
 * many different devices as it asks for (R62, R63), or with all there are (R65 to R67).
 */
final class RequestCheck {

  private final Claim claim;
  private final ImmutableListMultimap<Integer, Answer> answers;
  private final Findings findings;

  /**
   * Prepares the check.
   *
   * @param answers the results whose request exists, whatever device they give
   */
  RequestCheck(Claim claim, List<Answer> answers, Findings findings) {
    this.claim = claim;
    this.answers = Multimaps.index(answers, answer -> answer.leaf().requestIndex());
    this.findings = findings;
  }

  /**
   * Runs the check.
   *
   * @param cluster where mode All finds its devices
   * @param node the node of the allocation, or null if it is not known
   */
  void run(ClusterIndex cluster, @Nullable Node node) {
    for (int i = 0; i < claim.requests().size(); i++) {
      List<Answer> own = answers.get(i);
      if (own.isEmpty()) {
        findings.violation("R62", "request " + claim.requests().get(i).name() + " has no device");
        continue;
      }
      LeafRequest leaf = own.get(0).leaf();
      requireOneAlternative(leaf, own);
      requireDifferentDevices(leaf, own);
      AllocationMode mode = leaf.wanted().mode();
      if (mode instanceof ExactCount exact) {
        requireCount(leaf, exact, own);
      } else if (node != null) {
        requireAll(leaf, cluster.allOf(leaf.wanted(), node), own);
      }
    }
  }

  private void requireOneAlternative(LeafRequest leaf, List<Answer> own) {
    own.stream()
        .filter(answer -> answer.leaf().alternativeIndex() != leaf.alternativeIndex())
        .findFirst()
        .ifPresent(
            other ->
                findings.violation(
                    "R79",
                    "request %s is answered by two alternatives, %s and %s"
                        .formatted(
                            leaf.request().name(),
                            leaf.wanted().name(),
                            other.leaf().wanted().name())));
  }

  private void requireDifferentDevices(LeafRequest leaf, List<Answer> own) {
    Set<DeviceId> seen = new HashSet<>();
    for (Answer answer : own) {
      DeviceId id = answer.result().device();
      if (!seen.add(id)) {
        findings.violation("R63", id, "is given twice to request " + leaf.resultName());
      }
    }
  }

  private void requireCount(LeafRequest leaf, ExactCount exact, List<Answer> own) {
    if (own.size() != exact.count()) {
      findings.violation(
          "R62",
          "request %s asks for %d devices and has %d"
              .formatted(leaf.resultName(), exact.count(), own.size()));
    }
  }

  private void requireAll(LeafRequest leaf, AllSet all, List<Answer> own) {
    if (all.refusal().isPresent()) {
      Refusal refusal = all.refusal().get();
      findings.drift(refusal.rule(), "request " + leaf.resultName() + ": " + refusal.message());
      return;
    }
    ImmutableSet<DeviceId> wanted = ImmutableSet.copyOf(all.devices());
    ImmutableSet<DeviceId> given =
        own.stream().map(each -> each.result().device()).collect(ImmutableSet.toImmutableSet());
    for (DeviceId id : wanted) {
      if (!given.contains(id)) {
        findings.drift("R67", id, "is missing from request " + leaf.resultName() + " for all");
      }
    }
    for (DeviceId id : given) {
      if (!wanted.contains(id)) {
        findings.drift("R65", id, "is not one of those request " + leaf.resultName() + " is for");
      }
    }
  }

  /** A result and the leaf request it answers. */
  record Answer(DeviceAllocation result, LeafRequest leaf) {}
}
