package io.tangram.solver.compile;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a device draws from one counter set: scaled amounts other than zero by local counter number,
 * ascending, and the compatibility groups under which it does.
 */
public final class Draw {

  private final int[] counters;
  private final long[] amounts;
  private final ImmutableIntArray groups;
  private final int hash;

  Draw(int[] counters, long[] amounts, ImmutableIntArray groups) {
    this.counters = counters;
    this.amounts = amounts;
    this.groups = groups;
    this.hash = Objects.hash(Arrays.hashCode(counters), Arrays.hashCode(amounts), groups);
  }

  /** How many counters of the set are drawn on. */
  public int size() {
    return counters.length;
  }

  /** The local number of the i-th counter drawn on. */
  public int counter(int i) {
    return counters[i];
  }

  /** What is drawn of the i-th counter drawn on. */
  public long amount(int i) {
    return amounts[i];
  }

  /** The numbers of the groups in the set, ascending, see {@link GroupTable}; at least one. */
  public ImmutableIntArray groups() {
    return groups;
  }

  /** The same numbers as a set. */
  public BitSet groupSet() {
    BitSet set = new BitSet();
    groups.forEach(set::set);
    return set;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Draw draw
        && Arrays.equals(counters, draw.counters)
        && Arrays.equals(amounts, draw.amounts)
        && groups.equals(draw.groups);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
