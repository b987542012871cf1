package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.compile.Given.board;
import static io.tangram.solver.compile.Given.compiled;
import static io.tangram.solver.compile.Given.device;
import static io.tangram.solver.compile.Given.draws;
import static io.tangram.solver.compile.Given.given;
import static io.tangram.solver.compile.Given.held;
import static io.tangram.solver.compile.Given.nodes;
import static io.tangram.solver.compile.Given.part;
import static io.tangram.solver.compile.Given.partitioned;
import static io.tangram.solver.compile.Given.passed;
import static io.tangram.solver.compile.Given.share;
import static io.tangram.solver.compile.Given.slice;
import static io.tangram.solver.compile.Given.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.solver.Fleet;
import io.tangram.solver.limit.Deadline;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes are {@code a} and {@code b}. */
class DeviceTableTest {

  private final ImmutableAllocationProblem.Builder problem = Fleet.of("a", "b");

  @Test
  void numbersDevicesInTheOrderInWhichNodesOfferThem() { // R22 to R24
    problem.addSlices(
        slice("q", NodeSelection.node("a"), device("y"), device("x")),
        slice("p", NodeSelection.node("b"), device("z")),
        slice("p", NodeSelection.node("a"), device("w")));
    problem.addAllSlices(
        together(
            slice("o", NodeSelection.node("a"), device("2")).withName("2"),
            slice("o", NodeSelection.node("a"), device("1")).withName("1")));

    DeviceTable devices = devices();

    assertThat(names(devices, devices.onNode(0)))
        .containsExactly("o/1", "o/2", "p/w", "q/y", "q/x");
    assertThat(names(devices, devices.onNode(1))).containsExactly("p/z");
  }

  @Test
  void knowsADeviceByItsNumber() {
    problem.addSlices(slice("a", device("x"), device("y")));

    DeviceTable devices = devices();

    assertThat(devices.device(1).name()).isEqualTo("y");
    assertThat(devices.driver(1)).isEqualTo(Fleet.DRIVER);
    assertThat(devices.slice(1).name()).isEqualTo("slice-a");
    assertThat(devices.id(1).toString()).isEqualTo("gpu.example.com/a/y");
  }

  @Test
  void leavesOutDevicesOfPoolsThatCantBeUsed() {
    problem.addSlices(
        slice("p", NodeSelection.allNodes(), device("x")),
        slice("incomplete", NodeSelection.node("a"), device("y")).withResourceSliceCount(2));

    DeviceTable devices = devices();

    assertThat(names(devices, devices.onNode(0))).containsExactly("p/x");
    assertThat(devices.size()).isEqualTo(1);
    assertThat(devices.warnings())
        .containsExactly(
            "pool gpu.example.com/incomplete is incomplete: 1 slice is there, 2 announced; none of"
                + " its devices is given (R12)");
  }

  @Test
  void aDeviceThatSaysItsOwnNodesIsOfferedThereOnly() {
    problem.addSlices(
        slice(
            "fabric",
            new NodeSelection.PerDevice(),
            device("x").withNodes(NodeSelection.node("b")),
            device("y").withNodes(NodeSelection.allNodes()),
            device("z").withNodes(NodeSelection.node("c"))));

    DeviceTable devices = devices();

    assertThat(names(devices, devices.onNode(0))).containsExactly("fabric/y");
    assertThat(names(devices, devices.onNode(1))).containsExactly("fabric/x", "fabric/y");
    assertThat(IntStream.range(0, 3).mapToObj(devices::isSeen)).containsExactly(true, true, false);
  }

  @Test
  void theNodesOfADeviceCountOnlyWhereItsSliceLeavesThemToIt() {
    problem.addSlices(
        slice("p", NodeSelection.node("a"), device("x").withNodes(NodeSelection.node("b"))));

    assertThat(devices().onNode(0)).hasSize(1);
  }

  @Test
  void theSiteOfADeviceIsTheNodesThatSeeIt() {
    problem.addSlices(
        slice("a", device("x")),
        slice("p", NodeSelection.allNodes(), device("y")),
        slice("q", NodeSelection.allNodes(), device("z")),
        slice("b", device("w")));

    DeviceTable devices = devices();

    assertThat(nodesOf(devices, "a/x")).containsExactly(0);
    assertThat(nodesOf(devices, "b/w")).containsExactly(1);
    assertThat(nodesOf(devices, "p/y")).containsExactly(0, 1);
    assertThat(devices.site(number(devices, "p/y")))
        .isEqualTo(devices.site(number(devices, "q/z")));
    assertThat(devices.nodesOf(1)).containsExactly(1);
  }

