package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The sets of which each two members are joined and to which no other can be added: the maximal
 * cliques of a graph. The algorithm of Bron and Kerbosch (CACM 16, 1973), with the pivot of Tomita,
 * Tanaka and Takahashi (2006), that joins most of what may still be added. Of n members there are
 * at most 3<sup>n/3</sup> sets, 324 of 16; machines as they are built have a few.
 *
 * @param sets the sets; if there are too many, one for each member alone
 * @param areAll whether they are what they are said to be, not too many
 */
record MaximalSets(ImmutableList<BitSet> sets, boolean areAll) {

  /** Beyond so many sets it is given up. */
  static final int MOST = 4_096;

  /**
   * Finds the sets.
   *
   * @param joined the members that each member is joined to, never itself
   */
  static MaximalSets of(List<BitSet> joined) {
    Search search = new Search(joined);
    BitSet all = new BitSet();
    all.set(0, joined.size());
    search.extend(new BitSet(), all, new BitSet());
    if (search.found.size() <= MOST) {
      return new MaximalSets(ImmutableList.copyOf(search.found), true);
    }
    ImmutableList.Builder<BitSet> alone = ImmutableList.builder();
    for (int member = 0; member < joined.size(); member++) {
      BitSet one = new BitSet();
      one.set(member);
      alone.add(one);
    }
    return new MaximalSets(alone.build(), false);
  }

  private static final class Search {
    private final List<BitSet> joined;
    private final List<BitSet> found = new ArrayList<>();

    Search(List<BitSet> joined) {
      this.joined = joined;
    }

    /**
     * Finds the sets with some members.
     *
     * @param members the members, all joined
     * @param more what is joined to all of them and has not been looked at
     * @param done what is joined to all of them and has been looked at
     */
    void extend(BitSet members, BitSet more, BitSet done) {
      if (more.isEmpty()) {
        if (done.isEmpty() && !members.isEmpty()) {
          found.add((BitSet) members.clone());
        }
        return;
      }
      BitSet candidates = (BitSet) more.clone();
      candidates.andNot(joined.get(pivot(more, done)));
      for (int each : candidates.stream().toArray()) {
        if (found.size() > MOST) {
          return;
        }
        members.set(each);
        extend(members, common(more, each), common(done, each));
        members.clear(each);
        more.clear(each);
        done.set(each);
      }
    }

    private int pivot(BitSet more, BitSet done) {
      BitSet either = (BitSet) more.clone();
      either.or(done);
      int best = -1;
      int most = -1;
      for (int each = either.nextSetBit(0); each >= 0; each = either.nextSetBit(each + 1)) {
        int count = common(more, each).cardinality();
        if (count > most) {
          most = count;
          best = each;
        }
      }
      return best;
    }

    private BitSet common(BitSet some, int member) {
      BitSet common = (BitSet) some.clone();
      common.and(joined.get(member));
      return common;
    }
  }
}
