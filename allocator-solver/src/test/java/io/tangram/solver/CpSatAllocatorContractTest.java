package io.tangram.solver;

import io.tangram.api.Allocator;
import io.tangram.api.testing.OptimalAllocatorContract;

class CpSatAllocatorContractTest extends OptimalAllocatorContract {

  @Override
  protected Allocator allocator() {
    return new CpSatAllocator();
  }
}
