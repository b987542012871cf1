package io.tangram.solver.packing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import io.tangram.solver.packing.BinFilling.Layer;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BinFillingTest {

  @Test
  void fillsBinsToTheBrimWhereItemsAllowThat() {
    BinFilling filling =
        new BinFilling(new long[] {10}, 4, List.of(new long[] {7}, new long[] {3}, new long[] {6}));

    List<Layer> layers = filling.fill(new long[] {4, 4, 2}, 1);

    assertThat(layers).containsExactly(new Layer(ImmutableIntArray.of(1, 1, 0), 4));
  }

  @Test
  void fillsNothingWithNothing() {
    BinFilling filling = new BinFilling(new long[] {10}, 4, List.of(new long[] {7}));

    assertThat(filling.fill(new long[] {0}, 1)).isEmpty();
  }

  @Property
  void usesNoMoreThanThereIs(
      @ForAll @Size(3) List<@IntRange(min = 1, max = 12) Integer> sizes,
      @ForAll @Size(3) List<@IntRange(max = 20) Integer> items,
      @ForAll @IntRange(min = 1, max = 9) int bins) {
    List<long[]> each = sizes.stream().map(size -> new long[] {size}).toList();
    long[] all = items.stream().mapToLong(n -> n).toArray();

    List<Layer> layers = new BinFilling(new long[] {12}, bins, each).fill(all, 1.05);

    assertThat(layers.stream().mapToInt(Layer::bins).sum()).isLessThanOrEqualTo(bins);
    assertThat(layers).allMatch(layer -> room(sizes, layer.items()) >= 0 && layer.bins() > 0);
    for (int size = 0; size < 3; size++) {
      int number = size;
      assertThat(layers.stream().mapToInt(l -> l.items().get(number) * l.bins()).sum())
          .isLessThanOrEqualTo(items.get(size));
    }
  }

  @Test
  void findsOtherPatternsNearby() {
    BinFilling filling =
        new BinFilling(new long[] {12}, 5, List.of(new long[] {4}, new long[] {3}, new long[] {6}));

    Set<ImmutableIntArray> patterns = filling.patterns(new long[] {20, 20, 20}, 1, 100);

    assertThat(patterns).hasSizeGreaterThan(2);
    assertThat(patterns).allMatch(pattern -> room(List.of(4, 3, 6), pattern) >= 0);
  }

  private static int room(List<Integer> sizes, ImmutableIntArray items) {
    int room = 12;
    for (int size = 0; size < sizes.size(); size++) {
      room -= sizes.get(size) * items.get(size);
    }
    return room;
  }
}
