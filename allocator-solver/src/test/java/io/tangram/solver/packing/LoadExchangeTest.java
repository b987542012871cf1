package io.tangram.solver.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LoadExchangeTest {

  @Test
  void exchangesItemsUntilEveryBinHoldsWhatIsInIt() {
    double[][] sizes = {{6}, {6}, {4}, {4}};
    LoadExchange exchange =
        new LoadExchange(
            new double[][] {{10}, {10}},
            new int[] {0, 0, 1, 1},
            new int[4],
            sizes,
            (item, bin) -> true);

    exchange.run();

    assertThat(exchange.isOverfull(0)).isFalse();
    assertThat(exchange.isOverfull(1)).isFalse();
  }

  @Test
  void leavesItemsOfOtherKindsWhereTheyAre() {
    LoadExchange exchange =
        new LoadExchange(
            new double[][] {{10}, {10}},
            new int[] {0, 0, 1},
            new int[] {0, 1, 2},
            new double[][] {{6}, {6}, {1}},
            (item, bin) -> true);

    exchange.run();

    assertThat(IntStream.range(0, 3).map(exchange::place)).containsExactly(0, 1, 2);
    assertThat(exchange.isOverfull(0)).isTrue();
  }

  @Test
  void putsNoItemWhereItMayNotBe() {
    LoadExchange exchange =
        new LoadExchange(
            new double[][] {{10}, {10}},
            new int[] {0, 0, 1, 1},
            new int[4],
            new double[][] {{6}, {6}, {4}, {4}},
            (item, bin) -> item > 1 || bin == 0);

    exchange.run();

    assertThat(exchange.place(0)).isIn(0, 1);
    assertThat(exchange.place(1)).isIn(0, 1);
  }

  @Test
  void bringsWhatIsTooMuchTogether() {
    double[][] sizes = {{6}, {5}, {6}, {5}};
    LoadExchange exchange =
        new LoadExchange(
            new double[][] {{10}, {10}},
            new int[] {0, 0, 1, 1},
            new int[4],
            sizes,
            (item, bin) -> true);

    exchange.run();

    assertThat(exchange.isOverfull(0)).isNotEqualTo(exchange.isOverfull(1));
  }

  @Test
  void takesABinWithoutALimitForOneThatHoldsEverything() {
    LoadExchange exchange =
        new LoadExchange(
            new double[][] {{3}, {Double.POSITIVE_INFINITY}},
            new int[] {0, 0, 1, 1},
            new int[4],
            new double[][] {{5}, {2}, {1}, {2}},
            (item, bin) -> true);

    exchange.run();

    assertThat(exchange.isOverfull(0)).isFalse();
  }

  @Test
  void givesUpNoMoreBinsThanItMust() {
    int bins = 40;
    double[][] capacity = new double[bins][];
    Arrays.fill(capacity, new double[] {10});
    double[][] sizes =
        IntStream.range(0, 4 * bins)
            .mapToObj(item -> new double[] {item == 0 ? 3 : 1 + item % 4})
            .toArray(double[][]::new);
    LoadExchange exchange =
        new LoadExchange(
            capacity,
            IntStream.range(0, sizes.length).map(item -> item / 4).toArray(),
            new int[sizes.length],
            sizes,
            (item, bin) -> true);

    exchange.run();

    assertThat(IntStream.range(0, bins).filter(exchange::isOverfull)).hasSize(1);
  }

  @Test
  void fillsNearlyAllBinsToTheBrim() {
    int bins = 200;
    Random random = new Random(1);
    double[][] capacity = new double[bins][];
    Arrays.fill(capacity, new double[] {96, 128});
    double[][] sizes = new double[8 * bins][];
    for (int bin = 0; bin < bins; bin++) {
      double[] left = capacity[bin].clone();
      for (int i = 8 * bin; i < 8 * bin + 7; i++) {
        sizes[i] = new double[] {1 + random.nextInt((int) left[0] / 4), random.nextInt(17)};
        left[0] -= sizes[i][0];
        left[1] -= sizes[i][1];
      }
      sizes[8 * bin + 7] = left;
    }
    Collections.shuffle(Arrays.asList(sizes), random);
    LoadExchange exchange =
        new LoadExchange(
            capacity,
            IntStream.range(0, sizes.length).map(item -> item / 8).toArray(),
            IntStream.range(0, sizes.length).map(item -> item % 3).toArray(),
            sizes,
            (item, bin) -> true);

    exchange.run();

    assertThat(IntStream.range(0, bins).filter(exchange::isOverfull).count())
        .isLessThanOrEqualTo(1);
  }

  @Property
  void keepsEveryPlaceAndEveryKind(
      @ForAll @Size(12) int[] seeds, @ForAll @IntRange(min = 1, max = 4) int bins) {
    double[][] sizes =
        Arrays.stream(seeds)
            .mapToObj(s -> new double[] {s & 7, s >> 3 & 7})
            .toArray(double[][]::new);
    int[] kinds = Arrays.stream(seeds).map(s -> s >> 6 & 1).toArray();
    double[][] capacity = new double[bins][];
    Arrays.fill(capacity, new double[] {10, 12});
    LoadExchange exchange =
        new LoadExchange(
            capacity,
            IntStream.range(0, seeds.length).map(i -> i % bins).toArray(),
            kinds,
            sizes,
            (item, bin) -> true);

    exchange.run();

    int[] places = IntStream.range(0, seeds.length).map(exchange::place).toArray();
    assertThat(places).doesNotHaveDuplicates();
    assertThat(IntStream.range(0, places.length)).allMatch(i -> kinds[places[i]] == kinds[i]);
  }
}
