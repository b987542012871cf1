package io.tangram.solver.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargestSupplyTest {

  @Test
  void givesAllThatDrawsOnNothing() {
    Offer free = offer(5, 1, 0);

    assertThat(LargestSupply.of(0, List.of(free), new long[] {0})).isEqualTo(5);
  }

  @Test
  void givesTheSmallOnesRatherThanTheWhole() {
    Offer whole = offer(1, 1, 7);
    Offer slice = offer(7, 1, 1);

    assertThat(LargestSupply.of(0, List.of(whole, slice), new long[] {7})).isEqualTo(7);
    assertThat(LargestSupply.of(0, List.of(whole), new long[] {7})).isEqualTo(1);
  }

  @Test
  void givesTheWholeBesideTheSmallOnesWhereThereIsRoom() {
    Offer whole = offer(1, 1, 7);
    Offer slice = offer(2, 1, 1);

    assertThat(LargestSupply.of(0, List.of(whole, slice), new long[] {9})).isEqualTo(3);
    assertThat(LargestSupply.of(0, List.of(whole, slice), new long[] {8})).isEqualTo(2);
  }

  @Test
  void countsTheSharesOfASharedDeviceAgainstOneDraw() {
    Offer shared = offer(1, 3, 5);
    Offer slice = offer(4, 1, 1);

    assertThat(LargestSupply.of(0, List.of(shared, slice), new long[] {7})).isEqualTo(5);
    assertThat(LargestSupply.of(0, List.of(shared, slice), new long[] {4})).isEqualTo(4);
  }

  @Test
  void looksOnlyAtWhatServesTheKind() {
    Offer other = new Offer(3, ImmutableLongArray.of(1), ImmutableLongArray.of(0, 1));

    assertThat(LargestSupply.of(0, List.of(other), new long[] {3})).isZero();
    assertThat(LargestSupply.of(1, List.of(other), new long[] {2})).isEqualTo(2);
  }

  @Test
  void findsLayoutsThatGreedPasses() {
    // Of an odd board, the piece that fits first leaves room for one other, the two others for two.
    Offer middle = new Offer(1, ImmutableLongArray.of(0, 1, 1, 0), ImmutableLongArray.of(1));
    Offer left = new Offer(1, ImmutableLongArray.of(1, 1, 0, 0), ImmutableLongArray.of(1));
    Offer right = new Offer(1, ImmutableLongArray.of(0, 0, 1, 1), ImmutableLongArray.of(1));
    List<Offer> offers = new ArrayList<>(List.of(middle, left, right));

    assertThat(LargestSupply.of(0, offers, new long[] {1, 1, 1, 1})).isEqualTo(2);
  }

  @Test
  void leavesOutOneOfTwoThatAreAlikeAndExcludeEachOther() {
    Offer one = offer(1, 1, 4);
    Offer same = offer(1, 1, 4);

    assertThat(LargestSupply.of(0, List.of(one, same), new long[] {7})).isEqualTo(1);
    assertThat(LargestSupply.of(0, List.of(one, same), new long[] {8})).isEqualTo(2);
  }

  /** Two devices that are neighbours draw on one counter: every other one can be given. */
  @Test
  void countsAroundARingOfLinkedCounters() {
    int counters = 64;
    long[] remaining = new long[counters];
    Arrays.fill(remaining, 1);
    List<Offer> ring = new ArrayList<>();
    for (int i = 0; i < counters; i++) {
      long[] draws = new long[counters];
      draws[i * 37 % counters] = 1;
      draws[(i * 37 + 1) % counters] = 1;
      ring.add(new Offer(1, ImmutableLongArray.copyOf(draws), ImmutableLongArray.of(1)));
    }

    assertThat(LargestSupply.of(0, ring, remaining)).isEqualTo(32);
    assertThat(LargestSupply.of(0, ring.subList(1, counters), remaining)).isEqualTo(32);
    assertThat(LargestSupply.of(0, ring.subList(0, counters - 1), remaining)).isEqualTo(32);
  }

  private static Offer offer(long devices, long units, long draw) {
    return new Offer(devices, ImmutableLongArray.of(draw), ImmutableLongArray.of(units));
  }
}
