package io.tangram.solver.reference;

import static io.tangram.solver.Fleet.all;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Longs;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Request;
import io.tangram.api.device.AttributeValue.IntList;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import io.tangram.api.reference.Defect;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.FailingOn;
import io.tangram.solver.Fleet;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * For each defect of the reference a problem on which it shows: what first-fit gives by the rules,
 * and what the reference gives with this defect alone.
 */
class ReferenceDefectsTest {

  private static final QualifiedName RAIL = QualifiedName.of(Fleet.DRIVER, "rail");
  private static final QualifiedName MEMORY = QualifiedName.parse("memory");
  private static final ImmutableList<String> NOTHING = ImmutableList.of();
  private static final DeviceConstraint SAME_RAIL =
      new DeviceConstraint.MatchAttribute(ImmutableList.of(), RAIL);
  private static final DeviceConstraint OTHER_RAIL =
      new DeviceConstraint.DistinctAttribute(ImmutableList.of(), RAIL);

  // Pools.

  @Test
  void counterSlicesOfOtherNodesMakeTheirPoolOneOfThisNode() {
    // Node b has yet to see the devices of its pool; node a has nothing to do with it.
    var problem =
        problem("a", "b")
            .addSlices(slice("a", device("0", "big")), counters("b", 7))
            .addClaims(claim("c", all("gpu")));

    assertGiven(problem, List.of("0"));
    assertGivenWith(Defect.COUNTER_SLICES_COUNT_EVERYWHERE, problem, NOTHING);
  }

  @Test
  void anUnfinishedPoolOfOneNodeKeepsModeAllFromEveryNode() {
    var problem =
        problem("a", "b")
            .addSlices(
                slice("a", device("0", "big")).withResourceSliceCount(2),
                slice("b", device("1", "big")))
            .addClaims(claim("c", all("gpu")));

    assertGiven(problem, List.of("1"));
    assertGivenWith(Defect.UNUSABLE_POOL_IS_FATAL, problem, NOTHING);
  }

  @Test
  void anUnfinishedPoolKeepsModeAllFromANodeBeforeASelectorFailsThere() {
    var problem =
        problem("a", "b")
            .addSlices(
                slice("a", device("0", "small")),
                ofOtherDriver(slice("a", device("1", "big")).withResourceSliceCount(2)),
                slice("b", device("2", "big")))
            .addClaims(
                claim(
                    "c",
                    new Request.Exactly(
                        leaf("gpu", 1)
                            .withMode(AllocationMode.ALL)
                            .withSelectors(new FailingOn("small")))));

    assertGiven(problem, List.of("2"));
    assertGivenWith(Defect.UNUSABLE_POOL_IS_FATAL, problem, NOTHING);
  }

  // Mode All.

  @Test
  void aConstraintAgainstModeAllEndsTheSearch() {
    var problem =
        problem("n")
            .addSlices(slice("n", onRail("0", "x"), onRail("1", "y")))
            .addClaims(
                claim("c", Fleet.any(leaf("gpu", 1).withMode(AllocationMode.ALL), leaf("big", 1)))
                    .withConstraints(SAME_RAIL));

    assertGiven(problem, List.of("0"));
    assertGivenWith(Defect.ALL_MODE_CONSTRAINT_IS_FATAL, problem, NOTHING);
  }

  @Test
  void modeAllLeavesOutSharedDevicesThatAreUsedUp() {
    var problem =
        problem("n")
            .addSlices(slice("n", shared("0", 8), shared("1", 8)))
            .addHeld(held(share("0").putConsumedCapacity(MEMORY, Quantity.of(8))))
            .addClaims(claim("c", all("gpu")));

    assertGiven(problem, NOTHING);
    assertGivenWith(Defect.ALL_MODE_SKIPS_EXHAUSTED, problem, List.of("1"));
  }

  // In use.

  @Test
  void administrationPaysForCountersThatAnotherHasPaidFor() {
    var problem =
        problem("n")
            .addSlices(counters("n", 7), parts("n", drawing(7, device("0", "big"))))
            .addHeld(held(result("0")))
            .addClaims(claim("c", new Request.Exactly(leaf("gpu", 1).withAdminAccess(true))));

    assertGiven(problem, List.of("0"));
    assertGivenWith(Defect.ADMINISTRATION_PAYS_COUNTERS, problem, NOTHING);
  }

