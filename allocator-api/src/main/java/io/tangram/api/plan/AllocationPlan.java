package io.tangram.api.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.WorkloadId;
import org.immutables.value.Value;

/**
 * An allocator's answer: every pending claim of the problem is either allocated or left out with a
 * reason, every workload placed or not placed with a reason. Immutable and thread-safe.
 */
@Value.Immutable
public interface AllocationPlan {

  /** The allocator's name, such as {@code optimal}. */
  String allocator();

  /** OPTIMAL when every objective is, else FEASIBLE. */
  PlanStatus status();

  /** The new allocations by claim, in the order of the problem's claims. */
  ImmutableMap<ClaimId, Allocation> allocations();

  /** Why each other pending claim is left out, in the order of the problem's claims. */
  ImmutableMap<ClaimId, Reason> unallocated();

  /** The node of each workload that is placed, in the order of the problem's workloads. */
  ImmutableMap<WorkloadId, String> placements();

  /** Why each other workload is not placed, in the order of the problem's workloads. */
  ImmutableMap<WorkloadId, Reason> unplaced();

  /** What each objective reached: admission by tier, highest first, then the others in order. */
  ImmutableList<ObjectiveResult> objectives();

  /** How the plan came about. */
  PlanStatistics statistics();

  /** Remarks on the problem that its owner should read, each one line. */
  ImmutableList<String> warnings();

  /** Returns an empty builder; allocator, status and statistics have no default. */
  static ImmutableAllocationPlan.Builder builder() {
    return ImmutableAllocationPlan.builder();
  }
}
