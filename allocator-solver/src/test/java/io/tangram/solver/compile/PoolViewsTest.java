package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.compile.Given.board;
import static io.tangram.solver.compile.Given.device;
import static io.tangram.solver.compile.Given.nodes;
import static io.tangram.solver.compile.Given.part;
import static io.tangram.solver.compile.Given.partitioned;
import static io.tangram.solver.compile.Given.passed;
import static io.tangram.solver.compile.Given.pool;
import static io.tangram.solver.compile.Given.slice;
import static io.tangram.solver.compile.Given.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.Fleet;
import io.tangram.solver.compile.PoolView.State;
import io.tangram.solver.limit.Deadline;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Section 2 of the rules. Nodes are {@code a} and {@code b}. */
class PoolViewsTest {

  @Test
  void aNodeSeesTheSlicesThatNameIt() {
    PoolViews views = of(slice("a", devices("big", 1)), slice("elsewhere"));

    assertThat(views.onNode(0)).extracting(view -> view.pool().id()).containsExactly(pool("a"));
    assertThat(views.onNode(1)).isEmpty();
  }

  @Test
  void aNodeSeesTheSlicesWhoseSelectorMatchesIt() {
    PoolViews views =
        of(
            slice("everywhere", NodeSelection.allNodes()),
            slice("on-b", new NodeSelection.Matching(nodes("b", "c"))));

    assertThat(views.onNode(0))
        .extracting(each -> each.pool().id().pool())
        .containsOnly("everywhere");
    assertThat(views.onNode(1))
        .extracting(each -> each.pool().id().pool())
        .containsExactly("everywhere", "on-b");
  }

  @Test
  void aNodeSeesASliceOfWhichItSeesADevice() {
    PoolViews views =
        of(
            slice(
                "fabric",
                new NodeSelection.PerDevice(),
                device("x").withNodes(NodeSelection.node("c")),
                device("y").withNodes(NodeSelection.node("b")),
                device("z")));

    assertThat(views.onNode(0)).isEmpty();
    assertThat(views.onNode(1)).hasSize(1);
  }

  @Test
  void noNodeSeesASliceThatSelectsNodesInAnUnknownWay() {
    PoolViews views = of(slice("new", new NodeSelection.Unknown()));

    assertThat(views.onNode(0)).isEmpty();
    assertThat(views.generations()).isEmpty();
  }

  @Test
  void countersForAnotherNodeAreNotSeen() { // R10
    PoolViews views = of(slice("a").withSharedCounters(board("board", 1)));

    assertThat(views.onNode(0)).hasSize(1);
    assertThat(views.onNode(1)).isEmpty();
  }

  @Test
  void poolsOfOneNameAreTwoWhereTheirDriversAre() { // R2
    ImmutableResourceSlice slice = slice("a", device("x"));

    PoolViews views = of(slice, slice.withPool(new PoolId("other.example.com", "a")));

    assertThat(views.onNode(0)).extracting(PoolView::state).containsOnly(State.USABLE);
    assertThat(views.generations()).hasSize(2);
  }

  @Test
  void onlyTheNewestGenerationThatANodeSeesCounts() {
    PoolViews views =
        of(
            slice("a", devices("big", 1)).withGeneration(3),
            slice("a", devices("small", 1)).withGeneration(7).withName("newer"),
            slice("a", devices("tiny", 1)).withGeneration(5).withName("between"));

    PoolView view = views.onNode(0).get(0);
    assertThat(view.state()).isEqualTo(State.USABLE);
    assertThat(view.slices()).extracting(ResourceSlice::name).containsExactly("newer");
    assertThat(view.pool().generation()).isEqualTo(7);
  }

  @Test
  void poolIsCompleteWithTheAnnouncedSlicesThoughANewerGenerationIsElsewhere() {
    PoolViews views =
        of(
            slice("p", NodeSelection.node("a"), device("x")),
            slice("p", NodeSelection.node("b"), device("y")).withGeneration(2));

    assertThat(view(views, 0).state()).isEqualTo(State.USABLE);
    assertThat(view(views, 0).pool().generation()).isEqualTo(1);
    assertThat(view(views, 1).pool().generation()).isEqualTo(2);
  }

