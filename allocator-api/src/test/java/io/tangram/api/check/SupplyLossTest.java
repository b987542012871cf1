package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.amounts;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.consumes;
import static io.tangram.api.check.Given.counterSet;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.held;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.quantity;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.share;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.Barrier;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.OffFeature;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SupplyLossTest {

  private static final DeviceRequest ANY = leaf("r").build();

  /** Returns what giving devices takes from the supply of a request that comes with weight 1. */
  private static long loss(
      AllocationProblem problem, DeviceRequest expected, DeviceAllocation... given) {
    return loss(problem, ImmutableMap.of(expected, 1), given);
  }

  private static long loss(
      AllocationProblem problem,
      ImmutableMap<DeviceRequest, Integer> expected,
      DeviceAllocation... given) {
    ClusterIndex cluster = new ClusterIndex(problem);
    CheckedState before = new CheckedState(cluster, problem);
    Allocation planned = allocation(claim("planned"), "n1", given);
    CheckedState after =
        new CheckedState(
            cluster, ImmutableAllocationProblem.builder().from(problem).addHeld(planned).build());
    return new SupplyLoss(
            new ExpectedRequests(new ExpectedDemand(expected), cluster), cluster, before, after)
        .in(
            Stream.of(given)
                .map(each -> each.device().poolId())
                .collect(ImmutableSet.toImmutableSet()));
  }

  private static ImmutableDevice part(String name, long amount) {
    return device(name).addConsumesCounters(consumes("set", "x", amount)).build();
  }

  /** Returns devices that draw on counter x, of which there are so many. */
  private static ImmutableAllocationProblem.Builder board(long x, Device... devices) {
    return problem(
        slice("n1")
            .withName("0")
            .withResourceSliceCount(2)
            .withSharedCounters(counterSet("set", "x", x)),
        slice("n1", devices).withName("1").withResourceSliceCount(2));
  }

  private static DeviceRequest large(String memory) {
    return leaf("r").putCapacityRequests(name("memory"), quantity(memory)).build();
  }

  private static ImmutableDevice gpu(String name, String memory) {
    return device(name).putCapacity(name("memory"), DeviceCapacity.of(quantity(memory))).build();
  }

  private static ImmutableDevice sharedGpu(String name, String memory) {
    return gpu(name, memory).withAllowMultipleAllocations(true);
  }

  @Test
  void aWholeDeviceIsItsOwnLoss() {
    AllocationProblem problem = problem(slice("n1", devices("a", "b"))).build();

    assertThat(loss(problem, ANY, result("r", "n1/a"))).isEqualTo(1_000_000);
    assertThat(loss(problem, ANY, result("r", "n1/a"), result("r", "n1/b"))).isEqualTo(2_000_000);
  }

  @Test
  void aDeviceThatSuitsNobodyIsNoLoss() {
    AllocationProblem problem = problem(slice("n1", gpu("a", "10Gi"), gpu("b", "40Gi"))).build();

    assertThat(loss(problem, large("20Gi"), result("r", "n1/a"))).isZero();
    assertThat(loss(problem, large("20Gi"), result("r", "n1/b"))).isEqualTo(1_000_000);
    assertThat(loss(problem, large("50Gi"), result("r", "n1/b"))).isZero();
  }

  @Test
  void lossesAreWeightedAndSummed() {
    AllocationProblem problem = problem(slice("n1", gpu("a", "10Gi"), gpu("b", "40Gi"))).build();

    assertThat(loss(problem, ImmutableMap.of(ANY, 2, large("20Gi"), 5), result("r", "n1/b")))
        .isEqualTo(7_000_000);
  }

  @Test
  void aPartitionBlocksWhatItLeavesNoRoomFor() {
    // of a whole, two halves and four quarters; least shares 1/4
    AllocationProblem problem =
        board(
                4,
                part("whole", 4),
                part("h1", 2),
                part("h2", 2),
                part("q1", 1),
                part("q2", 1),
                part("q3", 1),
                part("q4", 1))
            .build();

    assertThat(loss(problem, ANY, result("r", "n1/q1"))).isEqualTo(250_000);
    assertThat(loss(problem, ANY, result("r", "n1/h1"))).isEqualTo(2 * 250_000);
    assertThat(loss(problem, ANY, result("r", "n1/whole"))).isEqualTo(4 * 250_000);
  }

  @Test
  void aPartitionInABrokenComponentCostsLess() {
    DeviceRequest whole =
        leaf("r").addSelectors(DeviceSelectors.attributeEquals(name("x/whole"), true)).build();
    ImmutableDevice marked =
        part("whole", 4)
            .withAttributes(ImmutableMap.of(name("x/whole"), new AttributeValue.BoolValue(true)));
    ImmutableAllocationProblem fresh = board(4, marked, part("q1", 1), part("q2", 1)).build();
    AllocationProblem broken = fresh.withHeld(held("h", result("r", "n1/q2")));

    assertThat(loss(fresh, whole, result("r", "n1/q1"))).isEqualTo(1_000_000);
    assertThat(loss(broken, whole, result("r", "n1/q1"))).isZero();
  }

  @Test
  void whatIsHeldIsInNoSupply() {
    AllocationProblem problem =
        board(4, part("a", 1), part("b", 2), part("c", 2))
            .addHeld(held("h", result("r", "n1/a")))
            .build();

    // one of b and c is left before, none after
    assertThat(loss(problem, ANY, result("r", "n1/b"))).isEqualTo(250_000);
  }

  @Test
  void theLeastShareCountsOfWhateverSuits() {
    AllocationProblem problem =
        board(4, part("a", 1), part("b", 3)).addHeld(held("h", result("r", "n1/a"))).build();

    assertThat(loss(problem, ANY, result("r", "n1/b"))).isEqualTo(250_000);
  }

  @Test
  void aSharedDeviceSuppliesAsManySharesAsFit() {
    AllocationProblem problem = problem(slice("n1", sharedGpu("a", "40Gi"))).build();

    // four shares of 10Gi before; beside 15Gi two
    assertThat(loss(problem, large("10Gi"), share("r", "n1/a", 1, amounts("memory", "15Gi"))))
        .isEqualTo(2 * 250_000);
    assertThat(loss(problem, large("10Gi"), share("r", "n1/a", 1, amounts("memory", "10Gi"))))
        .isEqualTo(250_000);
  }

  @Test
  void anEndlessSupplyCountsNothing() {
    Device endless = device("e").allowMultipleAllocations(true).build();
    AllocationProblem problem = problem(slice("n1", devices("a"))).build();
    AllocationProblem both = problem(slice("n1", endless, device("a").build())).build();

    assertThat(loss(problem, ANY, result("r", "n1/a"))).isEqualTo(1_000_000);
    assertThat(loss(both, ANY, result("r", "n1/a"))).isZero();
  }

  @Test
  void aSharedDeviceDrawsItsCountersOnce() {
    ImmutableDevice shared = sharedGpu("s", "40Gi").withConsumesCounters(consumes("set", "x", 3));
    AllocationProblem problem = board(4, shared, part("p", 2)).build();

    // before: s with two shares of 20Gi, or p. Beside one share of s another, and no p.
    assertThat(loss(problem, leaf("r").build(), share("r", "n1/s", 1, amounts("memory", "20Gi"))))
        .as("a share takes the rest of the device too, since it asks for all of it")
        .isEqualTo(500_000);
    assertThat(loss(problem, large("20Gi"), share("r", "n1/s", 1, amounts("memory", "20Gi"))))
        .isEqualTo(500_000);
    assertThat(loss(problem, large("20Gi"), result("r", "n1/p"))).isEqualTo(2 * 500_000);
  }

  @Test
  void devicesOfTheOtherKindAreBlocked() {
    ImmutableAllocationProblem problem =
        problem(slice("n1", gpu("d", "40Gi"), sharedGpu("s", "40Gi"), gpu("x", "40Gi"))).build();
    AllocationProblem flipped =
        problem.withHeld(
            held("h", share("r", "n1/d", 1, amounts("memory", "1Gi"))),
            held("i", result("r", "n1/s")));

    // R92, R143: neither of the first two can be had
    assertThat(loss(flipped, large("40Gi"), result("r", "n1/x"))).isEqualTo(1_000_000);
    assertThat(loss(flipped, large("40Gi"), result("r", "n1/d"), result("r", "n1/s"))).isZero();
  }

  @Test
  void aClosedPoolSuppliesOnlyWhatDrawsNothing() {
    ImmutableAllocationProblem problem =
        board(4, part("a", 1), part("b", 1), device("free").build()).build();
    AllocationProblem vanished = problem.withHeld(held("h", result("r", "n1/gone")));
    AllocationProblem known =
        ImmutableAllocationProblem.copyOf(vanished).withVanishedDevicesAreFree(true);

    assertThat(loss(vanished, ANY, result("r", "n1/a"))).isZero();
    assertThat(loss(vanished, ANY, result("r", "n1/free"))).isEqualTo(250_000);
    assertThat(loss(known, ANY, result("r", "n1/a"))).isEqualTo(250_000);
  }

  @Test
  void anOverdrawnPoolIsClosed() {
    AllocationProblem problem =
        board(2, part("a", 1), part("b", 2), part("c", 1))
            .addHeld(held("h", result("r", "n1/a"), result("r", "n1/b")))
            .build();

    assertThat(loss(problem, ANY, result("r", "n1/c"))).isZero();
  }

  @Test
  void unusablePoolsAndUnseenDevicesSupplyNothing() {
    ResourceSlice incomplete = slice("n1", devices("a")).withResourceSliceCount(2);
    ResourceSlice elsewhere = sharedSlice("far", NodeSelection.node("n9"), devices("a"));
    AllocationProblem problem = problem(incomplete, elsewhere, slice("n2", devices("z"))).build();

    assertThat(loss(problem, ANY, result("r", "n1/a"))).isZero();
    assertThat(loss(problem, ANY, result("r", "far/a"))).isZero();
    assertThat(loss(problem, ANY, result("r", "n2/z"))).isEqualTo(1_000_000);
  }

  @Test
  void aDeviceThatNoResultCanCarrySuppliesNothing() {
    NodeSelector twoTerms =
        new NodeSelector(
            ImmutableList.of(
                NodeSelector.ofNode("n1").terms().get(0),
                NodeSelector.ofNode("n2").terms().get(0)));
    Device split = device("a").nodes(new NodeSelection.Matching(twoTerms)).build();
    Device tied = ImmutableDevice.copyOf(split).withName("b").withBindsToNode(true);
    AllocationProblem problem =
        problem(sharedSlice("p", new NodeSelection.PerDevice(), List.of(split, tied))).build();

    assertThat(loss(problem, ANY, result("r", "p/a"))).isZero();
    assertThat(loss(problem, ANY, result("r", "p/b"))).isEqualTo(1_000_000);
  }

  @Test
  void aTaintedDeviceSuppliesThoseWhoTolerateIt() {
    Device tainted =
        device("a")
            .addTaints(new Taint("bad", "", Taint.Effect.NO_SCHEDULE, Optional.empty()))
            .build();
    AllocationProblem problem = problem(slice("n1", tainted)).build();
    DeviceRequest tolerant =
        leaf("r")
            .addTolerations(
                new Toleration(
                    "bad", Toleration.Operator.EXISTS, "", Optional.empty(), Optional.empty()))
            .build();

    DeviceRequest otherwise = leaf("r").addTolerations(Toleration.exists("worse")).build();

    assertThat(loss(problem, ANY, result("r", "n1/a"))).isZero();
    assertThat(loss(problem, otherwise, result("r", "n1/a"))).isZero();
    assertThat(loss(problem, tolerant, result("r", "n1/a"))).isEqualTo(1_000_000);
  }

  @Test
  void aDeviceBehindABarrierSuppliesNobody() {
    OffFeature off = new OffFeature("such devices", FeatureGate.PARTITIONABLE_DEVICES, "R117");
    Device withheld = device("a").barrier(Barrier.withholding(off)).build();
    Device hidden = device("b").barrier(Barrier.hiding(off)).build();
    AllocationProblem problem = problem(slice("n1", withheld, hidden)).build();

    assertThat(loss(problem, ANY, result("r", "n1/a"), result("r", "n1/b"))).isZero();
  }

  @Test
  void requestsThatNothingCanMeetCountNothing() {
    AllocationProblem problem = problem(slice("n1", devices("a"))).build();
    DeviceRequest missing = leaf("r").deviceClass("missing").build();
    DeviceRequest broken = leaf("r").addSelectors(new BrokenSelector()).build();

    assertThat(loss(problem, ImmutableMap.of(missing, 9, broken, 9, ANY, 1), result("r", "n1/a")))
        .isEqualTo(1_000_000);
  }

  @Test
  void administrationTakesNothing() {
    AllocationProblem problem = problem(slice("n1", devices("a"))).build();

    assertThat(loss(problem, ANY, result("r", "n1/a").withAdminAccess(true))).isZero();
  }

  @Test
  void aDeviceSuitsByTheSelectorsOfTheClassToo() {
    DeviceClass fast =
        DeviceClass.builder()
            .name("fast")
            .addSelectors(DeviceSelectors.attributeEquals(name("gpu.example.com/speed"), 2))
            .build();
    Device slow = device("a").putAttributes(name("speed"), new AttributeValue.IntValue(1)).build();
    Device quick = device("b").putAttributes(name("speed"), new AttributeValue.IntValue(2)).build();
    AllocationProblem problem = problem(slice("n1", slow, quick)).addDeviceClasses(fast).build();
    DeviceRequest request = leaf("r").deviceClass("fast").build();

    assertThat(loss(problem, request, result("r", "n1/a"))).isZero();
    assertThat(loss(problem, request, result("r", "n1/b"))).isEqualTo(1_000_000);
  }

  @Test
  void aCapacityOfWhichNothingIsTakenLimitsNoShares() {
    Device device =
        sharedGpu("a", "40Gi")
            .withCapacity(
                ImmutableMap.of(
                    name("memory"), DeviceCapacity.of(quantity("40Gi")),
                    name("links"), DeviceCapacity.of(quantity("0"))));
    AllocationProblem problem = problem(slice("n1", device)).build();

    assertThat(loss(problem, large("10Gi"), share("r", "n1/a", 1, amounts("memory", "20Gi"))))
        .isEqualTo(500_000);
  }
}
