package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is admitted as a whole or not at all: the pending claims of a workload, or a lone claim.
 *
 * @param claims the pending claims, in the order the workload names them
 * @param held the held claims, which tie the workload to nodes where they are usable (R186)
 * @param priority the tier
 * @param createdAt when the workload or the lone claim was created
 */
record AdmissionUnit(
    ImmutableList<Claim> claims,
    ImmutableList<Allocation> held,
    int priority,
    Optional<Instant> createdAt) {

  /**
   * Returns the units with pending claims in the order of the queue: priority, creation time, and
   * the place of their first claim in the problem.
   *
   * @throws IllegalArgumentException if two workloads share a pending claim, or there are groups
   */
  static ImmutableList<AdmissionUnit> queueOf(AllocationProblem problem) {
    Map<ClaimId, Claim> pending = new HashMap<>();
    problem.claims().forEach(claim -> pending.put(claim.id(), claim));
    Map<ClaimId, Allocation> held = new HashMap<>();
    problem.held().forEach(allocation -> held.put(allocation.claim(), allocation));
    requireIndependentUnits(problem, pending.keySet());
    Set<ClaimId> lone = new HashSet<>(pending.keySet());
    List<AdmissionUnit> units = new ArrayList<>();
    for (Workload workload : problem.workloads()) {
      ImmutableList<Claim> claims = named(workload, pending);
      claims.forEach(claim -> lone.remove(claim.id()));
      if (!claims.isEmpty()) {
        units.add(
            new AdmissionUnit(
                claims, named(workload, held), workload.priority(), workload.createdAt()));
      }
    }
    for (Claim claim : problem.claims()) {
      if (lone.contains(claim.id())) {
        units.add(
            new AdmissionUnit(ImmutableList.of(claim), ImmutableList.of(), 0, claim.createdAt()));
      }
    }
    return ImmutableList.sortedCopyOf(
        Comparator.comparingInt((AdmissionUnit unit) -> -unit.priority())
            .thenComparing(unit -> unit.createdAt().orElse(Instant.MAX))
            .thenComparingInt(unit -> unit.place(problem)),
        units);
  }

  private static <T> ImmutableList<T> named(Workload workload, Map<ClaimId, T> claims) {
    return workload.claims().stream()
        .distinct()
        .filter(claims::containsKey)
        .map(claims::get)
        .collect(ImmutableList.toImmutableList());
  }

  private static void requireIndependentUnits(AllocationProblem problem, Set<ClaimId> pending) {
    Set<ClaimId> seen = new HashSet<>();
    for (Workload workload : problem.workloads()) {
      for (ClaimId claim : Set.copyOf(workload.claims())) {
        if (pending.contains(claim) && !seen.add(claim)) {
          throw new IllegalArgumentException(
              "Pending claim "
                  + claim
                  + " is shared by workloads; the oracle knows only one each.");
        }
      }
    }
    if (!problem.groups().isEmpty()) {
      throw new IllegalArgumentException("The oracle knows no groups of workloads; remove them.");
    }
  }

  private int place(AllocationProblem problem) {
    return claims.stream().mapToInt(problem.claims()::indexOf).min().orElseThrow();
  }

  /** Returns the identities of the pending claims. */
  ImmutableList<ClaimId> claimIds() {
    return claims.stream().map(Claim::id).collect(ImmutableList.toImmutableList());
  }
}