  @Test
  void sharesDoNotKeepADeviceFromBeingGivenWhole() {
    var problem =
        problem("n")
            .addSlices(slice("n", device("0", "big")))
            .addHeld(held(share("0")))
            .addClaims(claim("c", one("gpu")));

    assertGiven(problem, NOTHING);
    assertGivenWith(Defect.SHARES_DO_NOT_BLOCK, problem, List.of("0"));
  }

  // Constraints.

  @Test
  void aMatchOnListsStaysNarrowWhenTheDeviceIsGivenUp() {
    // Behind 0 comes 1, which leaves only rail 1; nothing else has that, so 1 is given up.
    var problem =
        problem("n")
            .addSlices(
                slice("n", onRails("0", 1, 2), onRails("1", 1), onRails("2", 2), onRails("3", 2)))
            .addClaims(claim("c", some("gpu", 3)).withConstraints(SAME_RAIL));

    assertGiven(problem, List.of("0", "2", "3"));
    assertGivenWith(Defect.COMMON_VALUES_STAY_NARROW, problem, NOTHING);
  }

  @Test
  void listsOfValuesAreNotCompared() {
    var problem =
        problem("n")
            .addSlices(slice("n", onRails("0", 1, 2), onRails("1", 2, 3)))
            .addClaims(claim("c", some("gpu", 2)).withConstraints(SAME_RAIL));

    assertGiven(problem, List.of("0", "1"));
    assertGivenWith(Defect.LISTS_NEVER_MATCH, problem, NOTHING);
  }

  @Test
  void aDistinctionRemembersOnlyTheLastDevice() {
    var problem =
        problem("n")
            .addSlices(slice("n", onRail("0", "a"), onRail("1", "b"), onRail("2", "a")))
            .addClaims(claim("c", some("gpu", 3)).withConstraints(OTHER_RAIL));

    assertGiven(problem, NOTHING);
    assertGivenWith(Defect.DISTINCTION_REMEMBERS_LAST, problem, List.of("0", "1", "2"));
  }

  // Counters.

  @Test
  void sharesWithoutCapacityPayAgain() {
    var problem =
        problem("n")
            .addSlices(counters("n", 7), parts("n", drawing(7, shared("0"))))
            .addHeld(held(share("0")))
            .addClaims(claim("c", one("gpu")));

    assertGiven(problem, List.of("0"));
    assertGivenWith(Defect.SHARES_PAY_AGAIN, problem, NOTHING);
  }

  @Test
  void countersOfTwoDriversWithOnePoolNameAreOneAccount() {
    // Both boards are called alike and have room for one device, as have their pools.
    var problem =
        problem("n")
            .addSlices(counters("n", 7), parts("n", drawing(7, device("0", "big"))))
            .addSlices(
                ofOtherDriver(counters("n", 7)),
                ofOtherDriver(parts("n", drawing(7, device("1", "big")))))
            .addClaims(claim("c", some("gpu", 2)));

    assertGiven(problem, List.of("0", "1"));
    assertGivenWith(Defect.POOL_NAMES_COLLIDE, problem, NOTHING);
  }

  @Test
  void countersOfTheFirstPoolOfANameStandForThoseOfOthers() {
    // The second pool has room for one device only, but nobody looks at its board.
    var problem =
        problem("n")
            .addSlices(counters("n", 7), parts("n", drawing(1, device("0", "big"))))
            .addSlices(
                ofOtherDriver(counters("n", 1)),
                ofOtherDriver(
                    parts("n", drawing(1, device("1", "big")), drawing(1, device("2", "big")))))
            .addClaims(claim("c", some("gpu", 3)));

    assertGiven(problem, NOTHING);
    assertGivenWith(Defect.POOL_NAMES_COLLIDE, problem, List.of("0", "1", "2"));
  }

  @Test
  void whatATaintedDeviceDrewStaysDrawn() {
    Taint taint = new Taint("broken", "", Taint.Effect.NO_SCHEDULE, Optional.empty());
    Device tainted = drawing(7, device("0", "big")).withTaints(taint);
    var problem =
        problem("n")
            .addSlices(counters("n", 7), parts("n", tainted, drawing(7, device("1", "big"))))
            .addClaims(claim("c", one("gpu")));

    assertGiven(problem, List.of("1"));
    assertGivenWith(Defect.DRAWS_STAY, problem, NOTHING);
  }

