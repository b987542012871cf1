package io.tangram.solver;

import io.tangram.api.AllocationOptions;
import io.tangram.api.Allocator;
import io.tangram.api.testing.OptimalAllocatorContract;
import io.tangram.solver.process.ProcessOptions;
import java.time.Duration;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.lifecycle.AfterContainer;

/** A few tries: what is allocated is tested with {@link CpSatAllocatorContractTest}. */
@PropertyDefaults(tries = 20)
class IsolatedAllocatorContractTest extends OptimalAllocatorContract {

  /** Threads that share it don't start children anew for each problem. */
  private static final IsolatedAllocator ALLOCATOR =
      new IsolatedAllocator(ProcessOptions.builder().idleProcesses(4).build());

  @AfterContainer
  static void endProcesses() {
    ALLOCATOR.close();
  }

  @Override
  protected Allocator allocator() {
    return ALLOCATOR;
  }

  /** Time enough to start children on a busy machine. */
  @Override
  protected AllocationOptions options() {
    return AllocationOptions.builder().workers(1).timeLimit(Duration.ofMinutes(2)).build();
  }
}
