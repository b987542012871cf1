package io.tangram.solver.greedy;

import io.tangram.api.Allocator;
import io.tangram.api.testing.AllocatorContract;
import io.tangram.api.testing.Feature;
import io.tangram.api.testing.ProblemArbitraries;

/**
 * The laws of every allocator, without the features in which kube-scheduler's outcome depends on
 * the order of its search: selectors that fail (R55, R56), administrative access (R84) and lists
 * that are not read (R104).
 */
class FirstFitAllocatorContractTest extends AllocatorContract {

  @Override
  protected Allocator allocator() {
    return new FirstFitAllocator();
  }

  @Override
  protected ProblemArbitraries generator() {
    return ProblemArbitraries.all()
        .without(Feature.FAILING_SELECTORS, Feature.ADMIN_ACCESS, Feature.UNREAD_LISTS);
  }
}
