package io.tangram.k8s.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
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
  private final SeededUids uids;
  private final Set<ClaimId> names;

  private final ImmutableList.Builder<Workload> workloads = ImmutableList.builder();
  private final ImmutableList.Builder<Claim> generated = ImmutableList.builder();
  private final ImmutableList.Builder<ClaimObject> generatedObjects = ImmutableList.builder();
  private final ImmutableMap.Builder<WorkloadId, PodObject> objects = ImmutableMap.builder();
  private final Map<WorkloadId, LeftOut> refused = new HashMap<>();
  private final ImmutableMap.Builder<WorkloadId, LeftOut> leftOut = ImmutableMap.builder();

  /** A pending pod with what its entries mean. */
  private record Candidate(
      Pod pod, int priority, ImmutableList<Reference> references, ExtendedClaim extended) {

    /** The claims it names that are there. */
    ImmutableSet<ClaimObject> claims() {
      return references.stream()
          .filter(Existing.class::isInstance)
          .map(reference -> ((Existing) reference).claim())
          .collect(ImmutableSet.toImmutableSet());
    }
  }

  /**
   * Prepares the assembly.
   *
   * @param names the names of claims that are taken
   */
  WorkloadAssembly(
      ClaimReferences references,
      PriorityClasses priorities,
      ExtendedResources extendedResources,
      Neighbours neighbours,
      SeededUids uids,
      Set<ClaimId> names) {
    this.references = references;
    this.priorities = priorities;
    this.extendedResources = extendedResources;
    this.neighbours = neighbours;
    this.uids = uids;
    this.names = new HashSet<>(names);
  }

  /**
   * Makes workloads of the pods that use devices.
   *
   * @param pods pending pods, in input order
   */
  void run(List<Pod> pods) {
    List<Candidate> candidates = new ArrayList<>();
    for (Pod pod : pods) {
      int priority =
          pod.priority().orElseGet(() -> priorities.of(pod.priorityClass(), pod.label()));
      candidates.add(new Candidate(pod, priority, references.of(pod), extendedResources.of(pod)));
    }
    refuseUnusable(candidates);
    refuseWithLeftover(candidates);
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

  private void refuseUnusable(List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      candidate.references().stream()
          .filter(Unusable.class::isInstance)
          .map(reference -> ((Unusable) reference).why())
          .findFirst()
          .ifPresent(
              why ->
                  refused.put(
                      candidate.pod().id(), new LeftOut(ReasonCode.UNSUPPORTED_CONSTRAINT, why)));
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
              Optional<ClaimId> full = seats.take(each.pod().object().orElseThrow(), each.claims());
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
    for (Reference reference : candidate.references()) {
      if (reference instanceof Existing existing) {
        claims.add(existing.claim().id());
      } else if (reference instanceof ToGenerate toGenerate) {
        ClaimId claim = generate(pod.object().orElseThrow(), toGenerate);
        claims.add(claim);
        statuses.put(toGenerate.entry(), claim.name());
      }
    }
    Optional<PodObject> object =
        pod.object().map(each -> each.withGenerated(ImmutableMap.copyOf(statuses)));
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
            .addAllNodeSelectors(pod.nodeSelectors())
            .addAllNodeSelectors(neighbours.open(pod))
            .tolerations(pod.tolerations())
            .addAllUnsupported(pod.unsupported())
            .build());
  }

  private ClaimId generate(PodObject pod, ToGenerate entry) {
    String namespace = pod.id().namespace();
    GeneratedName name =
        GeneratedName.of(
            namespace,
            pod.id().name(),
            entry.entry(),
            uids,
            taken -> names.contains(new ClaimId(namespace, taken)));
    ClaimId id = new ClaimId(namespace, name.name());
    String uid = uids.of(id);
    add(
        entry.template().claim(id),
        uid,
        ClaimObject.Standing.generated(pod, entry.entry(), false),
        entry.template().tree(name, uid, pod, entry.entry()));
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
        ClaimObject.Standing.generated(pod, "", true),
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
