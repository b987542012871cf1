package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.ReasonCode;
import io.tangram.k8s.read.ClaimReferences.Existing;
import io.tangram.k8s.read.ClaimReferences.Reference;
import io.tangram.k8s.read.ClaimReferences.ToGenerate;
import io.tangram.k8s.read.ClaimReferences.Unusable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes workloads of pending pods: finds their claims, generates those that a template stands for,
 * and tells why a pod can't be a workload.
 */
final class WorkloadAssembly {

  private final ClaimReferences references;
  private final PriorityClasses priorities;
  private final ExtendedResources extendedResources;
  private final Neighbours neighbours;
  private final PodGroups groups;
  private final SeededUids uids;
  private final Set<ClaimId> names;
  private final ConsumingDevices consuming;
  private final Set<ClaimId> partsOfNodes;

  private final ImmutableList.Builder<Workload> workloads = ImmutableList.builder();
  private final ImmutableList.Builder<Claim> generated = ImmutableList.builder();
  private final ImmutableList.Builder<ClaimObject> generatedObjects = ImmutableList.builder();
  private final ImmutableMap.Builder<WorkloadId, PodObject> objects = ImmutableMap.builder();
  private final Map<OwnEntry, ClaimId> ofEntries = new HashMap<>();
  private final Map<WorkloadId, LeftOut> refused = new HashMap<>();
  private final ImmutableMap.Builder<WorkloadId, LeftOut> leftOut = ImmutableMap.builder();

  /** An entry of a pod, or of the group that shares it. */
  private record OwnEntry(String namespace, ClaimOwner owner, String entry) {}

  /** A pending pod with what its entries mean. */
  private record Candidate(
      Pod pod, int priority, ImmutableList<Reference> references, ExtendedClaim extended) {

    Candidate withPriority(int other) {
      return new Candidate(pod, other, references, extended);
    }

    /** The claims it names that are there. */
    List<ClaimObject> claims() {
      return references.stream()
          .filter(Existing.class::isInstance)
          .map(reference -> ((Existing) reference).claim())
          .toList();
    }

    /** The claims it names that are there, with the uid for which each is reserved (R187, R229). */
    Map<ClaimObject, String> consumers(PodObject object) {
      Map<ClaimObject, String> consumers = new LinkedHashMap<>();
      for (Reference reference : references) {
        if (reference instanceof Existing existing) {
          consumers.put(
              existing.claim(), existing.group().map(PodGroup::uid).orElseGet(object::uid));
        }
      }
      return consumers;
    }
  }

  /**
   * Prepares the assembly.
   *
   * @param names the names of claims that are taken
   * @param consuming the devices that take something of nodes (R239)
   * @param partsOfNodes the claims that hold parts of nodes, each for one pod (R238)
   */
  WorkloadAssembly(
      ClaimReferences references,
      PriorityClasses priorities,
      ExtendedResources extendedResources,
      Neighbours neighbours,
      PodGroups groups,
      SeededUids uids,
      Set<ClaimId> names,
      ConsumingDevices consuming,
      Set<ClaimId> partsOfNodes) {
    this.references = references;
    this.priorities = priorities;
    this.extendedResources = extendedResources;
    this.neighbours = neighbours;
    this.groups = groups;
    this.uids = uids;
    this.names = new HashSet<>(names);
    this.consuming = consuming;
    this.partsOfNodes = partsOfNodes;
  }

  /**
   * Makes workloads of the pods that use devices.
   *
   * @param pods pending pods, in input order
   */
  void run(List<Pod> pods) {
    List<Candidate> candidates = new ArrayList<>();
    for (Pod pod : pods) {
      groups
          .obstacle(pod)
          .or(() -> extendedResources.obstacle(pod))
          .ifPresent(why -> refused.put(pod.id(), why));
      candidates.add(
          new Candidate(pod, priority(pod), references.of(pod), extendedResources.of(pod)));
    }
    giveGroupsOnePriority(candidates);
    refuseUnusable(candidates);
    refuseWithLeftover(candidates);
    refuseWithPartOfAnother(candidates);
    refuseWithoutSeat(candidates);
    for (Candidate candidate : candidates) {
      LeftOut reason = refused.get(candidate.pod().id());
      if (reason == null) {
        place(candidate);
      } else {
        leftOut.put(candidate.pod().id(), reason);
      }
    }
  }

  /** Pods that are placed together have the highest of their priorities. */
  private void giveGroupsOnePriority(List<Candidate> candidates) {
    Map<WorkloadGroupId, Integer> highest = new HashMap<>();
    for (Candidate each : candidates) {
      if (groups.binds(each.pod())) {
        highest.merge(each.pod().group().orElseThrow(), each.priority(), Math::max);
      }
    }
    candidates.replaceAll(
        each -> each.withPriority(each.pod().group().map(highest::get).orElseGet(each::priority)));
  }

