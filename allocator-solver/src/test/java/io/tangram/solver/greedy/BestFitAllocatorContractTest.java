package io.tangram.solver.greedy;

import io.tangram.api.Allocator;
import io.tangram.api.testing.AllocatorContract;

class BestFitAllocatorContractTest extends AllocatorContract {

  @Override
  protected Allocator allocator() {
    return new BestFitAllocator();
  }
}