  @Test
  void slicesForOtherNodesMakeAPoolComplete() {
    PoolViews views =
        of(
            together(
                slice("p", NodeSelection.node("a"), device("x")),
                slice("p", NodeSelection.node("b"), device("y")),
                slice("p", new NodeSelection.Unknown(), device("z"))));

    assertThat(view(views, 0).state()).isEqualTo(State.USABLE);
    assertThat(view(views, 0).slices()).hasSize(1);
    assertThat(view(views, 0).pool().slices()).hasSize(3);
  }

  @Test
  void poolIsIncompleteWithFewerOrMoreSlicesThanAnnounced() {
    PoolViews views =
        of(
            slice("a", devices("big", 1)).withResourceSliceCount(2),
            slice("b", devices("big", 1)),
            slice("b", devices("small", 1)).withName("another"));

    assertThat(view(views, 0).state()).isEqualTo(State.INCOMPLETE);
    assertThat(view(views, 1).state()).isEqualTo(State.INCOMPLETE);
    assertThat(view(views, 1).defect()).isEmpty();
  }

  @Test
  void incompletePoolWithANewerGenerationElsewhereCountsForNothing() {
    PoolViews views =
        of(
            slice("p", NodeSelection.node("a"), device("x")).withResourceSliceCount(2),
            slice("p", NodeSelection.node("b"), device("y")).withGeneration(2));

    assertThat(view(views, 0).state()).isEqualTo(State.OBSOLETE);
  }

  @Test
  void incompletePoolWithAnOlderGenerationElsewhereIsIncomplete() {
    PoolViews views =
        of(
            slice("p", NodeSelection.node("a"), device("x"))
                .withResourceSliceCount(2)
                .withGeneration(2),
            slice("p", NodeSelection.node("b"), device("y")));

    assertThat(view(views, 0).state()).isEqualTo(State.INCOMPLETE);
  }

  @Test
  void theFirstSliceThatANodeSeesSaysHowManyThereAre() {
    ImmutableResourceSlice one = slice("a", devices("big", 1)).withName("z");
    ImmutableResourceSlice two = slice("a", devices("small", 1)).withResourceSliceCount(2);

    assertThat(view(of(two, one), 0).state()).isEqualTo(State.USABLE);
    assertThat(view(of(one, two), 0).state()).isEqualTo(State.INCOMPLETE);
  }

  @Test
  void poolIsInvalidOnNodesThatSeeADeviceNameTwice() {
    PoolViews views =
        of(
            together(
                slice("p", NodeSelection.allNodes(), device("x")),
                slice("p", NodeSelection.node("b"), device("x"))));

    assertThat(view(views, 0).state()).isEqualTo(State.USABLE);
    assertThat(view(views, 1).state()).isEqualTo(State.INVALID);
    assertThat(view(views, 1).defect()).isEqualTo("device x is published twice (R16)");
  }

  @Test
  void theSameSliceUnderTwoNamesMakesAPoolInvalid() {
    ImmutableResourceSlice slice = slice("a", devices("big", 1));

    PoolViews views = of(together(slice, slice.withName("again")));

    assertThat(view(views, 0).state()).isEqualTo(State.INVALID);
  }

  @Test
  void poolIsInvalidWithACounterSetTwiceWhereverTheSlicesAre() {
    PoolViews views =
        of(
            together(
                slice("p", NodeSelection.node("a")).withSharedCounters(board("board", 1)),
                slice("p", NodeSelection.node("b")).withSharedCounters(board("board", 1))));

    assertThat(view(views, 0).state()).isEqualTo(State.INVALID);
    assertThat(view(views, 0).defect()).isEqualTo("counter set board is published twice (R17)");
  }

  @Test
  void counterSetsOfAnOlderGenerationDontCount() {
    ImmutableResourceSlice sets = slice("a").withSharedCounters(board("board", 1));

    PoolViews views = of(sets.withGeneration(2), sets.withName("older"));

    assertThat(view(views, 0).state()).isEqualTo(State.USABLE);
  }

  @Test
  void poolIsInvalidWhereADeviceDrawsOnASetThatIsMissing() {
    PoolViews views = of(partitioned("a", List.of(board("board", 4)), part("x", "tray", 1)));

    assertThat(view(views, 0).state()).isEqualTo(State.INVALID);
    assertThat(view(views, 0).defect())
        .isEqualTo(
            "device x draws on counter set tray, and the pool lacks it or one of its counters"
                + " (R18)");
  }

