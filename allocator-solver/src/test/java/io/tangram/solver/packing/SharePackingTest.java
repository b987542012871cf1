package io.tangram.solver.packing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableIntArray;
import io.tangram.solver.packing.BinFilling.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharePackingTest {

  @Test
  void packsTheLargestFirstEachWhereItLeavesLeast() {
    SharePacking packing =
        new SharePacking(new long[] {10}, 2, List.of(new long[] {4}, new long[] {6}));

    List<List<Integer>> bins = packing.pack(new long[] {2, 2}, List.of());

    assertThat(bins).containsExactly(List.of(0, 1), List.of(0, 1));
  }

  @Test
  void keepsToPatternsWhileThereAreItems() {
    SharePacking packing =
        new SharePacking(new long[] {10}, 2, List.of(new long[] {4}, new long[] {2}));
    Layer layer = new Layer(ImmutableIntArray.of(1, 3), 2);

    List<List<Integer>> bins = packing.pack(new long[] {2, 4}, List.of(layer));

    assertThat(bins).containsExactly(List.of(0, 1), List.of(0, 0, 0, 1));
  }

  @Test
  void leavesOutWhatDoesNotFit() {
    SharePacking packing = new SharePacking(new long[] {10}, 2, List.of(new long[] {6}));

    List<List<Integer>> bins = packing.pack(new long[] {3}, List.of());

    assertThat(bins).containsExactly(List.of(0, 1));
  }

  @Test
  void exchangesItemsWhereTheLargestFirstLeaveNoRoom() {
    SharePacking packing =
        new SharePacking(
            new long[] {10},
            2,
            List.of(new long[] {5}, new long[] {4}, new long[] {3}, new long[] {2}));

    List<List<Integer>> bins = packing.pack(new long[] {1, 1, 3, 1}, List.of());

    assertThat(bins).extracting(List::size).containsExactly(1, 1, 3, 1);
    assertThat(bins.get(0)).isEqualTo(bins.get(3));
    assertThat(packing.pack(3, 1)).isEmpty();
  }

  @Test
  void heedsEveryDimension() {
    SharePacking packing =
        new SharePacking(new long[] {10, 3}, 1, List.of(new long[] {1, 2}, new long[] {5, 1}));

    List<List<Integer>> bins = packing.pack(new long[] {2, 1}, List.of());

    assertThat(bins).containsExactly(List.of(0), List.of(0));
  }

  @Test
  void goesOnWhereThereIsRoomLeft() {
    SharePacking packing =
        new SharePacking(new long[] {10}, 1, List.of(new long[] {7}, new long[] {3}));
    packing.pack(new long[] {1, 0}, List.of());

    List<Integer> bins = packing.pack(1, 5);

    assertThat(packing.smallestFirst()).containsExactly(1, 0);
    assertThat(bins).containsExactly(0);
  }
}
