package io.tangram.solver.compile;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a device draws from one counter set: scaled amounts other than zero by local counter number,
 * ascending.
 */
public final class Draw {

  private final int[] counters;
  private final long[] amounts;

  Draw(int[] counters, long[] amounts) {
    this.counters = counters;
    this.amounts = amounts;
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Draw draw
        && Arrays.equals(counters, draw.counters)
        && Arrays.equals(amounts, draw.amounts);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(counters), Arrays.hashCode(amounts));
  }
}
