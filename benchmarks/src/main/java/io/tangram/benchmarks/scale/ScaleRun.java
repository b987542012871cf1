package io.tangram.benchmarks.scale;

import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.solver.CpSatAllocator;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures one row in this process: the first run, which pays for the start of everything, and the
 * second.
 */
final class ScaleRun {

  private static final int RUNS = 2;
  private static final int MEBIBYTE = 1 << 20;

  private ScaleRun() {}

  /**
   * Prints what {@link ScaleResult} reads.
   *
   * @param args the row, and how many times its own limit the time may be
   */
  public static void main(String[] args) {
    ScaleRow row = ScaleRow.valueOf(args[0]);
    Duration limit = Duration.ofSeconds(row.seconds()).multipliedBy(Integer.parseInt(args[1]));
    AllocationProblem problem = row.problem();
    List<Long> millis = new ArrayList<>();
    AllocationPlan plan = null;
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      plan =
          new CpSatAllocator()
              .allocate(
                  problem, ImmutableAllocationOptions.copyOf(row.options()).withTimeLimit(limit));
      millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
    if (plan != null) {
      System.out.println(ScaleResult.of(row, problem, plan, millis, peakMebibytes()).toJson());
    }
  }

  private static long peakMebibytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        / MEBIBYTE;
  }
}