  @Test
  void differentSetsOfNodesAreDifferentSites() {
    ImmutableAllocationProblem.Builder three = Fleet.of("a", "b", "c");
    three.addSlices(
        slice("ab", new NodeSelection.Matching(nodes("a", "b")), device("x")),
        slice("all", NodeSelection.allNodes(), device("y")));

    DeviceTable devices = compiled(three.build()).devices();

    assertThat(nodesOf(devices, "ab/x")).containsExactly(0, 1);
    assertThat(nodesOf(devices, "all/y")).containsExactly(0, 1, 2);
  }

  @Test
  void knowsWhatADeviceDraws() {
    ImmutableDevice both =
        device("x").withConsumesCounters(draws("one", "slots", 2), draws("two", "slots", 1));
    problem.addAllSlices(partitioned("a", List.of(board("one", 4), board("two", 4)), both));

    CompiledProblem compiled = compiled(problem.build());

    assertThat(compiled.devices().sets(0)).containsExactly(0, 1);
    assertThat(Arrays.stream(compiled.devices().draws(0)).map(draw -> draw.amount(0)))
        .containsExactly(2L, 1L);
  }

  @Test
  void knowsWhoHoldsADevice() {
    problem
        .addSlices(slice("a", device("x"), device("y"), device("z")))
        .addHeld(held("c", given("a", "x"), share("a", "y", ImmutableMap.of())));

    DeviceTable devices = devices();

    assertThat(devices.use(0).isDedicated()).isTrue();
    assertThat(devices.use(1).isDedicated()).isFalse();
    assertThat(devices.use(2)).isNull();
  }

  @Test
  void whatHeldDevicesDrawIsTakenOutOnce() { // R111
    problem
        .addAllSlices(
            partitioned("a", List.of(board("one", 8)), part("x", "one", 3), part("y", "one", 1)))
        .addHeld(
            held("c", share("a", "x", ImmutableMap.of())),
            held("d", share("a", "x", ImmutableMap.of())));

    CompiledProblem compiled = compiled(problem.build());

    assertThat(compiled.counters().available(0, 0)).isEqualTo(5);
    assertThat(compiled.devices().isClosed(1)).isFalse();
  }

  @Test
  void heldDevicesOfOtherNodesDrawOnTheirPoolToo() { // R111
    problem
        .addAllSlices(
            together(
                slice("p", NodeSelection.node("a")).withSharedCounters(board("one", 4)),
                slice("p", NodeSelection.node("a"), part("x", "one", 1)).withName("x"),
                slice("p", NodeSelection.node("c"), part("y", "one", 3)).withName("y")))
        .addHeld(held("c", given("p", "y")));

    assertThat(compiled(problem.build()).counters().available(0, 0)).isEqualTo(1);
  }

  @Test
  void whatHeldDevicesDrawInVainIsNotCounted() {
    problem
        .addAllSlices(
            partitioned("a", List.of(board("one", 4)), part("x", "two", 1), part("y", "one", 1)))
        .addHeld(held("c", given("a", "x"), given("a", "y")));

    assertThat(compiled(problem.build()).counters().available(0, 0)).isEqualTo(3);
  }

  @Test
  void anOverdrawnPoolGivesNoDeviceThatDrawsOnCounters() { // R112
    problem
        .addAllSlices(
            partitioned(
                "a",
                List.of(board("one", 4), board("two", 4)),
                part("x", "one", 3),
                part("y", "one", 2),
                part("z", "two", 1),
                device("w")))
        .addHeld(held("c", given("a", "x"), given("a", "y")));

    DeviceTable devices = devices();

    assertThat(IntStream.range(0, 4).mapToObj(devices::isClosed))
        .containsExactly(true, true, true, false);
    assertThat(devices.warnings())
        .containsExactly(
            "pool gpu.example.com/a: what is held overdraws a counter; no counter-consuming device"
                + " of the pool is given (R112)");
  }

  @Test
  void aPoolWithAHeldDeviceThatVanishedGivesNoDeviceThatDrawsOnCounters() { // R116
    problem.addAllSlices(
        partitioned("a", List.of(board("one", 4)), part("x", "one", 1), device("w")));
    problem.addHeld(held("c", given("a", "x"), given("a", "vanished")));

    DeviceTable devices = devices();

    assertThat(devices.isClosed(0)).isTrue();
    assertThat(devices.isClosed(1)).isFalse();
    assertThat(devices.warnings())
        .containsExactly(
            "pool gpu.example.com/a: a held device is published no more, so what is left of the"
                + " counters is not known; no counter-consuming device of the pool is given (R116)");
  }

