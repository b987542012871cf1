package io.tangram.solver.greedy;

import io.tangram.api.Allocator;
import io.tangram.api.testing.AllocatorContract;

class FragmentationAllocatorContractTest extends AllocatorContract {

  @Override
  protected Allocator allocator() {
    return new FragmentationAllocator();
  }
}
