package io.tangram.solver.nodesearch;

import com.google.common.primitives.ImmutableLongArray;
import java.util.HashSet;
import java.util.Set;

/**
 * States of the search from which there is no solution, so that none is searched twice. What lies
 * ahead depends on which kinds of devices are gone, not on the order in which they went nor on
 * which of two equal ones it was. Bounded; a state that is not remembered is searched again.
 */
final class FailedStates {

  private static final int MOST = 1 << 17;

  private record Key(int line, ImmutableLongArray tokens) {}

  private final Set<Key> failed = new HashSet<>();

  /** Whether nothing is remembered. */
  boolean isEmpty() {
    return failed.isEmpty();
  }

  /** Whether the search is known to fail from here. */
  boolean contains(int line, long[] sortedTokens) {
    return failed.contains(new Key(line, ImmutableLongArray.copyOf(sortedTokens)));
  }

  /** Remembers that the search fails from here. */
  void add(int line, long[] sortedTokens) {
    if (failed.size() < MOST) {
      failed.add(new Key(line, ImmutableLongArray.copyOf(sortedTokens)));
    }
  }
}