  /** A group that says its priority says that of its pods. */
  private int priority(Pod pod) {
    Optional<PodGroup> group =
        groups
            .of(pod)
            .filter(each -> each.priority().isPresent() || !each.priorityClass().isEmpty());
    Optional<Integer> own = group.isPresent() ? group.get().priority() : pod.priority();
    return own.orElseGet(
        () ->
            group.isPresent()
                ? priorities.of(group.get().priorityClass(), group.get().label())
                : priorities.of(pod.priorityClass(), pod.label()));
  }

  private void refuseUnusable(List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      candidate.references().stream()
          .filter(Unusable.class::isInstance)
          .map(reference -> (Unusable) reference)
          .findFirst()
          .ifPresent(
              unusable ->
                  refused.putIfAbsent(
                      candidate.pod().id(),
                      new LeftOut(
                          ReasonCode.UNSUPPORTED_CONSTRAINT,
                          unusable.why() + " (" + unusable.rule() + ")")));
    }
  }

  /** kube-scheduler deletes what an earlier attempt has left before it tries again (R221). */
  private void refuseWithLeftover(List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      if (!candidate.extended().requests().isEmpty()) {
        references
            .leftover(candidate.pod())
            .ifPresent(
                claim -> refused.putIfAbsent(candidate.pod().id(), withLeftover(claim.id())));
      }
    }
  }

  private static LeftOut withLeftover(ClaimId claim) {
    return new LeftOut(
        ReasonCode.UNSUPPORTED_CONSTRAINT,
        "claim "
            + claim
            + " is left of an earlier attempt at its extended resources; kube-scheduler deletes it"
            + " before the next one (R221). Delete it, or leave it out of the input");
  }

  /** R238. */
  private void refuseWithPartOfAnother(List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      for (ClaimObject claim : candidate.claims()) {
        boolean isOfAnother =
            partsOfNodes.contains(claim.id())
                && claim.reservations().stream()
                    .anyMatch(each -> !candidate.pod().uid().equals(Optional.of(each.uid())));
        if (isOfAnother) {
          refused.putIfAbsent(candidate.pod().id(), withPartOfAnother(claim));
        }
      }
    }
  }

  private static LeftOut withPartOfAnother(ClaimObject claim) {
    return new LeftOut(
        ReasonCode.LIMIT_EXCEEDED,
        "claim "
            + claim.id()
            + " has a device that is a part of its node, so that it is for one pod, and is reserved"
            + " for "
            + claim.reservations().get(0).name()
            + " (R238)");
  }

  private void refuseWithoutSeat(List<Candidate> candidates) {
    ReservationSeats seats = new ReservationSeats();
    candidates.stream()
        .sorted(
            Comparator.comparing((Candidate each) -> -(long) each.priority())
                .thenComparing(each -> each.pod().createdAt().orElse(Instant.MAX)))
        .filter(each -> !refused.containsKey(each.pod().id()))
        .filter(each -> each.pod().object().isPresent())
        .forEach(
            each -> {
              Optional<ClaimId> full =
                  seats.take(each.consumers(each.pod().object().orElseThrow()));
              full.ifPresent(claim -> refused.put(each.pod().id(), withoutSeat(claim)));
            });
  }

  private static LeftOut withoutSeat(ClaimId claim) {
    return new LeftOut(
        ReasonCode.LIMIT_EXCEEDED,
        "claim "
            + claim
            + " can be reserved for "
            + Reservation.MAX
            + " pods, and others come first (R188)");
  }

  private void place(Candidate candidate) {
    Pod pod = candidate.pod();
    ImmutableSet.Builder<ClaimId> claims = ImmutableSet.builder();
    Map<String, String> statuses = new LinkedHashMap<>();
    Map<ClaimId, Reservation> shared = new LinkedHashMap<>();
    Map<ClaimId, List<String>> containers = new LinkedHashMap<>();
    for (int i = 0; i < candidate.references().size(); i++) {
      Optional<ClaimId> named = Optional.empty();
      Optional<PodGroup> sharing = Optional.empty();
      if (candidate.references().get(i) instanceof Existing existing) {
        named = Optional.of(existing.claim().id());
        sharing = existing.group();
      } else if (candidate.references().get(i) instanceof ToGenerate toGenerate) {
        named = Optional.of(generate(pod.object().orElseThrow(), toGenerate));
        sharing = toGenerate.group();
        statuses.put(toGenerate.entry(), named.get().name());
      }
      if (named.isPresent()) {
        ClaimId claim = named.get();
        claims.add(claim);
        sharing.ifPresent(group -> shared.put(claim, group.reservation()));
        if (!consuming.isEmpty()) {
          containers
              .computeIfAbsent(claim, c -> new ArrayList<>())
              .addAll(pod.containers().get(pod.claims().get(i).name()));
        }
      }
    }
    Optional<PodObject> object =
        pod.object()
            .map(each -> each.withGenerated(ImmutableMap.copyOf(statuses)))
            .map(each -> each.withShared(ImmutableMap.copyOf(shared)))
            .map(each -> each.withContainers(containers));
    if (!candidate.extended().requests().isEmpty()) {
      ClaimId claim = generate(object.orElseThrow(), candidate.extended());
      claims.add(claim);
      object =
          object.map(
              each ->
                  each.withExtended(new PodObject.Extended(claim, candidate.extended().uses())));
    }
    object.ifPresent(each -> objects.put(pod.id(), each));
    workloads.add(
        Workload.builder()
            .id(pod.id())
            .claims(claims.build())
            .priority(candidate.priority())
            .createdAt(pod.createdAt())
            .resources(pod.resources())
            .containers(Maps.transformValues(containers, List::size))
            .addAllNodeSelectors(pod.nodeSelectors())
            .addAllNodeSelectors(neighbours.open(pod))
            .tolerations(pod.tolerations())
            .addAllUnsupported(pod.unsupported())
            .addAllUnsupported(groups.of(pod).map(PodGroup::unsupported).orElse(ImmutableList.of()))
            .addAllUnsupported(budget(pod))
            .build());
  }

  /** What devices take would have to fit in what the pod has as a whole. */
  private List<String> budget(Pod pod) {
    return pod.budgeted() && !consuming.isEmpty()
        ? List.of(
            "resources of the whole pod (spec.resources) where devices take some of a node (R239)")
        : List.of();
  }

  /** Generates the claim of an entry, or returns that which another pod of the group shares. */
  private ClaimId generate(PodObject pod, ToGenerate entry) {
    ClaimOwner owner = entry.group().map(ClaimOwner::of).orElseGet(() -> ClaimOwner.of(pod));
    OwnEntry own = new OwnEntry(pod.id().namespace(), owner, entry.entry());
    ClaimId known = ofEntries.get(own);
    if (known != null) {
      return known;
    }
    ClaimId id = generate(own, entry.template());
    ofEntries.put(own, id);
    return id;
  }

  private ClaimId generate(OwnEntry own, ClaimTemplate template) {
    GeneratedName name =
        GeneratedName.of(
            own.namespace(),
            own.owner().name(),
            own.entry(),
            uids,
            taken -> names.contains(new ClaimId(own.namespace(), taken)));
    ClaimId id = new ClaimId(own.namespace(), name.name());
    String uid = uids.of(id);
    add(
        template.claim(id),
        uid,
        ClaimObject.Standing.generated(own.owner(), own.entry(), false),
        template.tree(name, id, uid, own.owner(), own.entry()));
    return id;
  }

  private ClaimId generate(PodObject pod, ExtendedClaim extended) {
    String namespace = pod.id().namespace();
    GeneratedName name =
        GeneratedName.ofExtended(
            namespace,
            pod.id().name(),
            uids,
            taken -> names.contains(new ClaimId(namespace, taken)));
    ClaimId id = new ClaimId(namespace, name.name());
    String uid = uids.of(id);
    add(
        extended.claim(id),
        uid,
        ClaimObject.Standing.generated(ClaimOwner.of(pod), "", true),
        extended.tree(name, uid, pod));
    return id;
  }

  private void add(Claim claim, String uid, ClaimObject.Standing standing, ObjectNode tree) {
    names.add(claim.id());
    generated.add(claim);
    generatedObjects.add(ClaimObject.of(claim.id(), Optional.of(uid), standing, tree));
  }

  /** The workloads, in input order. */
  ImmutableList<Workload> workloads() {
    return workloads.build();
  }

  /** The claims generated, by pod and entry. */
  ImmutableList<Claim> generated() {
    return generated.build();
  }

  /** The objects of {@link #generated}. */
  ImmutableList<ClaimObject> generatedObjects() {
    return generatedObjects.build();
  }

  /** The workloads' pods that use claims. */
  ImmutableMap<WorkloadId, PodObject> objects() {
    return objects.buildOrThrow();
  }

  /** Why the other pods are no workloads. */
  ImmutableMap<WorkloadId, LeftOut> leftOut() {
    return leftOut.buildOrThrow();
  }
}
