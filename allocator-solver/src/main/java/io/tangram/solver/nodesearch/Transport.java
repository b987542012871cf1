package io.tangram.solver.nodesearch;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Whether so many of each good can be had from sources each of which gives one, of those goods that
 * it has. Flow by augmenting paths; polynomial in goods and kinds of sources.
 */
final class Transport {

  private final List<BitSet> goodsOf;
  private final int[] free;
  private final int[][] given;

  private Transport(int goods, List<BitSet> goodsOf, int[] sources) {
    this.goodsOf = goodsOf;
    this.free = sources.clone();
    this.given = new int[goods][sources.length];
  }

  /**
   * Returns whether the goods can be had.
   *
   * @param wanted how many of each good
   * @param goodsOf what a source of each kind has
   * @param sources how many sources there are of each kind
   */
  static boolean covers(int[] wanted, List<BitSet> goodsOf, int[] sources) {
    Transport transport = new Transport(wanted.length, goodsOf, sources);
    for (int good = 0; good < wanted.length; good++) {
      int missing = wanted[good] - transport.takeFree(good, wanted[good]);
      for (int unit = 0; unit < missing; unit++) {
        if (!transport.augment(good)) {
          return false;
        }
      }
    }
    return true;
  }

  private int takeFree(int good, int wanted) {
    int taken = 0;
    for (int kind = 0; kind < free.length && taken < wanted; kind++) {
      if (free[kind] > 0 && goodsOf.get(kind).get(good)) {
        int some = Math.min(free[kind], wanted - taken);
        free[kind] -= some;
        given[good][kind] += some;
        taken += some;
      }
    }
    return taken;
  }

  /** Finds one more source for a good, if need be by sending another good to another source. */
  private boolean augment(int wanted) {
    int[] reachedFrom = new int[given.length];
    int[] through = new int[given.length];
    Arrays.fill(reachedFrom, -1);
    reachedFrom[wanted] = wanted;
    int[] queue = new int[given.length];
    int end = 0;
    queue[end++] = wanted;
    for (int next = 0; next < end; next++) {
      int good = queue[next];
      for (int kind = 0; kind < free.length; kind++) {
        if (!goodsOf.get(kind).get(good)) {
          continue;
        }
        if (free[kind] > 0) {
          free[kind]--;
          redirect(good, kind, wanted, reachedFrom, through);
          return true;
        }
        for (int other = 0; other < given.length; other++) {
          if (reachedFrom[other] < 0 && given[other][kind] > 0) {
            reachedFrom[other] = good;
            through[other] = kind;
            queue[end++] = other;
          }
        }
      }
    }
    return false;
  }

  private void redirect(int last, int kind, int wanted, int[] reachedFrom, int[] through) {
    int good = last;
    int source = kind;
    while (good != wanted) {
      given[good][source]++;
      source = through[good];
      given[good][source]--;
      good = reachedFrom[good];
    }
    given[good][source]++;
  }
}
