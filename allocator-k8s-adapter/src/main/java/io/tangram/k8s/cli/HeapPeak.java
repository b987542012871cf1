package io.tangram.k8s.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** Measures how much memory objects take at most. */
final class HeapPeak {

  private final List<MemoryPoolMXBean> pools;

  private HeapPeak(List<MemoryPoolMXBean> pools) {
    this.pools = pools;
  }

  /** Starts to measure; there is one measurement in the process at a time. */
  static HeapPeak start() {
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    return new HeapPeak(pools);
  }

  /** Returns the most memory since the start, in MiB, rounded up; garbage counts. */
  long mebibytes() {
    long bytes = pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    return (bytes + (1 << 20) - 1) >> 20;
  }
}