  @Test
  void poolIsInvalidWhereADeviceDrawsOnACounterThatItsSetLacks() {
    Device device =
        device("x")
            .withConsumesCounters(
                new CounterConsumption(
                    "board", ImmutableMap.of("slots", Quantity.ONE, "lanes", Quantity.ONE)));

    PoolViews views = of(partitioned("a", List.of(board("board", 4)), device));

    assertThat(view(views, 0).defect()).contains("device x draws on counter set board");
  }

  @Test
  void poolIsInvalidWhereADeviceForAnotherNodeDrawsOnNothing() {
    PoolViews views =
        of(
            together(
                slice("p", NodeSelection.node("a"), device("x")),
                slice("p", NodeSelection.node("b"), part("y", "board", 1))));

    assertThat(view(views, 0).state()).isEqualTo(State.INVALID);
    assertThat(view(views, 1).state()).isEqualTo(State.INVALID);
  }

  @Test
  void devicesMayDrawOnSetsInSlicesForOtherNodes() {
    PoolViews views =
        of(
            together(
                slice("p", NodeSelection.node("a"), part("x", "board", 1)),
                slice("p", NodeSelection.node("c")).withSharedCounters(board("board", 4))));

    assertThat(view(views, 0).state()).isEqualTo(State.USABLE);
  }

  @Test
  void poolsAreOfferedByDriverThenByName() {
    PoolViews views =
        of(
            slice("q", NodeSelection.node("a")).withPool(new PoolId("z.example.com", "q")),
            slice("r", NodeSelection.node("a")),
            slice("p", NodeSelection.node("a")));

    assertThat(views.onNode(0))
        .extracting(view -> view.pool().id().toString())
        .containsExactly("gpu.example.com/p", "gpu.example.com/r", "z.example.com/q");
  }

  @Test
  void poolsWithADeviceThatBindsAreOfferedLast() {
    PoolViews views =
        of(
            slice(
                "p",
                NodeSelection.node("a"),
                device("x"),
                device("y").withBindingConditions("attached")),
            slice("q", NodeSelection.node("a"), device("z")));

    assertThat(views.onNode(0))
        .extracting(view -> view.pool().id().pool())
        .containsExactly("q", "p");
    assertThat(views.onNode(0)).extracting(PoolView::bindsLast).containsExactly(false, true);
  }

  @Test
  void slicesOfAPoolAreOfferedByName() {
    ImmutableResourceSlice slice = slice("a");

    PoolViews views = of(together(slice.withName("1"), slice.withName("0"), slice.withName("2")));

    assertThat(view(views, 0).slices())
        .extracting(ResourceSlice::name)
        .containsExactly("0", "1", "2");
  }

  @Test
  void nodesThatSeeTheSameSlicesShareAView() {
    PoolViews views =
        of(
            together(
                slice("p", NodeSelection.allNodes(), device("x")),
                slice("p", NodeSelection.allNodes(), device("y")),
                slice("p", NodeSelection.node("c"), device("z"))));

    assertThat(view(views, 0)).isSameAs(view(views, 1));
  }

  @Test
  void aSliceListedTwiceIsTwoSlices() {
    ImmutableResourceSlice slice = slice("a", device("x"));
    ResourceSlice twin = ImmutableResourceSlice.builder().from(slice).build();

    PoolViews views = of(slice, twin);

    assertThat(view(views, 0).slices()).hasSize(2);
    assertThat(view(views, 0).state()).isEqualTo(State.INCOMPLETE);
  }

  @Test
  void generationsAreNumberedAsTheyAreSeen() {
    PoolViews views =
        of(
            slice("p", NodeSelection.node("a")),
            slice("p", NodeSelection.node("b")).withGeneration(2),
            slice("unseen", NodeSelection.node("c")),
            slice("q", NodeSelection.allNodes()));

    assertThat(views.generations())
        .extracting(each -> each.index() + " " + each.id().pool() + " " + each.generation())
        .containsExactly("0 p 1", "1 p 2", "2 q 1");
  }

  @Test
  void stopsWhenTimeIsUp() {
    var problem = Fleet.of("a").addSlices(slice("a")).build();

    assertThatThrownBy(() -> PoolViews.of(problem, passed()))
        .isInstanceOf(DeadlineExceededException.class);
  }

  private static PoolView view(PoolViews views, int node) {
    return views.onNode(node).get(0);
  }

  private static PoolViews of(ResourceSlice... slices) {
    return of(List.of(slices));
  }

  private static PoolViews of(List<ResourceSlice> slices) {
    return PoolViews.of(Fleet.of("a", "b").slices(slices).build(), Deadline.never());
  }
}
