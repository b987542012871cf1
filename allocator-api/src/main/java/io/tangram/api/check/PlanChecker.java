package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.plan.AllocationPlan;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges plans, changes and held allocations by the rules alone; it shares no code with any
 * allocator. Immutable and thread-safe. Where the options allow several workers, some claims of a
 * plan are looked at side by side, in the common pool of the JVM.
 *
 * <p>Rules in which the reference implementation has a defect are judged by the intended behaviour.
 * Where the rules leave an outcome to the order of the search, anything that some order allows is
 * legal: in a plan what a claim takes of a shared device for administration is judged beside what
 * is held and what the claim itself takes (R84, R87), and a pool is complete by R11.
 */
public final class PlanChecker {

  /** The rule that violations cite whose subject is the value of an objective. */
  public static final String OBJECTIVE = "OBJECTIVE";

  /** The rule that violations cite whose subject is the plan as a whole. */
  public static final String PLAN = "PLAN";

  /** The rule that violations cite whose subject is where workloads are placed. */
  public static final String PLACEMENT = "PLACEMENT";

  /** The rule that violations cite whose subject is what joins the devices of a claim. */
  public static final String LINKS = "LINKS";

  private final AllocationProblem problem;
  private final ClusterIndex cluster;
  private final ImmutableMap<ClaimId, Claim> pending;
  private final ImmutableSet<WorkloadId> workloads;

  private PlanChecker(AllocationProblem problem) {
    this.problem = problem;
    this.cluster = new ClusterIndex(problem);
    this.pending = Maps.uniqueIndex(problem.claims(), Claim::id);
    this.workloads =
        problem.workloads().stream().map(Workload::id).collect(ImmutableSet.toImmutableSet());
  }

  /**
   * Returns a checker for a problem, in time proportional to the number of slices; pools are
   * indexed when they are first looked at.
   */
  public static PlanChecker of(AllocationProblem problem) {
    return new PlanChecker(problem);
  }

  /** Returns a state of its own that starts from what is held. */
  public CheckedState state() {
    return new CheckedState(cluster, problem);
  }

  /**
   * Judges a whole plan: every pending claim is allocated or left out, every workload placed or not
   * placed, each once; each allocation is legal beside the held ones and the others; each workload
   * is on a node that it may use and that has the resources, with all its claims (R186, R194); the
   * objectives have the values that the plan claims.
   *
   * @param plan the plan
   * @param options what it was asked to optimise
   * @return what is wrong with the plan, each thing once; empty if it is legal
   * @throws IllegalArgumentException if the options {@linkplain AllocationOptions#requireSuits lack
   *     something} for the problem
   */
  public ImmutableList<Violation> check(AllocationPlan plan, AllocationOptions options) {
    options.requireSuits(problem);
    Set<Violation> violations = new LinkedHashSet<>(unaccounted(plan));
    CheckedState before = state();
    CheckedState state = state();
    for (JudgedClaim judged : judged(plan, options.workers())) {
      if (usesAdminAccess(judged.allocation())) {
        violations.addAll(alone(before, judged));
      }
      violations.addAll(state.add(judged, false));
    }
    violations.addAll(new PlacementCheck(problem, plan, cluster).run());
    violations.addAll(new NodeResourceCheck(problem, plan, cluster).run());
    if (!violations.isEmpty()) {
      return ImmutableList.copyOf(violations);
    }
    ObjectiveValues values = new ObjectiveValues(problem, plan, options, cluster, before, state);
    return new ObjectiveCheck(plan, options, values).run();
  }

  /** Judges each allocation by itself, in input order; with several workers some at a time. */
  private List<JudgedClaim> judged(AllocationPlan plan, int workers) {
    return SideBySide.runs(problem.claims(), workers)
        .flatMap(List::stream)
        .flatMap(
            claim ->
                Stream.ofNullable(plan.allocations().get(claim.id()))
                    .map(allocation -> JudgedClaim.of(cluster, claim, allocation)))
        .toList();
  }

