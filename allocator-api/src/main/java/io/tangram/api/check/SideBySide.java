package io.tangram.api.check;

import com.google.common.collect.Lists;
import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

/** Parts work among threads of the common pool, the caller's own being one of them. */
final class SideBySide {

  private SideBySide() {}

  /**
   * Returns the runs of a list, in order, as a parallel stream: as many as there are workers, so
   * that no more threads work at a time.
   *
   * @param workers how many threads may work, at least 1
   */
  static <T> Stream<List<T>> runs(List<T> all, int workers) {
    int length = IntMath.divide(all.size(), workers, RoundingMode.CEILING);
    return Lists.partition(all, Math.max(1, length)).parallelStream();
  }
}
