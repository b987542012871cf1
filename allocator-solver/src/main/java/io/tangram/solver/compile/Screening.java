package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.math.LongMath;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.plan.Reason;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the claims that can't be allocated whatever the cluster looks like: a feature that is off,
 * a missing class (R39), a selector that doesn't compile (R54), too many devices (R203),
 * administrative access where it isn't allowed (R81), constraints nobody knows. Of one that stands
 * for extended resources each form that it has on some node (R216) has to be hopeless.
 */
public final class Screening {

  private final AllocationProblem problem;
  private final Map<String, DeviceClass> classes = new HashMap<>();
  private final HeldTaints heldTaints;

  Screening(AllocationProblem problem) {
    this.problem = problem;
    problem.deviceClasses().forEach(each -> classes.put(each.name(), each));
    heldTaints = HeldTaints.of(problem);
  }

  /** Why the workload can't be placed, whatever its claims are. */
  Optional<Reason> reason(Workload workload) {
    if (!workload.unsupported().isEmpty()) {
      return Optional.of(
          new Reason.UnsupportedConstraint(String.join(", ", workload.unsupported())));
    }
    return heldTaints.reason(workload);
  }

  /**
   * Why claims that go together can't be allocated, for each of them; empty if nothing speaks
   * against it.
   */
  ImmutableMap<ClaimId, Reason> reasons(ImmutableList<Claim> claims, Optional<Reason> ofWorkload) {
    Map<ClaimId, Reason> own = new LinkedHashMap<>();
    for (Claim claim : claims) {
      ofWorkload.or(() -> reason(claim)).ifPresent(reason -> own.put(claim.id(), reason));
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

  private Optional<Reason> reason(Claim claim) {
    Optional<Reason> reason = reasonEverywhere(claim);
    return claim.extendedResources().isEmpty()
        ? reason
        : reason.filter(
            each ->
                problem.nodes().stream()
                    .map(claim::on)
                    .distinct()
                    .allMatch(form -> reasonEverywhere(form).isPresent()));
  }

  private Optional<Reason> reasonEverywhere(Claim claim) {
    return featureOff(claim)
        .or(() -> missingClass(claim))
        .or(() -> brokenExpression(claim))
        .or(() -> unknownConstraint(claim))
        .or(() -> forbiddenAdmin(claim))
        .or(() -> tooManyDevices(claim));
  }

  private static Optional<Reason> featureOff(Claim claim) {
    return claim.offFeatures().isEmpty()
        ? Optional.empty()
        : Optional.of(new Reason.FeatureOff(claim.offFeatures().get(0)));
  }

  private Optional<Reason> missingClass(Claim claim) {
    for (Request request : claim.requests()) {
      for (DeviceRequest leaf : request.alternatives()) {
        if (!classes.containsKey(leaf.deviceClass())) {
          String name = RequestNames.of(claim, request, leaf);
          return Optional.of(new Reason.ClassMissing(name, leaf.deviceClass()));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Reason> brokenExpression(Claim claim) {
    for (Request request : claim.requests()) {
      for (DeviceRequest leaf : request.alternatives()) {
        Optional<Matching.Failure> defect = defect(leaf);
        if (defect.isPresent()) {
          return Optional.of(defect.get().reason(RequestNames.of(claim, request, leaf)));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Matching.Failure> defect(DeviceRequest request) {
    DeviceClass deviceClass = classes.get(request.deviceClass());
    return defect(deviceClass == null ? ImmutableList.of() : deviceClass.selectors())
        .or(() -> defect(request.selectors()))
        .or(() -> defect(request.derivedAttributes()));
  }

  private static Optional<Matching.Failure> defect(ImmutableList<DeviceSelector> selectors) {
    for (DeviceSelector selector : selectors) {
      Optional<String> defect = selector.defect();
      if (defect.isPresent()) {
        return Optional.of(Matching.Failure.of(selector, defect.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Matching.Failure> defect(
      ImmutableMap<QualifiedName, DerivedAttribute> attributes) {
    for (Map.Entry<QualifiedName, DerivedAttribute> each : attributes.entrySet()) {
      Optional<String> defect = each.getValue().defect();
      if (defect.isPresent()) {
        return Optional.of(Matching.Failure.of(each.getKey(), each.getValue(), defect.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<Reason> unknownConstraint(Claim claim) {
    for (DeviceConstraint constraint : claim.constraints()) {
      if (constraint instanceof DeviceConstraint.Unknown) {
        return Optional.of(new Reason.UnsupportedConstraint("a constraint of unknown kind (R95)"));
      }
    }
    return Optional.empty();
  }

  private Optional<Reason> forbiddenAdmin(Claim claim) {
    boolean admin = false;
    for (Request request : claim.requests()) {
      for (DeviceRequest leaf : request.alternatives()) {
        admin |= leaf.adminAccess();
      }
    }
    return admin && !problem.adminNamespaces().contains(claim.id().namespace())
        ? Optional.of(new Reason.AdminAccessDenied(claim.id().namespace()))
        : Optional.empty();
  }

  /**
   * R203, R222: at least the cheapest alternative of each request; a set of mode All has at least
   * one.
   */
  private static Optional<Reason> tooManyDevices(Claim claim) {
    long least = 0;
    for (Request request : claim.requests()) {
      long cheapest = Long.MAX_VALUE;
      for (DeviceRequest leaf : request.alternatives()) {
        cheapest = Math.min(cheapest, least(leaf));
      }
      least = LongMath.saturatedAdd(least, cheapest);
    }
    if (least <= Claim.MAX_DEVICES) {
      return Optional.empty();
    }
    return Optional.of(
        claim.extendedResources().isEmpty()
            ? new Reason.LimitExceeded(least, Claim.MAX_DEVICES)
            : new Reason.ExtendedLimitExceeded(
                ImmutableSet.copyOf(claim.extendedResources().values()).asList(),
                least,
                Claim.MAX_DEVICES));
  }

  private static long least(DeviceRequest request) {
    return request.mode() instanceof AllocationMode.ExactCount exact ? exact.count() : 1;
  }
}