  /** R122: no defect keeps a device among others with which it has no compatibility group. */
  @Test
  void sharesGivenBackDoNotStandForTheirCompatibilityGroups() {
    var problem =
        problem("n")
            .addSlices(
                counters("n", 2),
                parts(
                    "n",
                    drawing(1, device("0", "small")).withAllowMultipleAllocations(true),
                    drawing(1, ImmutableSet.of("even"), device("1", "big")),
                    device("2", "small")))
            .addClaims(claim("c", named("first", 1), one("big"), named("last", 1)));

    assertGiven(problem, NOTHING);
    assertThat(names(with(Defect.DRAWS_STAY), problem.build())).isEmpty();
  }

  @Test
  void devicesThatVanishedDrawNothing() {
    var problem =
        problem("n")
            .addSlices(counters("n", 7), parts("n", drawing(7, device("0", "big"))))
            .addHeld(held(result("gone")))
            .addClaims(claim("c", one("gpu")));

    assertGiven(problem, NOTHING);
    assertGivenWith(Defect.VANISHED_DEVICES_DRAW_NOTHING, problem, List.of("0"));
  }

  // Results.

  @Test
  void rangesAreCountedInWholeUnits() {
    Quantity half = Quantity.parse("500m");
    CapacityPolicy halves =
        new CapacityPolicy.ValidRange(Optional.of(half), half, Optional.empty(), Optional.of(half));
    Device device =
        shared("0")
            .withCapacity(
                ImmutableMap.of(MEMORY, new DeviceCapacity(Quantity.of(8), Optional.of(halves))));
    var problem =
        problem("n")
            .addSlices(slice("n", device))
            .addClaims(
                claim(
                    "c",
                    new Request.Exactly(
                        leaf("gpu", 1)
                            .withCapacityRequests(
                                ImmutableMap.of(MEMORY, Quantity.parse("1200m"))))))
            .build();

    assertThat(consumed(new FirstFitAllocator(), problem)).containsExactly(Quantity.parse("1.5"));
    assertThat(consumed(with(Defect.RANGES_IN_WHOLE_UNITS), problem))
        .containsExactly(Quantity.of(2));
  }

  private static List<Quantity> consumed(Allocator allocator, AllocationProblem problem) {
    return given(allocator, problem).stream()
        .map(result -> result.consumedCapacity().getOrDefault(MEMORY, Quantity.ZERO))
        .toList();
  }

  @Test
  void aConfigurationIsRepeatedForEachOfItsRequests() {
    AllocationProblem problem = configured("first", "second");

    assertThat(configuredRequests(new FirstFitAllocator(), problem))
        .containsExactly(List.of("first", "second"));
    assertThat(configuredRequests(with(Defect.CONFIGURATION_REPEATED), problem))
        .containsExactly(List.of("first", "second"), List.of("first", "second"));
  }

  @Test
  void aConfigurationForAllRequestsNamesThem() {
    AllocationProblem problem = configured("first", "second", "third");

    assertThat(configuredRequests(new FirstFitAllocator(), problem)).containsExactly(List.of());
    assertThat(configuredRequests(with(Defect.CONFIGURATION_NAMES_ALL), problem))
        .containsExactly(List.of("first", "second", "third"));
  }

  /** A claim with three requests and a configuration for some of them. */
  private static AllocationProblem configured(String... requests) {
    OpaqueConfig opaque = new OpaqueConfig(Fleet.DRIVER, "{}");
    return problem("n")
        .addSlices(slice("n", Fleet.devices("big", 3)))
        .addClaims(
            claim("c", named("first", 1), named("second", 1), named("third", 1))
                .withConfigs(new ClaimConfig(ImmutableList.copyOf(requests), opaque)))
        .build();
  }

  private static List<List<String>> configuredRequests(
      Allocator allocator, AllocationProblem problem) {
    return Stream.ofNullable(
            allocator.allocate(problem, AllocationOptions.DEFAULTS).allocations().get(id("c")))
        .flatMap(allocation -> allocation.configs().stream())
        .<List<String>>map(AllocatedConfig::requests)
        .toList();
  }

