package io.tangram.solver.packing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KnapsackTest {

  /** A bin of two dimensions and three sizes of items. */
  static final class Case {
    private final long[] capacity;
    private final List<long[]> sizes;
    private final double[] values;
    private final int[] most;

    Case(long[] capacity, List<long[]> sizes, double[] values, int[] most) {
      this.capacity = capacity;
      this.sizes = sizes;
      this.values = values;
      this.most = most;
    }
  }

  @Property
  void findsWhatTryingEverythingFinds(@ForAll("cases") Case given) {
    Knapsack knapsack = new Knapsack(given.capacity, given.sizes);

    ImmutableIntArray items = knapsack.best(List.of(0, 1, 2), given.values, given.most);

    assertThat(fits(given, items.toArray())).isTrue();
    assertThat(worth(given, items.toArray())).isEqualTo(best(given, new int[3], 0));
  }

  @Test
  void usesNoSizeThatIsNotAmongThoseAskedFor() {
    Knapsack knapsack = new Knapsack(new long[] {10}, List.of(new long[] {5}, new long[] {4}));

    ImmutableIntArray items = knapsack.best(List.of(1), new double[] {5, 4}, new int[] {9, 9});

    assertThat(items.asList()).containsExactly(0, 2);
  }

  @Test
  void countsLargeBinsInCoarserUnitsAndRoundsItemsUp() {
    long large = 1L << 40;
    Knapsack knapsack = new Knapsack(new long[] {large}, List.of(new long[] {large / 3 + 1}));

    ImmutableIntArray items = knapsack.best(List.of(0), new double[] {1}, new int[] {3});

    assertThat(items.asList()).containsExactly(2);
  }

  @Test
  void putsEverythingIntoABinWithoutDimensions() {
    Knapsack knapsack = new Knapsack(new long[0], List.of(new long[0], new long[0]));

    ImmutableIntArray items = knapsack.best(List.of(0, 1), new double[] {1, 1}, new int[] {3, 40});

    assertThat(items.asList()).containsExactly(3, 40);
  }

  @Test
  void takesNothingOfADimensionThatIsUsedUp() {
    Knapsack knapsack =
        new Knapsack(new long[] {5, 0}, List.of(new long[] {1, 1}, new long[] {2, 0}));

    ImmutableIntArray items = knapsack.best(List.of(0, 1), new double[] {9, 1}, new int[] {5, 5});

    assertThat(items.asList()).containsExactly(0, 2);
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<long[]> vector = Arbitraries.longs().between(0, 7).array(long[].class).ofSize(2);
    return Combinators.combine(
            vector,
            vector.list().ofSize(3),
            Arbitraries.integers().between(0, 9).array(int[].class).ofSize(3),
            Arbitraries.integers().between(0, 3).array(int[].class).ofSize(3))
        .as(
            (capacity, sizes, values, most) ->
                new Case(capacity, sizes, IntStream.of(values).asDoubleStream().toArray(), most));
  }

  private static double best(Case given, int[] items, int size) {
    if (size == items.length) {
      return fits(given, items) ? worth(given, items) : 0;
    }
    double best = 0;
    for (int n = 0; n <= given.most[size]; n++) {
      int[] more = items.clone();
      more[size] = n;
      best = Math.max(best, best(given, more, size + 1));
    }
    return best;
  }

  private static boolean fits(Case given, int[] items) {
    return IntStream.range(0, given.capacity.length)
        .allMatch(
            i ->
                IntStream.range(0, items.length)
                        .mapToLong(size -> items[size] * given.sizes.get(size)[i])
                        .sum()
                    <= given.capacity[i]);
  }

  private static double worth(Case given, int[] items) {
    return IntStream.range(0, items.length).mapToDouble(i -> items[i] * given.values[i]).sum();
  }
}
