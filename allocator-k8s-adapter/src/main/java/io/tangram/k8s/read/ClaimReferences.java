package io.tangram.k8s.read;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadId;
import java.util.Map;
import java.util.Optional;

/** Finds the claims that entries of pods mean (R225). */
final class ClaimReferences {

  private final Map<ClaimId, ClaimObject> claims;
  private final Map<ClaimId, ClaimTemplate> templates;

  /** The claims that pods control, by the namespace and name of the pod. */
  private final ImmutableListMultimap<WorkloadId, ClaimObject> controlled;

  /** What an entry means. */
  sealed interface Reference {}

  /** A claim that is there. */
  record Existing(ClaimObject claim) implements Reference {}

  /** A claim that is generated from the template. */
  record ToGenerate(String entry, ClaimTemplate template) implements Reference {}

  /** No claim, on purpose. */
  record None() implements Reference {}

  /** A claim that the pod can't use, or that is not there; the text says why. */
  record Unusable(String why) implements Reference {}

  /**
   * Starts from what there is.
   *
   * @param claims the claims of the input
   * @param templates the templates of the input, each as if its name were that of a claim
   */
  ClaimReferences(Map<ClaimId, ClaimObject> claims, Map<ClaimId, ClaimTemplate> templates) {
    this.claims = claims;
    this.templates = templates;
    ImmutableListMultimap.Builder<WorkloadId, ClaimObject> byOwner =
        ImmutableListMultimap.builder();
    for (ClaimObject claim : claims.values()) {
      claim
          .standing()
          .owner()
          .ifPresent(
              owner -> byOwner.put(new WorkloadId(claim.id().namespace(), owner.pod()), claim));
    }
    controlled = byOwner.build();
  }

  /** Returns what each entry of the pod means, in order. */
  ImmutableList<Reference> of(Pod pod) {
    return pod.claims().stream()
        .map(entry -> of(pod, entry))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns what the status of a bound pod means that names a claim for extended resources. */
  Optional<Reference> extended(Pod pod) {
    return pod.extendedClaim().map(name -> existing(new ClaimId(pod.id().namespace(), name)));
  }

  /** Returns the claim that an earlier attempt at extended resources of the pod left (R221). */
  Optional<ClaimObject> leftover(Pod pod) {
    return controlled.get(pod.id()).stream()
        .filter(ClaimObject::isExtended)
        .filter(claim -> claim.isControlledBy(pod.id().name(), pod.uid()))
        .findFirst();
  }

  private Reference of(Pod pod, PodClaim entry) {
    String namespace = pod.id().namespace();
    if (entry.claim().isPresent()) {
      return existing(new ClaimId(namespace, entry.claim().get()));
    }
    if (entry.template().isEmpty()) {
      return new None();
    }
    if (entry.status().isPresent()) {
      return entry.status().get().generated().isEmpty()
          ? new None()
          : generated(new ClaimId(namespace, entry.status().get().generated().get()), pod);
    }
    Optional<ClaimObject> unnamed = withoutStatus(pod, entry);
    return unnamed.isPresent()
        ? existing(unnamed.get().id())
        : toGenerate(pod, entry, new ClaimId(namespace, entry.template().get()));
  }

  private Reference existing(ClaimId id) {
    ClaimObject claim = claims.get(id);
    if (claim == null) {
      return new Unusable("claim " + id + ", which it names, is not there (R225)");
    }
    return claim.standing().beingDeleted()
        ? new Unusable("claim " + id + ", which it names, is being deleted (R193)")
        : new Existing(claim);
  }

  private Reference generated(ClaimId id, Pod pod) {
    ClaimObject claim = claims.get(id);
    return claim != null && !claim.isControlledBy(pod.id().name(), pod.uid())
        ? new Unusable("claim " + id + ", which its status names, was not generated for it (R225)")
        : existing(id);
  }

  /** Returns the claim that was generated before the status of the pod could tell of it. */
  private Optional<ClaimObject> withoutStatus(Pod pod, PodClaim entry) {
    return controlled.get(pod.id()).stream()
        .filter(claim -> claim.standing().entry().equals(entry.name()))
        .filter(claim -> claim.isControlledBy(pod.id().name(), pod.uid()))
        .findFirst();
  }

  private Reference toGenerate(Pod pod, PodClaim entry, ClaimId templateId) {
    ClaimTemplate template = templates.get(templateId);
    if (template == null) {
      return new Unusable("claim template " + templateId + ", which it names, is not there (R226)");
    }
    String base = GeneratedName.base(pod.id().name(), entry.name());
    return NameSyntax.SUBDOMAIN.accepts(base + "x")
        ? new ToGenerate(entry.name(), template)
        : new Unusable(
            "the claim of its entry "
                + entry.name()
                + " would get a name that begins with "
                + base
                + ", which is no name (R226)");
  }
}
