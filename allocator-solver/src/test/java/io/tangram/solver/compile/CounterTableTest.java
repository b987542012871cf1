package io.tangram.solver.compile;

import static io.tangram.solver.compile.Given.board;
import static io.tangram.solver.compile.Given.draws;
import static io.tangram.solver.compile.Given.part;
import static io.tangram.solver.compile.Given.partitioned;
import static io.tangram.solver.compile.Given.passed;
import static io.tangram.solver.compile.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.Quantity;
import io.tangram.solver.Fleet;
import io.tangram.solver.limit.Deadline;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Section 7 of the rules. */
class CounterTableTest {

  @Test
  void numbersTheSetsOfAllPools() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addAllSlices(partitioned("a", List.of(board("one", 4), board("two", 6))))
            .addAllSlices(partitioned("b", List.of(board("one", 8))))
            .build();

    PoolViews pools = pools(problem);
    CounterTable table = of(pools);

    assertThat(table.sets()).isEqualTo(3);
    assertThat(table.set(pools.generations().get(0), "two")).isEqualTo(1);
    assertThat(table.set(pools.generations().get(1), "one")).isEqualTo(2);
    assertThat(IntStream.range(0, 3).map(table::base)).containsExactly(0, 1, 2);
    assertThat(table.declaredCopy()).containsExactly(2, 3, 4);
  }

  @Test
  void generationsOfAPoolHaveSetsOfTheirOwn() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(
                slice("p", NodeSelection.node("a")).withSharedCounters(board("board", 4)),
                slice("p", NodeSelection.node("b"))
                    .withGeneration(2)
                    .withSharedCounters(board("board", 8)))
            .build();

    PoolViews pools = pools(problem);
    CounterTable table = of(pools);

    assertThat(table.declared(table.set(pools.generations().get(1), "board"), 0)).isEqualTo(2);
  }

  @Test
  void countersOfASetAreNumberedByName() {
    CounterSet set =
        new CounterSet("board", ImmutableMap.of("slots", Quantity.of(7), "lanes", Quantity.of(5)));

    CounterTable table = of(pools(onOneNode(set)));

    assertThat(table.size(0)).isEqualTo(2);
    assertThat(table.declared(0, 0)).isEqualTo(1);
    assertThat(table.declared(0, 1)).isEqualTo(7);
    assertThat(draw(table, 0, ImmutableMap.of("lanes", Quantity.of(5))).counter(0)).isZero();
    assertThat(draw(table, 0, ImmutableMap.of("slots", Quantity.of(7))).counter(0)).isEqualTo(1);
  }

  @Test
  void amountsOfACounterNameAreCountedInOneUnitEverywhere() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addAllSlices(partitioned("a", List.of(board("board", 12)), part("x", "board", 4)))
            .addAllSlices(partitioned("b", List.of(board("board", 6))))
            .build();

    CounterTable table = of(pools(problem));

    assertThat(table.declaredCopy()).containsExactly(6, 3);
    assertThat(draw(table, 0, slots(4)).amount(0)).isEqualTo(2);
  }

  @Test
  void aDrawSaysWhatIsDrawnInTheOrderOfTheCounters() {
    CounterSet set =
        new CounterSet(
            "board", ImmutableMap.of("a", Quantity.ONE, "b", Quantity.ONE, "c", Quantity.ONE));
    CounterTable table = of(pools(onOneNode(set)));

    Draw draw =
        draw(
            table,
            0,
            ImmutableMap.of("c", Quantity.of(3), "b", Quantity.ZERO, "a", Quantity.of(2)));

    assertThat(IntStream.range(0, draw.size()).map(draw::counter)).containsExactly(0, 2);
    assertThat(IntStream.range(0, draw.size()).mapToLong(draw::amount)).containsExactly(2L, 3L);
  }

  @Test
  void equalDrawsAreTheSameObject() {
    CounterTable table = of(pools(onOneNode(board("one", 4), board("two", 8))));

    Draw draw = draw(table, 0, slots(2));

    assertThat(draw(table, 0, slots(2))).isSameAs(draw);
    assertThat(draw(table, 1, slots(2))).isSameAs(draw);
    assertThat(draw(table, 0, slots(1))).isNotEqualTo(draw);
  }

  @Test
  void theSameObjectDrawsTheSame() {
    CounterTable table = of(pools(onOneNode(board("one", 4), board("two", 8))));
    ImmutableMap<String, Quantity> amounts = ImmutableMap.of("slots", Quantity.of(2));

    Draw draw = draw(table, 0, amounts);

    assertThat(draw(table, 0, amounts)).isSameAs(draw).isNotNull();
  }

  @Test
  void oneObjectMayDrawOnSetsWithDifferentCounters() {
    CounterSet more =
        new CounterSet("more", ImmutableMap.of("lanes", Quantity.ONE, "slots", Quantity.of(4)));
    CounterTable table = of(pools(onOneNode(board("board", 4), more)));
    ImmutableMap<String, Quantity> amounts = ImmutableMap.of("slots", Quantity.ONE);

    assertThat(draw(table, 0, amounts).counter(0)).isZero();
    assertThat(draw(table, 1, amounts).counter(0)).isEqualTo(1);
  }

  @Test
  void whatIsHeldIsTakenOutOfWhatIsAvailable() { // R111
    CounterTable table = of(pools(onOneNode(board("one", 4), board("two", 4))));

    commit(table, 1, slots(3));

    assertThat(IntStream.range(0, 2).mapToLong(set -> table.available(set, 0)))
        .containsExactly(4L, 1L);
    assertThat(table.availableCopy()).containsExactly(4, 1);
    assertThat(table.declared(1, 0)).isEqualTo(4);
    assertThat(table.declaredCopy()).containsExactly(4, 4);
  }

  @Test
  void everyCounterOfASetIsTakenFromByItself() { // R111
    CounterSet set =
        new CounterSet(
            "board", ImmutableMap.of("a", Quantity.ONE, "b", Quantity.ONE, "c", Quantity.ONE));
    CounterTable table = of(pools(onOneNode(board("first", 1), set)));

    commit(table, 1, ImmutableMap.of("b", Quantity.ONE, "c", Quantity.of(2)));

    assertThat(IntStream.range(0, 3).mapToLong(local -> table.available(1, local)))
        .containsExactly(1L, 0L, -1L);
    assertThat(IntStream.range(0, 4).mapToLong(table::available)).containsExactly(1L, 1L, 0L, -1L);
  }

  @Test
  void aPoolIsOverdrawnWhereMoreIsHeldThanThereIs() { // R112
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addAllSlices(partitioned("a", List.of(board("one", 4), board("two", 4))))
            .addAllSlices(partitioned("b", List.of(board("one", 4))))
            .build();
    PoolViews pools = pools(problem);
    CounterTable table = of(pools);

    commit(table, 1, slots(4));
    boolean whenAllIsTaken = table.isOverdrawn(pools.generations().get(0));
    commit(table, 1, slots(1));

    assertThat(whenAllIsTaken).isFalse();
    assertThat(table.isOverdrawn(pools.generations().get(0))).isTrue();
    assertThat(table.isOverdrawn(pools.generations().get(1))).isFalse();
    assertThat(table.available(1, 0)).isEqualTo(-1);
  }

  @Test
  void copiesAreTheCallersOwn() {
    CounterTable table = of(pools(onOneNode(board("one", 4))));

    table.availableCopy()[0] = 0;
    table.declaredCopy()[0] = 0;

    assertThat(table.available(0, 0)).isEqualTo(table.declared(0, 0)).isPositive();
  }

  @Test
  void aPoolDefinesTheCountersOfItsSets() {
    PoolViews pools = pools(onOneNode(board("one", 4)));
    PoolGeneration pool = pools.generations().get(0);
    CounterTable table = of(pools);

    assertThat(table.defines(pool, draws("one", "slots", 9))).isTrue();
    assertThat(table.defines(pool, draws("one", "lanes", 1))).isFalse();
    assertThat(table.defines(pool, draws("two", "slots", 1))).isFalse();
  }

  @Test
  void refusesToNumberWhatAPoolDoesNotDefine() {
    PoolViews pools = pools(onOneNode(board("one", 4)));
    CounterTable table = of(pools);
    CounterConsumption unknown = draws("one", "lanes", 1);

    assertThatThrownBy(() -> table.set(pools.generations().get(0), "two"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Pool gpu.example.com/a has no counter set two");
    assertThatThrownBy(() -> draw(table, 0, unknown.counters()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Counter lanes is not in its set.");
  }

  @Test
  void aCounterOfNothingIsCountedToo() {
    AllocationProblem problem =
        Fleet.of("a").addAllSlices(partitioned("a", List.of(board("board", 0)))).build();

    CounterTable table = of(pools(problem));

    assertThat(table.declaredCopy()).containsExactly(0);
    assertThat(draw(table, 0, slots(0)).size()).isZero();
  }

  @Test
  void drawsUnderDifferentGroupsDiffer() { // R122
    CounterTable table = of(pools(onOneNode(board("one", 4))));
    CounterConsumption even = grouped("even");
    CounterConsumption odd = grouped("odd");

    Draw draw = table.draw(0, even);

    assertThat(table.draw(0, even)).isSameAs(draw);
    assertThat(table.draw(0, odd)).isNotEqualTo(draw);
    assertThat(draw(table, 0, slots(1))).isNotEqualTo(draw);
    assertThat(draw.groups()).isNotEqualTo(draw(table, 0, slots(1)).groups());
  }

  /** The groups of both are named alike, but may mean anything. */
  @Test
  void groupsAreNumberedBySet() {
    AllocationProblem problem =
        Fleet.of("a")
            .addAllSlices(
                partitioned(
                    "a",
                    List.of(board("one", 4), board("two", 4)),
                    under("one", "even"),
                    under("one", "odd"),
                    under("two", "left")))
            .build();

    GroupTable groups = of(pools(problem)).groups();

    assertThat(groups.isEmpty()).isFalse();
    assertThat(groups.size(0)).isEqualTo(3);
    assertThat(groups.size(1)).isEqualTo(2);
  }

  @Test
  void heldDevicesCountWithTheGroupsRecorded() { // R123
    CounterTable table = of(pools(onOneNode(board("one", 4))));
    Draw even = table.draw(0, grouped("even"));
    Draw odd = table.draw(0, grouped("odd"));

    table.commit(0, even, Optional.of(ImmutableSet.of("odd")));

    assertThat(table.groups().isOpen(0, odd)).isTrue();
    assertThat(table.groups().isOpen(0, even)).isFalse();
  }

  private static CounterConsumption grouped(String... groups) {
    return new CounterConsumption(
        "one", ImmutableMap.of("slots", Quantity.ONE), ImmutableSet.copyOf(groups));
  }

  private static Device under(String set, String group) {
    return Device.builder()
        .name(set + "-" + group)
        .addConsumesCounters(
            new CounterConsumption(
                set, ImmutableMap.of("slots", Quantity.ONE), ImmutableSet.of(group)))
        .build();
  }

  @Test
  void stopsWhenTimeIsUp() {
    PoolViews pools = pools(onOneNode(board("one", 4)));

    assertThatThrownBy(() -> CounterTable.of(pools.generations(), passed()))
        .isInstanceOf(DeadlineExceededException.class);
  }

  private static Draw draw(CounterTable table, int set, ImmutableMap<String, Quantity> amounts) {
    return table.draw(set, new CounterConsumption("set", amounts));
  }

  private static void commit(CounterTable table, int set, ImmutableMap<String, Quantity> amounts) {
    table.commit(set, draw(table, set, amounts), Optional.empty());
  }

  private static ImmutableMap<String, Quantity> slots(long amount) {
    return ImmutableMap.of("slots", Quantity.of(amount));
  }

  /** Returns a problem with a pool of these sets, of each of which a device draws one slot. */
  private static AllocationProblem onOneNode(CounterSet... sets) {
    Device[] parts =
        Arrays.stream(sets)
            .map(set -> part("of-" + set.name(), set.name(), 1))
            .toArray(Device[]::new);
    return Fleet.of("a").addAllSlices(partitioned("a", List.of(sets), parts)).build();
  }

  private static PoolViews pools(AllocationProblem problem) {
    return PoolViews.of(problem, Deadline.never());
  }

  private static CounterTable of(PoolViews pools) {
    return CounterTable.of(pools.generations(), Deadline.never());
  }
}
