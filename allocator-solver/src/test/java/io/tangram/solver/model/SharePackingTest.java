package io.tangram.solver.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharePackingTest {

  @Test
  void packsTheLargestFirstEachWhereItLeavesLeast() {
    SharePacking packing =
        new SharePacking(new long[] {10}, 2, List.of(new long[] {4}, new long[] {6}));

    List<List<Integer>> bins = packing.packLargestFirst(new long[] {2, 2});

    assertThat(bins).containsExactly(List.of(0, 1), List.of(0, 1));
  }

  @Test
  void leavesOutWhatDoesNotFit() {
    SharePacking packing = new SharePacking(new long[] {10}, 2, List.of(new long[] {6}));

    List<List<Integer>> bins = packing.packLargestFirst(new long[] {3});

    assertThat(bins).containsExactly(List.of(0, 1));
  }

  @Test
  void heedsEveryDimension() {
    SharePacking packing =
        new SharePacking(new long[] {10, 3}, 1, List.of(new long[] {1, 2}, new long[] {5, 1}));

    List<List<Integer>> bins = packing.packLargestFirst(new long[] {2, 1});

    assertThat(bins).containsExactly(List.of(0), List.of(0));
  }

  @Test
  void goesOnWhereThereIsRoomLeft() {
    SharePacking packing =
        new SharePacking(new long[] {10}, 1, List.of(new long[] {7}, new long[] {3}));
    packing.packLargestFirst(new long[] {1, 0});

    List<Integer> bins = packing.pack(1, 5);

    assertThat(packing.smallestFirst()).containsExactly(1, 0);
    assertThat(bins).containsExactly(0);
  }
}
