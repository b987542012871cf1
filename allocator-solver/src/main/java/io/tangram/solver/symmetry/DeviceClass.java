package io.tangram.solver.symmetry;

import com.google.common.collect.ImmutableList;
import io.tangram.solver.compile.Leaf;
import java.util.BitSet;

/**
 * Dedicated devices that nobody needs to tell apart, counters and place aside.
 *
 * @param index its number
 * @param admittedBy the numbers of the leaf requests that admit them, taints and selectors
 *     considered
 * @param share their share in millionths, where the admission objective reads it, else 0
 * @param size their size in millionths, where fit is an objective, else 0
 * @param suits the numbers of the expected requests that they suit, where an objective looks at
 *     them
 * @param loss what the supply for these loses with one of them, in so far as no counters are drawn
 * @param ties for each tied trait the code of its value, {@link #NO_VALUE} where it is missing;
 *     codes of values that only one node has are numbered anew on each node
 */
public record DeviceClass(
    int index,
    BitSet admittedBy,
    long share,
    long size,
    BitSet suits,
    long loss,
    ImmutableList<Integer> ties) {

  /** The code of a missing value. */
  public static final int NO_VALUE = -1;

  /** Whether the leaf request admits the devices. */
  public boolean isFor(Leaf leaf) {
    return admittedBy.get(leaf.index());
  }
}