  // Problems.

  private static ImmutableAllocationProblem.Builder problem(String... nodes) {
    return Fleet.of(nodes).addAdminNamespaces("ns");
  }

  private static Request named(String name, int count) {
    return new Request.Exactly(leaf("gpu", count).withName(name));
  }

  private static Device onRail(String name, String rail) {
    return device(name, ImmutableMap.of("model", "big", "rail", rail));
  }

  private static Device onRails(String name, long... rails) {
    return ImmutableDevice.builder()
        .name(name)
        .putAttributes(RAIL, new IntList(ImmutableList.copyOf(Longs.asList(rails))))
        .build();
  }

  private static ImmutableDevice shared(String name) {
    return ImmutableDevice.copyOf(device(name, "big")).withAllowMultipleAllocations(true);
  }

  private static ImmutableDevice shared(String name, long memory) {
    return shared(name)
        .withCapacity(ImmutableMap.of(MEMORY, DeviceCapacity.of(Quantity.of(memory))));
  }

  /** The board of a node's pool, which has devices in another slice. */
  private static ImmutableResourceSlice counters(String node, long slots) {
    return slice(node)
        .withName("counters-" + node)
        .withResourceSliceCount(2)
        .withSharedCounters(new CounterSet("board", ImmutableMap.of("slots", Quantity.of(slots))));
  }

  /** The devices of a node's pool, which has a board in another slice. */
  private static ImmutableResourceSlice parts(String node, Device... devices) {
    return slice(node, devices).withResourceSliceCount(2);
  }

  private static ImmutableDevice drawing(long slots, Device device) {
    return drawing(slots, ImmutableSet.of(), device);
  }

  private static ImmutableDevice drawing(
      long slots, ImmutableSet<String> compatibilityGroups, Device device) {
    return ImmutableDevice.copyOf(device)
        .withConsumesCounters(
            new CounterConsumption(
                "board", ImmutableMap.of("slots", Quantity.of(slots)), compatibilityGroups));
  }

  private static ImmutableResourceSlice ofOtherDriver(ImmutableResourceSlice slice) {
    return slice
        .withName("other-" + slice.name())
        .withPool(new PoolId("other.example.com", slice.pool().pool()));
  }

  private static Allocation held(ImmutableDeviceAllocation.Builder result) {
    return Allocation.builder().claim(id("holder")).addDevices(result.build()).build();
  }

  private static ImmutableDeviceAllocation.Builder result(String device) {
    return DeviceAllocation.builder()
        .request("gpu")
        .device(new DeviceId(Fleet.DRIVER, "n", device));
  }

  private static ImmutableDeviceAllocation.Builder share(String device) {
    return result(device).shareId(new UUID(0, 1));
  }

  // Answers.

  private static ReferenceAllocator with(Defect defect) {
    return ReferenceAllocator.with(Set.of(defect));
  }

  private static List<DeviceAllocation> given(Allocator allocator, AllocationProblem problem) {
    return Stream.ofNullable(
            allocator.allocate(problem, AllocationOptions.DEFAULTS).allocations().get(id("c")))
        .flatMap(allocation -> allocation.devices().stream())
        .toList();
  }

  private static List<String> names(Allocator allocator, AllocationProblem problem) {
    return given(allocator, problem).stream().map(result -> result.device().device()).toList();
  }

  /** By the rules, whoever searches: the optimal allocator may choose other devices. */
  private static void assertGiven(
      ImmutableAllocationProblem.Builder problem, List<String> devices) {
    AllocationProblem built = problem.build();
    assertThat(names(new FirstFitAllocator(), built)).isEqualTo(devices);
    assertThat(names(ReferenceAllocator.with(Set.of()), built)).isEqualTo(devices);
    assertThat(names(new CpSatAllocator(), built)).hasSameSizeAs(devices);
  }

  /** With the defect, and a warning that names it. */
  private static void assertGivenWith(
      Defect defect, ImmutableAllocationProblem.Builder problem, List<String> devices) {
    AllocationProblem built = problem.build();
    assertThat(names(with(defect), built)).isEqualTo(devices);
    assertThat(with(defect).allocate(built, AllocationOptions.DEFAULTS).warnings())
        .anyMatch(warning -> warning.contains(defect.toString()));
  }
}
