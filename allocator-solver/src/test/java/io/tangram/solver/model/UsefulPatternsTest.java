package io.tangram.solver.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import io.tangram.solver.Fleet;
import io.tangram.solver.PartitionedNode;
import io.tangram.solver.PartitionedNode.Parts;
import io.tangram.solver.Supplies;
import io.tangram.solver.symmetry.ComponentGroup;
import io.tangram.solver.symmetry.Supply.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Boards that are one big device or two small ones, and what nobody takes of them. */
class UsefulPatternsTest {

  private final ComponentGroup boards =
      Iterables.getOnlyElement(
          Supplies.of(
                  Fleet.of("n")
                      .addAllSlices(
                          PartitionedNode.of("n")
                              .board(2, new Parts("big", 1, 2), new Parts("small", 2, 1))
                              .board(2, new Parts("big", 1, 2), new Parts("small", 2, 1))
                              .slices())
                      .addClaims(
                          Fleet.claim("a", Fleet.one("big")), Fleet.claim("b", Fleet.one("small")))
                      .build())
              .groups());
  private final int big = patternWithMost(1);
  private final int small = patternWithMost(2);

  @Test
  void suppliesWhatIsUsefulInPlaceOfWhatNobodyTakes() {
    UsefulPatterns patterns = new UsefulPatterns(Map.of(placeOf(big), 1L), Set.of(placeOf(small)));

    long[] improved = patterns.improve(boards, counts(2, 0));

    assertThat(improved).isEqualTo(counts(1, 1));
  }

  @Test
  void leavesWhatIsTaken() {
    UsefulPatterns patterns = new UsefulPatterns(Map.of(), Set.of(placeOf(small)));

    long[] improved = patterns.improve(boards, counts(2, 0));

    assertThat(improved).isEqualTo(counts(2, 0));
  }

  @Test
  void leavesWhatIsOfNoUseAnyway() {
    UsefulPatterns patterns = new UsefulPatterns(Map.of(placeOf(big), 2L), Set.of());

    long[] improved = patterns.improve(boards, counts(2, 0));

    assertThat(improved).isEqualTo(counts(2, 0));
  }

  private long[] counts(long ofBig, long ofSmall) {
    long[] counts = new long[boards.patterns().size()];
    counts[big] = ofBig;
    counts[small] = ofSmall;
    return counts;
  }

  private int patternWithMost(int devices) {
    return IntStream.range(0, boards.patterns().size())
        .filter(p -> boards.patterns().get(p).supply().stream().sum() == devices)
        .findFirst()
        .orElseThrow();
  }

  private Place placeOf(int pattern) {
    List<Place> places = boards.places();
    return places.get(
        IntStream.range(0, places.size())
            .filter(cell -> boards.patterns().get(pattern).supply().get(cell) > 0)
            .findFirst()
            .orElseThrow());
  }
}
