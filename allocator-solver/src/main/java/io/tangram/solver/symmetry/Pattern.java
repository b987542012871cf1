package io.tangram.solver.symmetry;

import com.google.common.primitives.ImmutableIntArray;

/**
 * What a component can supply at once.
 *
 * @param supply how many devices of each cell, in the order of {@link ComponentClass#cells}
 * @param layout how many devices of each item make that supply, in the order of its items
 * @param loss what the supply of expected requests loses by the layout, where an objective asks
 */
public record Pattern(ImmutableIntArray supply, ImmutableIntArray layout, long loss) {

  /** Whether this supplies so much of each cell. */
  public boolean covers(int[] wanted) {
    for (int cell = 0; cell < wanted.length; cell++) {
      if (supply.get(cell) < wanted[cell]) {
        return false;
      }
    }
    return true;
  }

  /** Whether this supplies at least as much of everything as {@code other}, and loses no more. */
  boolean dominates(Pattern other) {
    if (loss > other.loss) {
      return false;
    }
    for (int cell = 0; cell < supply.length(); cell++) {
      if (supply.get(cell) < other.supply.get(cell)) {
        return false;
      }
    }
    return true;
  }
}