  private static boolean usesAdminAccess(Allocation allocation) {
    for (DeviceAllocation result : allocation.devices()) {
      if (result.adminAccess()) {
        return true;
      }
    }
    return false;
  }

  /** Judges what takes nothing from others and so may come before all others of the plan. */
  private static ImmutableList<Violation> alone(CheckedState before, JudgedClaim judged) {
    ImmutableList<Violation> violations = before.add(judged, true);
    if (violations.isEmpty()) {
      before.remove(judged.claim().id());
    }
    return violations;
  }

  private ImmutableList<Violation> unaccounted(AllocationPlan plan) {
    ImmutableList.Builder<Violation> violations = ImmutableList.builder();
    for (ClaimId id : pending.keySet()) {
      boolean allocated = plan.allocations().containsKey(id);
      boolean leftOut = plan.unallocated().containsKey(id);
      if (allocated == leftOut) {
        String message =
            allocated ? "is both allocated and left out" : "is neither allocated nor left out";
        violations.add(ofPlan(id, message));
      }
    }
    for (ClaimId id : plan.allocations().keySet()) {
      if (!pending.containsKey(id)) {
        violations.add(ofPlan(id, "is allocated, but is not pending"));
      }
    }
    for (ClaimId id : plan.unallocated().keySet()) {
      if (!pending.containsKey(id)) {
        violations.add(ofPlan(id, "is left out, but is not pending"));
      }
    }
    return violations.addAll(unaccountedWorkloads(plan)).build();
  }

  private ImmutableList<Violation> unaccountedWorkloads(AllocationPlan plan) {
    ImmutableList.Builder<Violation> violations = ImmutableList.builder();
    for (WorkloadId id : workloads) {
      boolean placed = plan.placements().containsKey(id);
      boolean notPlaced = plan.unplaced().containsKey(id);
      if (placed == notPlaced) {
        String message =
            placed ? "is both placed and not placed" : "is neither placed nor said why not";
        violations.add(ofPlan(id, message));
      }
    }
    for (WorkloadId id : Sets.union(plan.placements().keySet(), plan.unplaced().keySet())) {
      if (!workloads.contains(id)) {
        violations.add(ofPlan(id, "is in the plan, but not in the problem"));
      }
    }
    return violations.build();
  }

  private static Violation ofPlan(ClaimId claim, String message) {
    return new Violation(PLAN, Severity.VIOLATION, Optional.of(claim), Optional.empty(), message);
  }

  private static Violation ofPlan(WorkloadId workload, String message) {
    return Violation.of(PLAN, "workload " + workload + " " + message);
  }

  /**
   * Judges what is held. A violation is a device given twice, an overdrawn counter or capacity, a
   * malformed result or a wrong node selector; drift is a device that has gone, or a selector,
   * class, taint, attribute or policy by which the allocation would not be made again today.
   *
   * <p>What a claim asked for is judged for {@link AllocationProblem#heldClaims}. A held allocation
   * names no node: it is judged for the one that its node selector or its devices name, and where
   * they name none, only for what holds on every node.
   *
   * @return the findings by claim, in the order held, then those of pools; empty if all is well
   */
  public ImmutableList<Violation> checkHeld() {
    return new HeldCheck(problem, cluster, state()).run();
  }

  /**
   * Judges where the {@linkplain WorkloadGroup#running running} members of a group are: what is
   * against the topology that it requires is drift, since labels of nodes change.
   *
   * @param group the group; it need not be one of the problem
   */
  public ImmutableList<Violation> checkRunning(WorkloadGroup group) {
    return GroupSpread.ofRunning(group, cluster)
        .faults()
        .map(
            fault ->
                new Violation(PLACEMENT, Severity.DRIFT, Optional.empty(), Optional.empty(), fault))
        .collect(ImmutableList.toImmutableList());
  }
}
