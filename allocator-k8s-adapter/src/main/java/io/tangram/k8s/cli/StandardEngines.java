package io.tangram.k8s.cli;

import com.google.common.collect.ImmutableMap;
import io.tangram.k8s.cel.CelExpressions;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.cpsat.NativeLibrary;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;

/** What the command works with outside of tests. */
final class StandardEngines {

  private StandardEngines() {}

  static Engines get() {
    return new Engines(
        ImmutableMap.of(
            CpSatAllocator.NAME, CpSatAllocator::new,
            FirstFitAllocator.NAME, FirstFitAllocator::new,
            BestFitAllocator.NAME, BestFitAllocator::new,
            FragmentationAllocator.NAME, FragmentationAllocator::new),
        new CelExpressions(),
        StandardEngines::warmUp);
  }

  /** Libraries take a second to load, most of which reading hides. */
  private static void warmUp(String allocator) {
    Thread cel = new Thread(CelExpressions::warmUp, "tangram-load-cel");
    cel.setDaemon(true);
    cel.start();
    if (allocator.equals(CpSatAllocator.NAME)) {
      NativeLibrary.preload();
    }
  }
}
