package io.tangram.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.check.Packing.Item;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PackingTest {

  private static ImmutableList<BigDecimal> amounts(List<Integer> amounts) {
    return amounts.stream().map(BigDecimal::valueOf).collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<BigDecimal> amounts(Integer... amounts) {
    return amounts(List.of(amounts));
  }

  private static Item item(long gain, Integer... draws) {
    return new Item(amounts(draws), gain);
  }

  @Test
  void gainsNothingFromNothing() {
    assertThat(Packing.mostGained(amounts(3), List.of())).isZero();
  }

  @Test
  void takesTheSmallestFirst() {
    long gained =
        Packing.mostGained(amounts(7), List.of(item(1, 4), item(1, 3), item(1, 2), item(1, 1)));

    assertThat(gained).isEqualTo(3);
  }

  @Test
  void takesEveryOtherItemOfALongRing() {
    int counters = 40;
    List<Item> ring =
        IntStream.range(0, counters)
            .mapToObj(
                i -> {
                  Integer[] draws = new Integer[counters];
                  Arrays.fill(draws, 0);
                  draws[i] = 1;
                  draws[(i + 1) % counters] = 1;
                  return item(1, draws);
                })
            .toList();

    long gained = Packing.mostGained(amounts(Collections.nCopies(counters, 1)), ring);

    assertThat(gained).isEqualTo(20);
  }

  @Test
  void takesEachItemOnce() {
    assertThat(Packing.mostGained(amounts(10), List.of(item(1, 2), item(1, 2)))).isEqualTo(2);
  }

  @Test
  void takesAsManyEqualItemsAsFit() {
    assertThat(Packing.mostGained(amounts(7), Collections.nCopies(5, item(2, 2)))).isEqualTo(6);
  }

  @Test
  void drawsACounterToItsEnd() {
    assertThat(Packing.mostGained(amounts(2, 1), List.of(item(1, 2, 1)))).isEqualTo(1);
    assertThat(Packing.mostGained(amounts(2, 0), List.of(item(1, 2, 1)))).isZero();
  }

  @Test
  void leavesASmallItemForTwoThatNeedItsPlace() {
    // the first two are the smallest, and each of the others needs one of their counters
    List<Item> items =
        List.of(item(1, 1, 1, 0, 0), item(2, 2, 0, 0, 0), item(2, 0, 2, 0, 0), item(1, 0, 0, 1, 1));

    assertThat(Packing.mostGained(amounts(2, 2, 1, 1), items)).isEqualTo(5);
  }

  @Test
  void prefersOneItemThatGainsMoreThanTwo() {
    assertThat(Packing.mostGained(amounts(4), List.of(item(1, 2), item(1, 2), item(5, 4))))
        .isEqualTo(5);
  }

  @Test
  void stopsSearchingWhereNothingCanBeGained() {
    // a search without bounds would look at two to the power of sixty choices
    List<Item> places =
        IntStream.range(0, 60)
            .mapToObj(
                place -> {
                  Integer[] draws = new Integer[60];
                  Arrays.fill(draws, 0);
                  draws[place] = 1;
                  return item(1, draws);
                })
            .toList();

    assertThat(Packing.mostGained(amounts(Collections.nCopies(60, 1)), places)).isEqualTo(60);
  }

  @Provide
  Arbitrary<List<Item>> items() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 3).list().ofSize(3),
            Arbitraries.longs().between(1, 3))
        .as((draws, gain) -> new Item(amounts(draws), gain))
        .list()
        .ofMaxSize(8);
  }

  @Property
  void findsWhatTryingAllFinds(
      @ForAll("items") List<Item> items, @ForAll @Size(3) List<@IntRange(max = 6) Integer> left) {
    assertThat(Packing.mostGained(amounts(left), items)).isEqualTo(tried(items, left));
  }

  private static long tried(List<Item> items, List<Integer> left) {
    long most = 0;
    for (int chosen = 0; chosen < 1 << items.size(); chosen++) {
      long gain = 0;
      int[] rest = left.stream().mapToInt(Integer::intValue).toArray();
      for (int i = 0; i < items.size(); i++) {
        if ((chosen >> i & 1) == 1) {
          gain += items.get(i).gain();
          for (int c = 0; c < rest.length; c++) {
            rest[c] -= items.get(i).draws().get(c).intValueExact();
          }
        }
      }
      if (IntStream.of(rest).allMatch(amount -> amount >= 0)) {
        most = Math.max(most, gain);
      }
    }
    return most;
  }
}
