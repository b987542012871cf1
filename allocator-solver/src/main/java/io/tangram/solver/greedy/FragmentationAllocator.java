package io.tangram.solver.greedy;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.SearchBudget;

/**
 * Gives each unit the place that keeps what stays free most useful: units in the order of the queue
 * (priority, creation time, input), each on the node with the best score (R80), of equals where the
 * supply of {@linkplain AllocationOptions#expectedDemand expected requests} loses least, in the
 * sense of {@link io.tangram.api.plan.Objective#FRAGMENTATION}; of equals the smallest devices on
 * the fullest GPU and node, then the first by name. This is fragmentation gradient descent (Weng et
 * al., Beware of Fragmentation, USENIX ATC 2023) over legal layouts.
 *
 * <p>A unit is placed whenever some node has a legal place for it beside those before; what can't
 * be evaluated isn't given. Objectives are reported, not optimised; nothing is proven. Where {@link
 * io.tangram.api.plan.Objective#BANDWIDTH} is one of them, of equal devices those are given that
 * are joined best, and leave the better rest. A deterministic second is {@value
 * SearchBudget#STEPS_PER_SECOND} looks at a device.
 */
public final class FragmentationAllocator extends GreedyAllocator {

  /** The name by which users choose it. */
  public static final String NAME = "fragmentation";

  /** Makes an allocator. */
  public FragmentationAllocator() {
    super(NAME);
  }

  @Override
  CompiledProblem compile(AllocationProblem problem, AllocationOptions options, Deadline deadline) {
    return CompiledProblem.withExpectedDemand(problem, options, deadline);
  }

  @Override
  GreedySearch search(CompiledProblem compiled, AllocationOptions options, SearchBudget budget) {
    return GreedySearch.fragmentation(compiled, options, budget);
  }
}
