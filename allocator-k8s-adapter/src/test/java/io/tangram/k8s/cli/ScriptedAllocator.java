package io.tangram.k8s.cli;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.plan.AllocationPlan;
import java.util.function.BiFunction;

/** An allocator that does as it is told. */
record ScriptedAllocator(
    String name, BiFunction<AllocationProblem, AllocationOptions, AllocationPlan> script)
    implements Allocator {

  @Override
  public AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    return script.apply(problem, options);
  }
}
