package io.tangram.k8s.read;

import com.google.common.collect.FluentIterable;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.tangram.api.claim.ClaimId;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the claims that entries of pods mean (R225). */
final class ClaimReferences {

  private final Map<ClaimId, ClaimObject> claims;
  private final Map<ClaimId, ClaimTemplate> templates;
  private final PodGroups groups;

  /** The claims that pods and groups of pods control, by their kind, namespace and name. */
  private final ImmutableListMultimap<ControllerId, ClaimObject> controlled;

  /** Those that nobody controls; others are named by nobody but the status of their pod. */
  private final MeantObjects meantClaims;

  private final MeantObjects meantTemplates;

  private record ControllerId(ClaimOwner.Kind kind, String namespace, String name) {}

  /** What an entry means. */
  sealed interface Reference {}

  /**
   * A claim that is there.
   *
   * @param group the group of pods that shares it, if one does
   */
  record Existing(ClaimObject claim, Optional<PodGroup> group) implements Reference {}

  /**
   * A claim that is generated from the template.
   *
   * @param group the group of pods that shares it, if one does
   */
  record ToGenerate(String entry, ClaimTemplate template, Optional<PodGroup> group)
      implements Reference {}

  /** No claim, on purpose. */
  record None() implements Reference {}

  /**
   * A claim that the pod can't use, or that is not there.
   *
   * @param rule the rule that keeps the pod from it
   * @param why why, as a sentence without the rule
   */
  record Unusable(String rule, String why) implements Reference {}

  /**
   * Starts from what there is.
   *
   * @param claims the claims of the input
   * @param templates the templates of the input, each as if its name were that of a claim
   * @param groups the groups of pods
   */
  ClaimReferences(
      Map<ClaimId, ClaimObject> claims, Map<ClaimId, ClaimTemplate> templates, PodGroups groups) {
    this.claims = claims;
    this.templates = templates;
    this.groups = groups;
    ImmutableListMultimap.Builder<ControllerId, ClaimObject> byOwner =
        ImmutableListMultimap.builder();
    for (ClaimObject claim : claims.values()) {
      claim
          .standing()
          .owner()
          .ifPresent(
              owner ->
                  byOwner.put(
                      new ControllerId(owner.kind(), claim.id().namespace(), owner.name()), claim));
    }
    controlled = byOwner.build();
    meantClaims =
        new MeantObjects(
            FluentIterable.from(claims.values())
                .filter(claim -> claim.standing().owner().isEmpty())
                .transform(ClaimObject::id));
    meantTemplates = new MeantObjects(templates.keySet());
  }

  /** Returns what each entry of the pod means, in order. */
  ImmutableList<Reference> of(Pod pod) {
    return pod.claims().stream()
        .map(entry -> of(pod, entry))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the claim for extended resources that the status of a bound pod names, if any. */
  Optional<Reference> extended(Pod pod) {
    return pod.extendedClaim()
        .map(name -> existing(new ClaimId(pod.id().namespace(), name), Optional.empty()));
  }

  /** Returns the claim that an earlier attempt at extended resources of the pod left (R221). */
  Optional<ClaimObject> leftover(Pod pod) {
    return controlledBy(Controller.of(pod)).filter(ClaimObject::isExtended).findFirst();
  }

  /** Whoever has the entry: a pod, or the group of pods that shares the claim (R229). */
  private record Controller(
      ClaimOwner.Kind kind, String namespace, String name, Optional<String> uid) {

    static Controller of(Pod pod) {
      return new Controller(ClaimOwner.Kind.POD, pod.id().namespace(), pod.id().name(), pod.uid());
    }

    static Controller of(PodGroup group) {
      return new Controller(
          ClaimOwner.Kind.POD_GROUP,
          group.id().namespace(),
          group.id().name(),
          Optional.of(group.uid()));
    }

    boolean controls(ClaimObject claim) {
      return claim.isControlledBy(kind, name, uid);
    }
  }

  private Reference of(Pod pod, PodClaim entry) {
    Optional<PodGroup> group = groups.sharing(pod, entry);
    Controller controller = group.map(Controller::of).orElseGet(() -> Controller.of(pod));
    String namespace = pod.id().namespace();
    if (entry.claim().isPresent()) {
      ClaimId id = new ClaimId(namespace, entry.claim().get());
      return claims.containsKey(id) ? existing(id, group) : missing(id);
    }
    if (entry.template().isEmpty()) {
      return new None();
    }
    Optional<PodClaim.Status> status =
        entry.status().or(() -> group.flatMap(each -> each.entry(entry)).flatMap(PodClaim::status));
    if (status.isPresent()) {
      return status.get().generated().isEmpty()
          ? new None()
          : generated(new ClaimId(namespace, status.get().generated().get()), controller, group);
    }
    Optional<ClaimObject> unnamed =
        controlledBy(controller)
            .filter(claim -> claim.standing().entry().equals(entry.name()))
            .findFirst();
    return unnamed.isPresent()
        ? existing(unnamed.get().id(), group)
        : toGenerate(controller, entry, new ClaimId(namespace, entry.template().get()), group);
  }

  private Stream<ClaimObject> controlledBy(Controller controller) {
    return controlled
        .get(new ControllerId(controller.kind(), controller.namespace(), controller.name()))
        .stream()
        .filter(controller::controls);
  }

  private Reference existing(ClaimId id, Optional<PodGroup> group) {
    ClaimObject claim = claims.get(id);
    if (claim == null) {
      return new Unusable("R225", "claim " + id + ", which it names, is not there");
    }
    return claim.standing().beingDeleted()
        ? new Unusable("R193", "claim " + id + ", which it names, is being deleted")
        : new Existing(claim, group);
  }

  private Reference missing(ClaimId id) {
    return new Unusable(
        "R225", "claim " + id + ", which it names, is not there" + meantClaims.instead(id));
  }

  private Reference generated(ClaimId id, Controller controller, Optional<PodGroup> group) {
    ClaimObject claim = claims.get(id);
    return claim != null && !controller.controls(claim)
        ? new Unusable(
            "R225",
            "claim "
                + id
                + ", which its status names, was not generated for "
                + (group.isPresent() ? "its group" : "it"))
        : existing(id, group);
  }

  private Reference toGenerate(
      Controller controller, PodClaim entry, ClaimId templateId, Optional<PodGroup> group) {
    ClaimTemplate template = templates.get(templateId);
    if (template == null) {
      return new Unusable(
          "R226",
          "claim template "
              + templateId
              + ", which it names, is not there"
              + meantTemplates.instead(templateId));
    }
    String base = GeneratedName.base(controller.name(), entry.name());
    return NameSyntax.SUBDOMAIN.accepts(base + "x")
        ? new ToGenerate(entry.name(), template, group)
        : new Unusable(
            "R226",
            "the claim of its entry "
                + entry.name()
                + " would get a name that begins with "
                + base
                + ", which is no name");
  }
}
