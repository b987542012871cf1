package io.tangram.benchmarks.quality;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.time.Duration;
import java.util.Locale;

/** Who fills GPUs, and what is to be most. */
enum Contestant {
  FIRST_FIT(new FirstFitAllocator(), Admission.MOST_CLAIMS),
  BEST_FIT(new BestFitAllocator(), Admission.MOST_CLAIMS),
  FRAGMENTATION(new FragmentationAllocator(), Admission.MOST_CLAIMS),
  MOST_CLAIMS(new CpSatAllocator(), Admission.MOST_CLAIMS),
  MOST_DEVICE_SHARE(new CpSatAllocator(), Admission.MOST_DEVICE_SHARE);

  @SuppressWarnings("ImmutableEnumChecker") // they keep nothing between plans
  private final Allocator allocator;

  @SuppressWarnings("ImmutableEnumChecker") // they are immutable
  private final AllocationOptions options;

  Contestant(Allocator allocator, Admission admission) {
    this.allocator = allocator;
    this.options =
        AllocationOptions.builder().admission(admission).timeLimit(Duration.ofMinutes(1)).build();
  }

  /** The name, as in a table. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  AllocationPlan allocate(AllocationProblem problem) {
    return allocator.allocate(problem, options);
  }
}
