package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import java.util.BitSet;
import java.util.Optional;

/**
 * Units that can stand in for each other, apart from priority and order.
 *
 * @param index its number
 * @param claims the shapes of its pending claims, in order
 * @param nodes the nodes on which it may be placed; all where absent (R186)
 */
public record UnitType(int index, ImmutableList<ClaimShape> claims, Optional<BitSet> nodes) {

  /** Whether the unit may be placed on a node. */
  public boolean mayUse(int node) {
    return nodes.isEmpty() || nodes.get().get(node);
  }

  /** Its number: hashing all that it stands for, again at every look-up, would be slow. */
  @Override
  public int hashCode() {
    return index;
  }
}
