package io.tangram.solver.symmetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Longs;
import io.tangram.api.Cancellation;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.Placement;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.symmetry.ComponentClass.Cell;
import io.tangram.solver.symmetry.ComponentClass.Item;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSearchTest {

  private static final BitSet TOGETHER = BitSet.valueOf(new long[] {1});

  /** The multisets of profiles that no other contains, as the catalogue's layouts have them. */
  @ParameterizedTest
  @ValueSource(strings = {"A100-40GB", "H100-80GB", "H200-141GB"})
  void finds28PatternsOnBoardsOfSevenSlices(String key) {
    ComponentClass board = board(HardwareCatalog.standard().model(key));

    Optional<List<Pattern>> patterns = PatternSearch.of(board, Deadline.never());

    assertThat(patterns.orElseThrow()).hasSize(28);
  }

  @Test
  void findsNoPatternThatAnotherContains() {
    ComponentClass board = board(HardwareCatalog.standard().model("H100-80GB"));

    List<Pattern> patterns = PatternSearch.of(board, Deadline.never()).orElseThrow();

    assertThat(patterns)
        .allSatisfy(
            pattern ->
                assertThat(patterns)
                    .noneMatch(other -> !other.equals(pattern) && other.dominates(pattern)));
  }

  @Test
  void givesEveryPatternALayoutThatMakesIt() {
    ComponentClass component = component(5, item(0, 3, 4), item(1, 2, 1), item(1, 1, 1));

    List<Pattern> patterns = PatternSearch.of(component, Deadline.never()).orElseThrow();

    assertThat(patterns)
        .containsExactlyInAnyOrder(
            new Pattern(ImmutableIntArray.of(1, 1), ImmutableIntArray.of(1, 1, 0), 0),
            new Pattern(ImmutableIntArray.of(0, 2), ImmutableIntArray.of(0, 1, 1), 0));
  }

  @Test
  void takesTogetherOnlyWhatMayBeInUseTogether() {
    ComponentClass twoKinds = component(3, item(0, 1, 2, 0), item(1, 1, 2, 1), item(2, 1, 1, 0, 1));

    List<Pattern> patterns = PatternSearch.of(twoKinds, Deadline.never()).orElseThrow();

    assertThat(patterns)
        .extracting(pattern -> pattern.supply().asList())
        .containsExactlyInAnyOrder(List.of(2, 0, 1), List.of(0, 2, 1));
  }

  @Test
  void suppliesNothingWhereNothingIsLeft() {
    ComponentClass used = component(0, item(0, 1, 7));

    List<Pattern> patterns = PatternSearch.of(used, Deadline.never()).orElseThrow();

    assertThat(patterns)
        .containsExactly(new Pattern(ImmutableIntArray.of(0), ImmutableIntArray.of(0), 0));
  }

  @Test
  void givesUpWhereThereAreTooManyLayouts() {
    Item[] unlike =
        IntStream.range(0, 40).mapToObj(i -> item(i, 1_000 + i, 1)).toArray(Item[]::new);

    Optional<List<Pattern>> patterns =
        PatternSearch.of(component(20_000, unlike), Deadline.never());

    assertThat(patterns).isEmpty();
  }

  @Test
  void givesUpWhenTheTimeIsOver() {
    ComponentClass board = board(HardwareCatalog.standard().model("H100-80GB"));

    Optional<List<Pattern>> patterns =
        PatternSearch.of(board, Deadline.after(Duration.ZERO, Cancellation.never()));

    assertThat(patterns).isEmpty();
  }

  private static ComponentClass component(long left, Item... items) {
    return new ComponentClass(ImmutableList.copyOf(items), new long[] {left});
  }

  /** So many devices of a class, each drawing on the only counter, that may be in use together. */
  private static Item item(int deviceClass, long draw, int devices) {
    return item(deviceClass, draw, devices, 0);
  }

  /** The same that may be in use together with others of these numbers. */
  private static Item item(int deviceClass, long draw, int devices, int... together) {
    BitSet sets = new BitSet();
    IntStream.of(together).forEach(sets::set);
    return new Item(new Cell(Cell.ANYWHERE, deviceClass), new long[] {draw}, sets, devices);
  }

  /** A whole GPU: a class for each plain profile, a counter for each memory slice and resource. */
  private static ComponentClass board(GpuModel model) {
    List<MigProfile> plain = model.profiles().stream().filter(MigProfile::isPlain).toList();
    ImmutableList.Builder<Item> items = ImmutableList.builder();
    for (int profile = 0; profile < plain.size(); profile++) {
      for (Placement placement : plain.get(profile).placements()) {
        long[] draws = draws(model, plain.get(profile), placement);
        items.add(new Item(new Cell(Cell.ANYWHERE, profile), draws, TOGETHER, 1));
      }
    }
    long[] slices =
        LongStream.generate(() -> 1).limit(model.memorySlices().orElseThrow()).toArray();
    long[] totals =
        model.totals().values().stream().mapToLong(q -> q.value().longValue()).toArray();
    return new ComponentClass(items.build(), Longs.concat(slices, totals));
  }

  private static long[] draws(GpuModel model, MigProfile profile, Placement placement) {
    long[] slices =
        IntStream.range(0, model.memorySlices().orElseThrow())
            .mapToLong(slice -> placement.overlaps(new Placement(slice, 1)) ? 1 : 0)
            .toArray();
    long[] amounts =
        model.totals().keySet().stream()
            .mapToLong(resource -> profile.amounts().get(resource).value().longValue())
            .toArray();
    return Longs.concat(slices, amounts);
  }
}
