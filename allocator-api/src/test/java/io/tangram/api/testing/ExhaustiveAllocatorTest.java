package io.tangram.api.testing;

import io.tangram.api.Allocator;

class ExhaustiveAllocatorTest extends OptimalAllocatorContract {

  @Override
  protected Allocator allocator() {
    return new ExhaustiveAllocator();
  }
}
