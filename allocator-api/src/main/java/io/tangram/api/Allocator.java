package io.tangram.api;

import io.tangram.api.plan.AllocationPlan;

/** Places claims on devices. Implementations are immutable and thread-safe. */
public interface Allocator {

  /** The name by which users choose it, such as {@code optimal}. */
  String name();

  /**
   * Plans allocations for the problem's pending claims. Nothing held is touched. Every plan has
   * passed {@link io.tangram.api.check.PlanChecker} before it is returned.
   *
   * @param problem the cluster and what is wanted of it
   * @param options what to optimise and how long
   * @return the best plan found within the limits; a claim that doesn't fit is a reason in it, not
   *     an exception
   * @throws IllegalArgumentException if the allocator doesn't support one of the options
   * @throws DeadlineExceededException if the time limit passed, or the allocation was cancelled,
   *     before the problem was compiled
   * @throws AllocatorException if the allocator fails
   */
  AllocationPlan allocate(AllocationProblem problem, AllocationOptions options);
}
