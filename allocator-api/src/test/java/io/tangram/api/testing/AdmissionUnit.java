package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.device.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is admitted as a whole or not at all: a workload with all its claims, or a lone claim.
 *
 * @param workload the workload, unless it is a lone claim
 * @param claims the pending claims, in the order the workload names them
 * @param held the held claims, which tie the workload to nodes where they are usable (R186)
 * @param evicting the taints by which held claims keep it out wherever it may be (R160)
 * @param heldLoad what it takes of its node by the devices of held claims (R239)
 * @param before those of its pending claims that a unit before it in the queue references too
 * @param behind those of its pending claims that a unit behind it in the queue references too
 * @param usedBehind the claims that units behind it in the queue use, held ones included
 * @param needsBehind what all units behind it in the queue take of each resource together, their
 *     devices apart
 * @param group the group it is a member of
 * @param closesGroup whether it is the last member of its group in the queue
 */
record AdmissionUnit(
    Optional<Workload> workload,
    ImmutableList<Claim> claims,
    ImmutableList<Allocation> held,
    ImmutableList<EvictingTaint> evicting,
    NodeLoad heldLoad,
    ImmutableSet<ClaimId> before,
    ImmutableSet<ClaimId> behind,
    ImmutableSet<ClaimId> usedBehind,
    ImmutableMap<String, Quantity> needsBehind,
    Optional<WorkloadGroup> group,
    boolean closesGroup) {

  /** Makes a unit that shares nothing. */
  AdmissionUnit(
      Optional<Workload> workload,
      ImmutableList<Claim> claims,
      ImmutableList<Allocation> held,
      ImmutableList<EvictingTaint> evicting,
      NodeLoad heldLoad) {
    this(
        workload,
        claims,
        held,
        evicting,
        heldLoad,
        ImmutableSet.of(),
        ImmutableSet.of(),
        ImmutableSet.of(),
        ImmutableMap.of(),
        Optional.empty(),
        false);
  }

  /**
   * Returns the units in the order of the queue: priority, creation time, and the place of their
   * first pending claim in the problem; workloads without one come behind all others, in the order
   * of the problem, which also decides between workloads whose first claim is the same. Members of
   * a group that binds them stand together where the first of them would.
   */
  static ImmutableList<AdmissionUnit> queueOf(AllocationProblem problem) {
    Map<ClaimId, Claim> pending = new HashMap<>();
    problem.claims().forEach(claim -> pending.put(claim.id(), claim));
    Map<ClaimId, Allocation> held = new HashMap<>();
    problem.held().forEach(allocation -> held.put(allocation.claim(), allocation));
    Set<ClaimId> lone = new HashSet<>(pending.keySet());
    List<AdmissionUnit> units = new ArrayList<>();
    for (Workload workload : problem.workloads()) {
      workload.claims().forEach(lone::remove);
      units.add(ofWorkload(workload, pending, held, problem));
    }
    for (Claim claim : problem.claims()) {
      if (lone.contains(claim.id())) {
        units.add(ofClaim(claim));
      }
    }
    return inQueue(
        together(
            ImmutableList.sortedCopyOf(
                Comparator.comparingInt(AdmissionUnit::priority)
                    .reversed()
                    .thenComparing(unit -> unit.createdAt().orElse(Instant.MAX))
                    .thenComparingInt(unit -> unit.place(problem)),
                units),
            problem.groups()));
  }

  /** Returns the units with those of a group behind the first of them. */
  private static ImmutableList<AdmissionUnit> together(
      List<AdmissionUnit> sorted, List<WorkloadGroup> groups) {
    Set<AdmissionUnit> queue = new LinkedHashSet<>();
    for (AdmissionUnit unit : sorted) {
      queue.add(unit);
      groupOf(unit, groups)
          .ifPresent(
              group ->
                  sorted.stream()
                      .filter(other -> groupOf(other, groups).filter(group::equals).isPresent())
                      .forEach(queue::add));
    }
    ImmutableList<AdmissionUnit> list = ImmutableList.copyOf(queue);
    ImmutableList.Builder<AdmissionUnit> grouped = ImmutableList.builder();
    for (int i = 0; i < list.size(); i++) {
      Optional<WorkloadGroup> group = groupOf(list.get(i), groups);
      boolean closes =
          group.isPresent()
              && (i == list.size() - 1 || !groupOf(list.get(i + 1), groups).equals(group));
      grouped.add(list.get(i).in(group, closes));
    }
    return grouped.build();
  }

  private static Optional<WorkloadGroup> groupOf(AdmissionUnit unit, List<WorkloadGroup> groups) {
    return unit.workload()
        .flatMap(
            workload ->
                groups.stream()
                    .filter(WorkloadGroup::isBinding)
                    .filter(each -> each.members().contains(workload.id()))
                    .findFirst());
  }

  private AdmissionUnit in(Optional<WorkloadGroup> itsGroup, boolean closes) {
    return new AdmissionUnit(
        workload,
        claims,
        held,
        evicting,
        heldLoad,
        before,
        behind,
        usedBehind,
        needsBehind,
        itsGroup,
        closes);
  }

  private static AdmissionUnit ofWorkload(
      Workload workload,
      Map<ClaimId, Claim> pending,
      Map<ClaimId, Allocation> held,
      AllocationProblem problem) {
    ImmutableList<Allocation> own = named(workload, held);
    return new AdmissionUnit(
        Optional.of(workload),
        named(workload, pending),
        own,
        own.stream()
            .flatMap(each -> EvictingTaint.of(each, problem).stream())
            .collect(ImmutableList.toImmutableList()),
        NodeLoad.ofHeld(workload, own, problem));
  }

  private static AdmissionUnit ofClaim(Claim claim) {
    return new AdmissionUnit(
        Optional.empty(),
        ImmutableList.of(claim),
        ImmutableList.of(),
        ImmutableList.of(),
        NodeLoad.NONE);
  }

  private static <T> ImmutableList<T> named(Workload workload, Map<ClaimId, T> claims) {
    return workload.claims().stream()
        .distinct()
        .filter(claims::containsKey)
        .map(claims::get)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the units of a queue, which now know of those before and behind them. */
  private static ImmutableList<AdmissionUnit> inQueue(ImmutableList<AdmissionUnit> queue) {
    ImmutableList.Builder<AdmissionUnit> units = ImmutableList.builder();
    for (int i = 0; i < queue.size(); i++) {
      AdmissionUnit unit = queue.get(i);
      ImmutableList<AdmissionUnit> behind = queue.subList(i + 1, queue.size());
      units.add(
          new AdmissionUnit(
              unit.workload(),
              unit.claims(),
              unit.held(),
              unit.evicting(),
              unit.heldLoad(),
              unit.alsoIn(queue.subList(0, i)),
              unit.alsoIn(behind),
              used(behind),
              needs(behind),
              unit.group(),
              unit.closesGroup()));
    }
    return units.build();
  }

  private static ImmutableSet<ClaimId> used(List<AdmissionUnit> units) {
    return units.stream()
        .flatMap(unit -> unit.workload().stream())
        .flatMap(workload -> workload.claims().stream())
        .collect(ImmutableSet.toImmutableSet());
  }

  private static ImmutableMap<String, Quantity> needs(List<AdmissionUnit> units) {
    Map<String, Quantity> sums = new HashMap<>();
    units.forEach(
        unit ->
            NodeRules.needs(unit).forEach((r, amount) -> sums.merge(r, amount, Quantity::plus)));
    return ImmutableMap.copyOf(sums);
  }

  private ImmutableSet<ClaimId> alsoIn(List<AdmissionUnit> others) {
    Set<ClaimId> theirs = new HashSet<>();
    others.forEach(other -> theirs.addAll(other.claimIds()));
    return Sets.intersection(ImmutableSet.copyOf(claimIds()), theirs).immutableCopy();
  }

  private int place(AllocationProblem problem) {
    return claims.stream().mapToInt(problem.claims()::indexOf).min().orElse(Integer.MAX_VALUE);
  }

  /** The tier. */
  int priority() {
    return workload.map(Workload::priority).orElse(0);
  }

  /** When the workload or the lone claim was created. */
  Optional<Instant> createdAt() {
    return workload.isPresent() ? workload.get().createdAt() : claims.get(0).createdAt();
  }

  /** Returns the identities of the pending claims. */
  ImmutableList<ClaimId> claimIds() {
    return claims.stream().map(Claim::id).collect(ImmutableList.toImmutableList());
  }
}
