package io.tangram.k8s.read;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Collects the claims of one input. */
final class ClaimIntake {

  private static final JsonPointer ALLOCATION = JsonPointer.compile("/status/allocation");
  private static final ImmutableSet<String> KNOWN_STATUS =
      ImmutableSet.of("allocation", "reservedFor", "devices");

  private final ParseContext context;
  private final ObjectRegister register;
  private final ClaimSpecParser specs;
  private final AllocationParser allocations;

  private final Map<ClaimId, ClaimObject> objects = new LinkedHashMap<>();
  private final Map<ClaimId, Claim> pending = new LinkedHashMap<>();
  private final ImmutableMap.Builder<ClaimId, Claim> heldClaims = ImmutableMap.builder();
  private final ImmutableList.Builder<Allocation> held = ImmutableList.builder();

  ClaimIntake(ParseContext context, ObjectRegister register, ClaimSpecParser specs) {
    this.context = context;
    this.register = register;
    this.specs = specs;
    allocations = new AllocationParser(context);
  }

  void add(Metadata metadata, ObjectNode tree) {
    ObjectLabel label = metadata.object().label();
    ClaimId id = new ClaimId(label.namespace(), label.name());
    ClaimObject object =
        ClaimObject.of(id, metadata.uid(), ClaimObject.Standing.of(metadata), tree);
    ClaimObject earlier = objects.putIfAbsent(id, object);
    if (earlier != null) {
      if (!earlier.tree().equals(object.tree())) {
        throw isResultOf(earlier.tree(), object.tree())
            ? isThereWithItsResult(label)
            : ObjectRegister.twoOfOneName(metadata);
      }
      register.warnOfCopy(metadata);
      return;
    }
    Claim claim = claim(id, metadata);
    Field status = metadata.object().get("status");
    context.expectOnly(KNOWN_STATUS, status);
    Field allocation = status.get("allocation");
    if (allocation.isPresent()) {
      heldClaims.put(id, claim);
      held.add(allocations.parse(id, allocation));
    } else if (metadata.beingDeleted()) {
      warnOfDeletion(label);
    } else if (object.isExtended()) {
      warnOfLeftover(label);
    } else {
      pending.put(id, claim);
      if (metadata.uid().isEmpty()) {
        warnOfMissingUid(label);
      }
    }
  }

  private static boolean isResultOf(ObjectNode one, ObjectNode other) {
    return one.path("spec").equals(other.path("spec"))
        && one.at(ALLOCATION).isMissingNode() != other.at(ALLOCATION).isMissingNode();
  }

  private static InputException isThereWithItsResult(ObjectLabel label) {
    return new InputException(
        label
            + ": is in the input twice, once with an allocation. Leave one of them out; verify"
            + " takes what allocate wrote behind --result.");
  }

  private Claim claim(ClaimId id, Metadata metadata) {
    ClaimSpec spec =
        ClaimAnnotations.on(
            specs.parse(metadata.object().get("spec")),
            metadata.object().get("metadata").get("annotations"),
            context);
    return Claim.builder()
        .id(id)
        .createdAt(metadata.createdAt())
        .build()
        .withRequests(spec.requests())
        .withConstraints(spec.constraints())
        .withConfigs(spec.configs());
  }

  private void warnOfDeletion(ObjectLabel label) {
    context
        .planning()
        .count(
            "deletion",
            times ->
                times == 1
                    ? label + ": is being deleted, so nothing is allocated to it (R193)."
                    : times
                        + " claims are being deleted, such as "
                        + label.object()
                        + "; nothing is allocated to them (R193).");
  }

  private void warnOfLeftover(ObjectLabel label) {
    context
        .planning()
        .count(
            "leftover",
            times ->
                times == 1
                    ? label
                        + ": was made for extended resources of a pod and has no allocation;"
                        + " nothing is allocated to it (R221)."
                    : times
                        + " claims, such as "
                        + label.object()
                        + ", were made for extended resources of pods and have no allocation;"
                        + " nothing is allocated to them (R221).");
  }

  private void warnOfMissingUid(ObjectLabel label) {
    context
        .planning()
        .count(
            "uid",
            times ->
                times == 1
                    ? label + ": has no uid; if allocated, it gets one made from the seed."
                    : times
                        + " claims have no uid, such as "
                        + label.object()
                        + "; those allocated get one made from the seed.");
  }

  /** Every claim of the input, in input order. */
  Map<ClaimId, ClaimObject> objects() {
    return objects;
  }

  /** The claims that wait for devices, in input order. */
  Set<ClaimId> pending() {
    return pending.keySet();
  }

  /** The claims that wait for devices, but for some. */
  ImmutableList<Claim> pendingBut(Set<ClaimId> some) {
    return pending.values().stream()
        .filter(claim -> !some.contains(claim.id()))
        .collect(ImmutableList.toImmutableList());
  }

  /** What other claims hold. */
  ImmutableList<Allocation> held() {
    return held.build();
  }

  /** The claims that hold something. */
  ImmutableMap<ClaimId, Claim> heldClaims() {
    return heldClaims.buildOrThrow();
  }
}
