package io.tangram.solver.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PairDivisionTest {

  private static final double[][] CAPACITY = {{10, 12}, {14, 9}};

  @Test
  void exchangesSeveralItemsWhereNoTwoWouldDo() {
    double[][] sizes = {{4, 1}, {1, 4}, {3, 3}, {2, 2}, {3, 1}, {1, 3}};
    BinLoads loads =
        new BinLoads(
            new double[][] {{7, 7}, {7, 7}},
            new int[] {0, 0, 0, 1, 1, 1},
            new int[6],
            sizes,
            (item, bin) -> true);

    boolean isBetter = new PairDivision(loads, new SplittableRandom(0)).divide(0, 1);

    assertThat(isBetter).isTrue();
    assertThat(loads.isOverfull(0)).isFalse();
    assertThat(loads.isOverfull(1)).isFalse();
  }

  @Test
  void leavesBinsThatShareNoKind() {
    BinLoads loads =
        new BinLoads(
            new double[][] {{1}, {9}},
            new int[] {0, 1},
            new int[] {0, 1},
            new double[][] {{2}, {1}},
            (item, bin) -> true);

    boolean isBetter = new PairDivision(loads, new SplittableRandom(0)).divide(0, 1);

    assertThat(isBetter).isFalse();
    assertThat(loads.placeOf(0)).isEqualTo(0);
  }

  @Test
  void movesNoMoreIntoABinThatIsGivenUpThanItMust() {
    BinLoads loads =
        new BinLoads(
            new double[][] {{10}, {10}},
            new int[] {0, 0, 1, 1, 1},
            new int[5],
            new double[][] {{6}, {5}, {1}, {4}, {9}},
            (item, bin) -> true);
    loads.giveUp(1);

    boolean isBetter = new PairDivision(loads, new SplittableRandom(0)).divide(0, 1);

    assertThat(isBetter).isTrue();
    assertThat(loads.load(0, 0)).isEqualTo(10);
  }

  @Property
  void findsTheLeastThatIsTooMuch(@ForAll @Size(8) int[] seeds) {
    double[][] sizes =
        Arrays.stream(seeds)
            .mapToObj(s -> new double[] {s & 7, s >> 3 & 7})
            .toArray(double[][]::new);
    int[] kinds = Arrays.stream(seeds).map(s -> s >> 6 & 1).toArray();
    int[] bins = Arrays.stream(seeds).map(s -> s >> 7 & 1).toArray();
    LoadExchange.Allowed allowed = (item, bin) -> bins[item] == bin || (seeds[item] & 1 << 8) == 0;
    BinLoads loads = new BinLoads(CAPACITY, bins, kinds, sizes, allowed);
    double least = leastTooMuch(bins, kinds, sizes, allowed);

    new PairDivision(loads, new SplittableRandom(0)).divide(0, 1);

    int[] after = IntStream.range(0, bins.length).map(i -> loads.binOf(loads.placeOf(i))).toArray();
    assertThat(tooMuch(after, sizes)).isLessThan(least + 1e-6);
    assertThat(IntStream.range(0, bins.length)).allMatch(i -> allowed.test(i, after[i]));
    assertThat(IntStream.range(0, 2))
        .allMatch(k -> inFirst(after, kinds, k) == inFirst(bins, kinds, k));
  }

  private static double leastTooMuch(
      int[] bins, int[] kinds, double[][] sizes, LoadExchange.Allowed allowed) {
    double least = Double.POSITIVE_INFINITY;
    for (int division = 0; division < 1 << bins.length; division++) {
      int[] divided = new int[bins.length];
      boolean isPossible = true;
      for (int i = 0; i < bins.length; i++) {
        divided[i] = division >> i & 1;
        isPossible &= allowed.test(i, divided[i]);
      }
      if (isPossible
          && inFirst(divided, kinds, 0) == inFirst(bins, kinds, 0)
          && inFirst(divided, kinds, 1) == inFirst(bins, kinds, 1)) {
        least = Math.min(least, tooMuch(divided, sizes));
      }
    }
    return least;
  }

  private static long inFirst(int[] bins, int[] kinds, int kind) {
    return IntStream.range(0, bins.length).filter(i -> kinds[i] == kind && bins[i] == 0).count();
  }

  private static double tooMuch(int[] bins, double[][] sizes) {
    double tooMuch = 0;
    for (int bin = 0; bin < CAPACITY.length; bin++) {
      for (int d = 0; d < CAPACITY[bin].length; d++) {
        double load = 0;
        for (int i = 0; i < bins.length; i++) {
          load += bins[i] == bin ? sizes[i][d] : 0;
        }
        tooMuch += Math.max(0, load - CAPACITY[bin][d]) / CAPACITY[bin][d];
      }
    }
    return tooMuch;
  }
}
