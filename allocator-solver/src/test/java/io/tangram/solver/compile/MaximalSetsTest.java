package io.tangram.solver.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MaximalSetsTest {

  @Test
  void aSwitchJoinsAllDevicesToOneSet() {
    MaximalSets sets = MaximalSets.of(joined(16, (one, other) -> true));

    assertThat(sets.areAll()).isTrue();
    assertThat(sets.sets())
        .containsExactly(set(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  }

  @Test
  void bridgesJoinPairsAndLeaveOthersAlone() {
    MaximalSets sets =
        MaximalSets.of(joined(5, (one, other) -> one + other == 1 || one * other == 6));

    assertThat(sets.sets()).containsExactlyInAnyOrder(set(0, 1), set(2, 3), set(4));
  }

  @Test
  void noMembersHaveNoSets() {
    assertThat(MaximalSets.of(List.of()).sets()).isEmpty();
  }

  @Test
  void tooManySetsAreGivenUp() {
    MaximalSets sets = MaximalSets.of(joined(30, (one, other) -> one / 3 != other / 3));

    assertThat(sets.areAll()).isFalse();
    assertThat(sets.sets()).hasSize(30).allMatch(each -> each.cardinality() == 1);
  }

  @Property
  void someAreJoinedIfAndOnlyIfASetHasThemAll(
      @ForAll @IntRange(min = 1, max = 9) int size, @ForAll @Size(36) List<Boolean> pairs) {
    List<BitSet> joined = joined(size, (one, other) -> pairs.get(other * (other - 1) / 2 + one));

    MaximalSets sets = MaximalSets.of(joined);

    assertThat(sets.sets()).doesNotHaveDuplicates();
    for (long bits = 1; bits < 1L << size; bits++) {
      BitSet some = BitSet.valueOf(new long[] {bits});
      assertThat(sets.sets().stream().anyMatch(set -> contains(set, some)))
          .as("%s among %s", some, joined)
          .isEqualTo(areJoined(some, joined));
    }
  }

  private static boolean contains(BitSet set, BitSet some) {
    BitSet missing = (BitSet) some.clone();
    missing.andNot(set);
    return missing.isEmpty();
  }

  private static boolean areJoined(BitSet some, List<BitSet> joined) {
    return some.stream()
        .allMatch(
            one -> some.stream().allMatch(other -> one == other || joined.get(one).get(other)));
  }

  /** The members that each is joined to, by a rule for pairs of a lesser and a greater one. */
  private static List<BitSet> joined(int size, BiPredicate<Integer, Integer> rule) {
    List<BitSet> joined = new ArrayList<>();
    for (int other = 0; other < size; other++) {
      joined.add(new BitSet());
      for (int one = 0; one < other; one++) {
        if (rule.test(one, other)) {
          joined.get(other).set(one);
          joined.get(one).set(other);
        }
      }
    }
    return joined;
  }

  private static BitSet set(int... members) {
    BitSet set = new BitSet();
    for (int member : members) {
      set.set(member);
    }
    return set;
  }
}
