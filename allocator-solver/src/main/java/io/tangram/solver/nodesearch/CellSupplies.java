package io.tangram.solver.nodesearch;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What cells supply, worked out once for all looks ahead of one search: most cells are the same
 * from one look to the next. Bounded; what is not remembered is worked out again. Not thread-safe.
 */
final class CellSupplies {

  private static final int MOST = 1 << 12;

  private record Key(Cell cell, ImmutableIntArray useful) {}

  private final Map<Key, List<int[]>> known = new HashMap<>();

  /**
   * Returns what a cell can supply; incomplete once the effort is spent. Don't change the amounts.
   *
   * @param useful how much of each part is of use at most
   */
  List<int[]> of(Cell cell, int[] useful, Effort effort) {
    int[] most = cell.most(useful.length);
    Arrays.setAll(most, part -> Math.min(most[part], useful[part]));
    Key key = new Key(cell, ImmutableIntArray.copyOf(most));
    List<int[]> before = known.get(key);
    if (before != null) {
      return before;
    }
    List<int[]> supplies = cell.supplies(most, effort).members();
    if (!effort.isSpent() && known.size() < MOST) {
      known.put(key, supplies);
    }
    return supplies;
  }
}
