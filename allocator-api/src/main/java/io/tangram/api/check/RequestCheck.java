package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.check.ClusterIndex.AllSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode.All;
import io.tangram.api.claim.AllocationMode.ExactCount;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Each request of a claim is answered by one of its alternatives (R79), in full: with exactly as
 * many different devices as it asks for (R62, R63), or with all there are (R65 to R67). Each result
 * repeats what its request says (R89, R151).
 */
final class RequestCheck {

  private final Claim claim;
  private final Allocation allocation;
  private final Findings findings;
  private final ImmutableMap<String, LeafRequest> leaves;
  private final List<List<DeviceAllocation>> byRequest = new ArrayList<>();
  private final Map<String, AllSet> sets = new HashMap<>();

  RequestCheck(Claim claim, Allocation allocation, Findings findings) {
    this.claim = claim;
    this.allocation = allocation;
    this.findings = findings;
    this.leaves = LeafRequest.byResultName(claim);
    for (int i = 0; i < claim.requests().size(); i++) {
      byRequest.add(new ArrayList<>());
    }
    for (DeviceAllocation result : allocation.devices()) {
      LeafRequest leaf = leaves.get(result.request());
      if (leaf != null) {
        byRequest.get(leaf.requestIndex()).add(result);
      }
    }
  }

  /** Returns the devices beside their requests; those that are given to no request are left out. */
  ImmutableList<ChosenDevice> chosen(List<GivenDevice> devices) {
    ImmutableList.Builder<ChosenDevice> chosen = ImmutableList.builder();
    for (GivenDevice given : devices) {
      LeafRequest leaf = leaves.get(given.result().request());
      if (leaf != null) {
        chosen.add(new ChosenDevice(given, leaf));
      }
    }
    return chosen.build();
  }

  /** Returns the leaf requests that are answered, the first for each request, in request order. */
  ImmutableList<LeafRequest> answered() {
    ImmutableList.Builder<LeafRequest> answered = ImmutableList.builder();
    for (List<DeviceAllocation> results : byRequest) {
      LeafRequest leaf = leafOf(results);
      if (leaf != null) {
        answered.add(leaf);
      }
    }
    return answered.build();
  }

  private @Nullable LeafRequest leafOf(List<DeviceAllocation> results) {
    return results.isEmpty() ? null : leaves.get(results.get(0).request());
  }

  /**
   * Runs the check.
   *
   * @param cluster where mode All finds its devices
   * @param node the node of the allocation, or null if it is not known and mode All can't be judged
   */
  void run(ClusterIndex cluster, @Nullable Node node) {
    for (DeviceAllocation result : allocation.devices()) {
      requireCopies(result);
    }
    for (int i = 0; i < claim.requests().size(); i++) {
      List<DeviceAllocation> results = byRequest.get(i);
      LeafRequest leaf = leafOf(results);
      if (leaf == null) {
        findings.violation("R62", "request " + claim.requests().get(i).name() + " has no device");
        continue;
      }
      requireOneAlternative(leaf, results);
      requireDifferentDevices(leaf, results);
      if (leaf.wanted().mode() instanceof ExactCount exact) {
        requireCount(leaf, exact, results);
      } else if (node != null) {
        requireAll(leaf, all(leaf, cluster, node), results);
      }
    }
  }

  /**
   * Requires what is required of all alternatives, chosen or not (R76): their classes exist, their
   * selectors compile, and nothing keeps a set for mode All from being told (R69).
   */
  void requireSoundAlternatives(ClusterIndex cluster, @Nullable Node node) {
    for (LeafRequest leaf : leaves.values()) {
      Optional<Refusal> refusal = cluster.defect(leaf.wanted());
      if (refusal.isEmpty() && node != null && leaf.wanted().mode() instanceof All) {
        refusal = all(leaf, cluster, node).refusal();
      }
      refusal.ifPresent(
          found ->
              findings.drift(
                  found.rule(), "request " + leaf.resultName() + ": " + found.message()));
    }
  }

  private AllSet all(LeafRequest leaf, ClusterIndex cluster, Node node) {
    return sets.computeIfAbsent(leaf.resultName(), name -> cluster.allOf(leaf.wanted(), node));
  }

  private void requireCopies(DeviceAllocation result) {
    LeafRequest leaf = leaves.get(result.request());
    if (leaf == null) {
      findings.violation(
          "R79", result.device(), "is given to request " + result.request() + ", unknown");
      return;
    }
    if (result.adminAccess() != leaf.wanted().adminAccess()) {
      findings.violation(
          "R89",
          result.device(),
          leaf.wanted().adminAccess()
              ? "is not marked as taken for administration"
              : "is marked as taken for administration, but is not");
    }
    if (!result.tolerations().equals(leaf.wanted().tolerations())) {
      findings.violation(
          "R151",
          result.device(),
          "does not carry the tolerations of request " + leaf.resultName());
    }
  }

  private void requireOneAlternative(LeafRequest leaf, List<DeviceAllocation> results) {
    for (DeviceAllocation result : results) {
      if (!result.request().equals(leaf.resultName())) {
        findings.violation(
            "R79",
            "one request is answered as %s and as %s"
                .formatted(leaf.resultName(), result.request()));
        return;
      }
    }
  }

  private void requireDifferentDevices(LeafRequest leaf, List<DeviceAllocation> results) {
    Set<DeviceId> seen = new HashSet<>();
    for (DeviceAllocation result : results) {
      if (!seen.add(result.device())) {
        findings.violation(
            "R63", result.device(), "is given twice to request " + leaf.resultName());
      }
    }
  }

  private void requireCount(LeafRequest leaf, ExactCount exact, List<DeviceAllocation> results) {
    if (results.size() != exact.count()) {
      findings.violation(
          "R62",
          "request %s asks for %d devices and has %d"
              .formatted(leaf.resultName(), exact.count(), results.size()));
    }
  }

  private void requireAll(LeafRequest leaf, AllSet all, List<DeviceAllocation> results) {
    if (all.refusal().isPresent()) {
      return; // what the set is can't be told
    }
    String request = "request " + leaf.resultName();
    ImmutableSet<DeviceId> given =
        results.stream().map(DeviceAllocation::device).collect(ImmutableSet.toImmutableSet());
    for (DeviceId id : all.required()) {
      if (!given.contains(id)) {
        findings.drift("R67", id, "is missing from " + request + ", which is for all devices");
      }
    }
    for (DeviceId id : given) {
      if (!all.required().contains(id) && !all.allowed().contains(id)) {
        findings.drift("R65", id, "is not one of the devices that " + request + " is for");
      }
    }
  }
}
