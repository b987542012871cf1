package io.tangram.solver.greedy;

import io.tangram.api.AllocationOptions;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.nodesearch.SearchBudget;

/**
 * Gives each unit the tightest place: units in the order of the queue (priority, creation time,
 * input), each on the node with the best score (R80), there the smallest devices that do the job
 * (in the sense of {@link io.tangram.api.plan.Objective#FIT}), of equals those on the GPU, or
 * whatever else partitions share, that is fullest already, and on it those that block the fewest
 * others. Of nodes with the best score that one is taken of which the same is true, of equals the
 * fullest, then the first by name.
 *
 * <p>A unit is placed whenever some node has a legal place for it beside those before; what can't
 * be evaluated isn't given. Objectives are reported, not optimised; nothing is proven. Where {@link
 * io.tangram.api.plan.Objective#BANDWIDTH} is one of them, of equal devices those are given that
 * are joined best, and leave the better rest. A deterministic second is {@value
 * SearchBudget#STEPS_PER_SECOND} looks at a device.
 */
public final class BestFitAllocator extends GreedyAllocator {

  /** The name by which users choose it. */
  public static final String NAME = "best-fit";

  /** Makes an allocator. */
  public BestFitAllocator() {
    super(NAME);
  }

  @Override
  GreedySearch search(CompiledProblem compiled, AllocationOptions options, SearchBudget budget) {
    return GreedySearch.bestFit(compiled, options, budget);
  }
}
