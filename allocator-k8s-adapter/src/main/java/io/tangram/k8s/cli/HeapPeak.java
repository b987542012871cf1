package io.tangram.k8s.cli;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** How much memory objects took at most, garbage included. Loading this takes a moment. */
final class HeapPeak {

  private HeapPeak() {}

  /** Starts again; the process has one peak. */
  static void reset() {
    pools().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  /** Returns the most memory since the start, or since it was reset, in MiB, rounded up. */
  static long mebibytes() {
    long bytes = pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    return (bytes + (1 << 20) - 1) >> 20;
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }
}