  @Test
  void aPoolOfWhichNothingIsHeldGivesItsDevices() {
    problem.addAllSlices(partitioned("a", List.of(board("one", 4)), part("x", "one", 1)));

    DeviceTable devices = devices();

    assertThat(devices.isClosed(0)).isFalse();
    assertThat(devices.warnings()).isEmpty();
  }

  @Test
  void aVanishedDeviceIsNoTroubleWhereItCountsAsFree() {
    problem.addAllSlices(partitioned("a", List.of(board("one", 4)), part("x", "one", 1)));
    problem.addHeld(held("c", given("a", "vanished"))).vanishedDevicesAreFree(true);

    DeviceTable devices = devices();

    assertThat(devices.isClosed(0)).isFalse();
    assertThat(devices.warnings()).isEmpty();
  }

  @Test
  void aVanishedDeviceIsNotWorthAWarningWhereThereAreNoCounters() {
    problem.addSlices(slice("a", device("x"))).addHeld(held("c", given("a", "vanished")));

    DeviceTable devices = devices();

    assertThat(devices.isClosed(0)).isFalse();
    assertThat(devices.warnings()).isEmpty();
  }

  @Test
  void anOverdrawnPoolIsWarnedOfOnceHoweverManyNodesSeeIt() {
    problem
        .addAllSlices(
            together(
                slice("p", NodeSelection.allNodes()).withSharedCounters(board("one", 1)),
                slice("p", NodeSelection.allNodes(), part("x", "one", 2)).withName("x")))
        .addHeld(held("c", given("p", "x")));

    assertThat(devices().warnings()).hasSize(1);
  }

  @Test
  void aDeviceThatChoosesItsNodesByTermsCantBeMergedIntoAResult() { // R185
    NodeSelector one = nodes("a");
    NodeSelector two =
        new NodeSelector(
            ImmutableList.<NodeSelector.Term>builder()
                .addAll(one.terms())
                .addAll(nodes("b").terms())
                .build());
    problem.addSlices(
        slice(
            "fabric",
            new NodeSelection.PerDevice(),
            device("x").withNodes(new NodeSelection.Matching(two)),
            device("tied").withNodes(new NodeSelection.Matching(two)).withBindsToNode(true),
            device("y").withNodes(new NodeSelection.Matching(one)),
            device("z").withNodes(NodeSelection.allNodes())),
        slice("a", device("w")));

    DeviceTable devices = devices();

    assertThat(IntStream.range(0, 5).filter(devices::isUnmergeable).mapToObj(devices::device))
        .extracting(Device::name)
        .containsExactly("x");
  }

  @Test
  void aDeviceIsSharedWhereItAllowsSeveralAllocations() {
    problem.addSlices(slice("a", device("x"), device("y").withAllowMultipleAllocations(true)));

    DeviceTable devices = devices();

    assertThat(devices.isShared(0)).isFalse();
    assertThat(devices.isShared(1)).isTrue();
  }

  @Test
  void aSliceThatSeveralNodesSeeIsNumberedOnce() {
    ImmutableResourceSlice slice = slice("p", NodeSelection.allNodes(), device("x"), device("y"));
    problem.addSlices(slice("a", device("w")), slice);

    DeviceTable devices = devices();

    assertThat(devices.size()).isEqualTo(3);
    assertThat(devices.onNode(0)).containsExactly(0, 1, 2);
    assertThat(devices.onNode(1)).containsExactly(1, 2);
  }

  @Test
  void stopsWhenTimeIsUp() {
    AllocationProblem built = problem.addSlices(slice("a", device("x"))).build();
    PoolViews pools = PoolViews.of(built, Deadline.never());
    CounterTable counters = CounterTable.of(pools.generations(), Deadline.never());
    HeldDevices held = HeldDevices.of(List.of());

    assertThatThrownBy(() -> DeviceTable.of(built, pools, counters, held, passed()))
        .isInstanceOf(DeadlineExceededException.class);
  }

  private DeviceTable devices() {
    return compiled(problem.build()).devices();
  }

  private static List<String> names(DeviceTable devices, int[] numbers) {
    return Arrays.stream(numbers).mapToObj(device -> name(devices, device)).toList();
  }

  private static String name(DeviceTable devices, int device) {
    return devices.id(device).pool() + "/" + devices.id(device).device();
  }

  private static int number(DeviceTable devices, String name) {
    return IntStream.range(0, devices.size())
        .filter(device -> name(devices, device).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static int[] nodesOf(DeviceTable devices, String name) {
    return devices.nodesOf(devices.site(number(devices, name)));
  }
}
