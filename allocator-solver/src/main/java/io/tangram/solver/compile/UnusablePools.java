package io.tangram.solver.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells of pools of which no device is given because they are incomplete or invalid. */
final class UnusablePools {

  /** How many are told of one by one; of more, how many there are. */
  private static final int TOLD = 5;

  private UnusablePools() {}

  /** Returns a line for each of them, fewer where there are very many. */
  static List<String> warnings(PoolViews pools, int nodes) {
    Map<PoolGeneration, PoolView> unusable = new LinkedHashMap<>();
    for (int node = 0; node < nodes; node++) {
      for (PoolView view : pools.onNode(node)) {
        if (view.state() == PoolView.State.INCOMPLETE || view.state() == PoolView.State.INVALID) {
          unusable.putIfAbsent(view.pool(), view);
        }
      }
    }
    List<String> warnings = new ArrayList<>();
    unusable.values().stream().limit(TOLD).map(UnusablePools::warning).forEach(warnings::add);
    int others = unusable.size() - TOLD;
    if (others > 0) {
      warnings.add(
          others == 1
              ? "1 more pool is incomplete or invalid; none of its devices is given"
              : others + " more pools are incomplete or invalid; none of their devices is given");
    }
    return warnings;
  }

  private static String warning(PoolView view) {
    return "pool "
        + view.pool().id()
        + (view.state() == PoolView.State.INVALID
            ? " is invalid: " + view.defect() + "; none of its devices is given"
            : " is incomplete: "
                + view.pool().slices().size()
                + (view.pool().slices().size() == 1 ? " slice is" : " slices are")
                + " there, "
                + view.slices().get(0).resourceSliceCount()
                + " announced; none of its devices is given (R12)");
  }
}
