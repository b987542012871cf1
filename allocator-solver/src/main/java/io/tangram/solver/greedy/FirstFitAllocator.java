package io.tangram.solver.greedy;

import io.tangram.api.AllocationOptions;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.nodesearch.SearchBudget;

/**
 * Gives each unit the devices that kube-scheduler would: units in the order of the queue (priority,
 * creation time, input), each on the node with the best score (R80), of equals the first by name,
 * there the first devices that its depth-first search finds (R195 to R205). Where the rules list a
 * defect of the reference, the intended behaviour counts.
 *
 * <p>A selector that fails on a device within reach of the search leaves the unit out (R55, R56).
 * Objectives are reported, not optimised; nothing is proven. A deterministic second is {@value
 * SearchBudget#STEPS_PER_SECOND} looks at a device.
 */
public final class FirstFitAllocator extends GreedyAllocator {

  /** The name by which users choose it. */
  public static final String NAME = "first-fit";

  /** Makes an allocator. */
  public FirstFitAllocator() {
    super(NAME);
  }

  @Override
  GreedySearch search(CompiledProblem compiled, AllocationOptions options, SearchBudget budget) {
    return GreedySearch.firstFit(compiled, budget);
  }
}
