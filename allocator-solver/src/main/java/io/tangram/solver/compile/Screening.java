package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.plan.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the claims that can't be allocated whatever the cluster looks like: a missing class (R39),
 * a selector that doesn't compile (R54), too many devices (R203), administrative access where it
 * isn't allowed (R81), constraints nobody knows.
 */
public final class Screening {

  private final AllocationProblem problem;
  private final Map<String, DeviceClass> classes = new HashMap<>();
  private final Map<ClaimId, WorkloadId> sharedBy = new HashMap<>();
  private final Set<ClaimId> shared = new HashSet<>();
  private final Map<WorkloadId, String> groups = new HashMap<>();

  Screening(AllocationProblem problem) {
    this.problem = problem;
    problem.deviceClasses().forEach(each -> classes.put(each.name(), each));
    for (Workload workload : problem.workloads()) {
      for (ClaimId claim : workload.claims()) {
        WorkloadId other = sharedBy.putIfAbsent(claim, workload.id());
        if (other != null && !other.equals(workload.id())) {
          shared.add(claim);
        }
      }
    }
    for (WorkloadGroup group : problem.groups()) {
      group.members().forEach(member -> groups.put(member, group.name()));
    }
  }

  /**
   * Why the unit can't be allocated, for each of its claims; empty if nothing speaks against it.
   */
  ImmutableMap<ClaimId, Reason> reasons(ImmutableList<Claim> claims, Optional<Workload> workload) {
    Map<ClaimId, Reason> own = new LinkedHashMap<>();
    for (Claim claim : claims) {
      reason(claim, workload).ifPresent(reason -> own.put(claim.id(), reason));
    }
    if (own.isEmpty()) {
      return ImmutableMap.of();
    }
    Map.Entry<ClaimId, Reason> first = own.entrySet().iterator().next();
    ImmutableMap.Builder<ClaimId, Reason> all = ImmutableMap.builder();
    for (Claim claim : claims) {
      Reason reason = own.get(claim.id());
      all.put(
          claim.id(),
          reason == null
              ? new Reason.PartnerUnallocated(first.getKey(), first.getValue())
              : reason);
    }
    return all.buildOrThrow();
  }

  private Optional<Reason> reason(Claim claim, Optional<Workload> workload) {
    return Stream.<Optional<Reason>>of(
            unsupported(claim, workload),
            missingClass(claim),
            brokenSelector(claim),
            unknownConstraint(claim),
            forbiddenAdmin(claim),
            tooManyDevices(claim))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Reason> unsupported(Claim claim, Optional<Workload> workload) {
    if (workload.isPresent() && groups.containsKey(workload.get().id())) {
      return Optional.of(
          new Reason.UnsupportedConstraint(
              "group " + groups.get(workload.get().id()) + " of workloads"));
    }
    return shared.contains(claim.id())
        ? Optional.of(
            new Reason.UnsupportedConstraint("a pending claim that several workloads share"))
        : Optional.empty();
  }

  private Optional<Reason> missingClass(Claim claim) {
    return leaves(claim)
        .filter(leaf -> !classes.containsKey(leaf.request().deviceClass()))
        .<Reason>map(leaf -> new Reason.ClassMissing(leaf.name(), leaf.request().deviceClass()))
        .findFirst();
  }

  private Optional<Reason> brokenSelector(Claim claim) {
    return leaves(claim)
        .flatMap(
            leaf ->
                selectors(leaf.request())
                    .filter(selector -> selector.defect().isPresent())
                    .<Reason>map(
                        selector ->
                            new Reason.SelectorFailed(
                                leaf.name(),
                                selector.expression(),
                                selector.defect().orElseThrow())))
        .findFirst();
  }

  private Stream<DeviceSelector> selectors(DeviceRequest request) {
    DeviceClass deviceClass = classes.get(request.deviceClass());
    return Stream.concat(
        deviceClass == null ? Stream.empty() : deviceClass.selectors().stream(),
        request.selectors().stream());
  }

  private static Optional<Reason> unknownConstraint(Claim claim) {
    return claim.constraints().stream().anyMatch(c -> c instanceof DeviceConstraint.Unknown)
        ? Optional.of(new Reason.UnsupportedConstraint("a constraint of unknown kind (R95)"))
        : Optional.empty();
  }

  private Optional<Reason> forbiddenAdmin(Claim claim) {
    boolean admin = leaves(claim).anyMatch(leaf -> leaf.request().adminAccess());
    return admin && !problem.adminNamespaces().contains(claim.id().namespace())
        ? Optional.of(new Reason.AdminAccessDenied(claim.id().namespace()))
        : Optional.empty();
  }

  /**
   * R203: at least the cheapest alternative of each request; a set of mode All has at least one.
   */
  private static Optional<Reason> tooManyDevices(Claim claim) {
    long least = 0;
    for (Request request : claim.requests()) {
      long cheapest =
          request.alternatives().stream().mapToLong(Screening::least).min().orElseThrow();
      least = Math.min(Integer.MAX_VALUE, least + Math.min(cheapest, Integer.MAX_VALUE));
    }
    return least > Claim.MAX_DEVICES
        ? Optional.of(new Reason.LimitExceeded(least, Claim.MAX_DEVICES))
        : Optional.empty();
  }

  private static long least(DeviceRequest request) {
    return request.mode() instanceof AllocationMode.ExactCount exact ? exact.count() : 1;
  }

  private record NamedLeaf(String name, DeviceRequest request) {}

  private static Stream<NamedLeaf> leaves(Claim claim) {
    return claim.requests().stream()
        .flatMap(
            request ->
                request.alternatives().stream()
                    .map(leaf -> new NamedLeaf(request.resultName(leaf), leaf)));
  }
}
