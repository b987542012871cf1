package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.amounts;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.consumes;
import static io.tangram.api.check.Given.counterSet;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.held;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.partitioned;
import static io.tangram.api.check.Given.pool;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.quantity;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.rules;
import static io.tangram.api.check.Given.share;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Request;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import org.junit.jupiter.api.Test;

/** R82 to R94, and what is left of capacities and counters (R109 to R144). */
class AvailabilityCheckTest {

  private static final Device DEDICATED = device("a").build();
  private static final Device SHARED =
      device("a")
          .allowMultipleAllocations(true)
          .putCapacity(name("memory"), DeviceCapacity.of(quantity("40Gi")))
          .build();
  private static final Device UNLIMITED = device("a").allowMultipleAllocations(true).build();

  private static ImmutableAllocationProblem on(Device device, Allocation... held) {
    return problem(slice("n1", device)).addHeld(held).addAdminNamespaces("ns").build();
  }

  private static ImmutableList<String> judge(
      AllocationProblem problem, Claim claim, DeviceAllocation... results) {
    return Given.judge(problem, claim, allocation(claim, "n1", results));
  }

  private static Claim one(String name) {
    return claim(name, request("r"));
  }

  private static Claim admin(String name) {
    return claim(name, exactly(leaf("r").adminAccess(true)));
  }

  private static Request asking(String request, String memory) {
    return exactly(leaf(request).putAllCapacityRequests(amounts("memory", memory)));
  }

  private static DeviceAllocation shareOf(String request, int number, String memory) {
    return share(request, "n1/a", number, amounts("memory", memory));
  }

  @Test
  void tellsDevicesOfOneNameInTwoPoolsApart() {
    AllocationProblem problem =
        problem(slice("n1", DEDICATED), slice("n1", DEDICATED).withPool(pool("other")))
            .addHeld(held("h", result("r", "n1/a")))
            .build();

    assertThat(judge(problem, one("c"), result("r", "other/a"))).isEmpty();
  }

  @Test
  void givesADedicatedDeviceOnce() {
    assertThat(judge(on(DEDICATED), one("c"), result("r", "n1/a"))).isEmpty();
    assertThat(judge(on(DEDICATED, held("h", result("r", "n1/a"))), one("c"), result("r", "n1/a")))
        .containsExactly("R90");
  }

  @Test
  void givesADedicatedDeviceToOneRequestOfAClaim() {
    Claim two = claim("c", request("r"), request("s"));

    assertThat(judge(on(DEDICATED), two, result("r", "n1/a"), result("s", "n1/a")))
        .containsExactly("R90");
  }

  @Test
  void givesADeviceForAdministrationInUseOrNot() {
    Allocation holder = held("h", result("r", "n1/a"));
    DeviceAllocation use = result("r", "n1/a").withAdminAccess(true);

    assertThat(judge(on(DEDICATED, holder), admin("c"), use)).isEmpty();
    assertThat(judge(on(DEDICATED), admin("c"), use)).isEmpty();
  }

  @Test
  void leavesADeviceFreeThatIsUsedForAdministration() {
    Allocation holder = held("h", result("r", "n1/a").withAdminAccess(true));

    assertThat(judge(on(DEDICATED, holder), one("c"), result("r", "n1/a"))).isEmpty();
  }

  @Test
  void givesADedicatedDeviceOnceInsideAClaimForAdministrationToo() {
    Claim mixed = claim("c", exactly(leaf("r").adminAccess(true)), request("s"));
    Claim both =
        claim("c", exactly(leaf("r").adminAccess(true)), exactly(leaf("s").adminAccess(true)));
    DeviceAllocation use = result("r", "n1/a").withAdminAccess(true);

    assertThat(judge(on(DEDICATED), mixed, use, result("s", "n1/a"))).containsExactly("R83");
    assertThat(judge(on(DEDICATED), both, use, result("s", "n1/a").withAdminAccess(true)))
        .containsExactly("R83");
  }

  @Test
  void givesADeviceForAdministrationOnceAfterAnOrdinaryRequestOfTheClaim() {
    Claim mixed = claim("c", request("r"), exactly(leaf("s").adminAccess(true)));

    assertThat(
            judge(
                on(DEDICATED),
                mixed,
                result("r", "n1/a"),
                result("s", "n1/a").withAdminAccess(true)))
        .containsExactly("R83");
  }

  /** R92 as intended. */
  @Test
  void refusesTheWholeOfADeviceOfWhichSharesAreInUse() {
    Allocation sharer = held("h", share("r", "n1/a", 1, ImmutableMap.of()));

    assertThat(judge(on(DEDICATED, sharer), one("c"), result("r", "n1/a"))).containsExactly("R92");
  }

  @Test
  void refusesSharesOfADeviceThatIsHeldWhole() {
    Allocation holder = held("h", result("r", "n1/a"));

    assertThat(judge(on(UNLIMITED, holder), one("c"), share("r", "n1/a", 1, ImmutableMap.of())))
        .containsExactly("R143");
    assertThat(
            judge(
                on(UNLIMITED, holder),
                admin("c"),
                share("r", "n1/a", 1, ImmutableMap.of()).withAdminAccess(true)))
        .isEmpty();
  }

  /** R138. */
  @Test
  void sharesADeviceWithoutCapacitiesWithoutLimit() {
    Allocation sharer = held("h", share("r", "n1/a", 1, ImmutableMap.of()));

    assertThat(judge(on(UNLIMITED, sharer), one("c"), share("r", "n1/a", 2, ImmutableMap.of())))
        .isEmpty();
  }

  @Test
  void sharesADeviceUpToItsCapacity() {
    Allocation sharer = held("h", shareOf("r", 1, "30Gi"));

    assertThat(judge(on(SHARED, sharer), claim("c", asking("r", "10Gi")), shareOf("r", 2, "10Gi")))
        .isEmpty();
    assertThat(judge(on(SHARED, sharer), claim("c", asking("r", "11Gi")), shareOf("r", 2, "11Gi")))
        .containsExactly("R128");
  }

  @Test
  void sharesADeviceAmongTheRequestsOfAClaim() {
    Claim fits = claim("c", asking("r", "30Gi"), asking("s", "10Gi"));
    Claim doesNot = claim("c", asking("r", "30Gi"), asking("s", "11Gi"));

    assertThat(judge(on(SHARED), fits, shareOf("r", 1, "30Gi"), shareOf("s", 2, "10Gi"))).isEmpty();
    assertThat(judge(on(SHARED), doesNot, shareOf("r", 1, "30Gi"), shareOf("s", 2, "11Gi")))
        .containsExactly("R128");
  }

  /** R87. */
  @Test
  void givesAShareForAdministrationOnlyOfWhatIsLeft() {
    Allocation sharer = held("h", shareOf("r", 1, "30Gi"));
    Claim fits = claim("c", adminAsking("r", "10Gi"));
    Claim doesNot = claim("c", adminAsking("r", "11Gi"));

    assertThat(judge(on(SHARED, sharer), fits, adminShareOf("r", 2, "10Gi"))).isEmpty();
    assertThat(judge(on(SHARED, sharer), doesNot, adminShareOf("r", 2, "11Gi")))
        .containsExactly("R128");
  }

  @Test
  void takesNothingFromOtherClaimsForAdministration() {
    Allocation sharer = held("h", adminShareOf("r", 1, "40Gi"));

    assertThat(judge(on(SHARED, sharer), claim("c", asking("r", "40Gi")), shareOf("r", 2, "40Gi")))
        .isEmpty();
  }

  @Test
  void takesFromTheSameClaimForAdministration() {
    Claim claim = claim("c", adminAsking("r", "30Gi"), asking("s", "11Gi"));
    Claim reverse = claim("c", asking("r", "11Gi"), adminAsking("s", "30Gi"));
    Claim fits = claim("c", adminAsking("r", "30Gi"), asking("s", "10Gi"));

    assertThat(judge(on(SHARED), claim, adminShareOf("r", 1, "30Gi"), shareOf("s", 2, "11Gi")))
        .containsExactly("R128");
    assertThat(judge(on(SHARED), reverse, shareOf("r", 1, "11Gi"), adminShareOf("s", 2, "30Gi")))
        .containsExactly("R128");
    assertThat(judge(on(SHARED), fits, adminShareOf("r", 1, "30Gi"), shareOf("s", 2, "10Gi")))
        .isEmpty();
  }

  private static Request adminAsking(String request, String memory) {
    return exactly(
        leaf(request).adminAccess(true).putAllCapacityRequests(amounts("memory", memory)));
  }

  private static DeviceAllocation adminShareOf(String request, int number, String memory) {
    return share(request, "n1/a", number, amounts("memory", memory)).withAdminAccess(true);
  }

  @Test
  void givesEveryShareAnIdOfItsOwn() {
    Allocation sharer = held("h", share("r", "n1/a", 1, ImmutableMap.of()));
    Claim two = claim("c", request("r"), request("s"));

    assertThat(judge(on(UNLIMITED, sharer), one("c"), share("r", "n1/a", 1, ImmutableMap.of())))
        .containsExactly("R136");
    assertThat(
            judge(
                on(UNLIMITED),
                two,
                share("r", "n1/a", 2, ImmutableMap.of()),
                share("s", "n1/a", 2, ImmutableMap.of())))
        .containsExactly("R136");
  }

  private static ImmutableAllocationProblem partitions(Allocation... held) {
    Device shared =
        device("s3")
            .allowMultipleAllocations(true)
            .addConsumesCounters(consumes("set", "x", 3))
            .build();
    return partitioned(shared).addHeld(held).addAdminNamespaces("ns").build();
  }

  @Test
  void givesPartitionsUpToTheirCounters() {
    Allocation holder = held("h", result("r", "n1/p3"));

    assertThat(judge(partitions(holder), one("c"), result("r", "n1/p1"))).isEmpty();
    assertThat(judge(partitions(holder), one("c"), result("r", "n1/p2"))).containsExactly("R112");
    assertThat(judge(partitions(), one("c"), result("r", "n1/p2"))).isEmpty();
  }

  @Test
  void givesPartitionsOfOneClaimUpToTheirCounters() {
    Claim two = claim("c", request("r"), request("s"));

    assertThat(judge(partitions(), two, result("r", "n1/p3"), result("s", "n1/p1"))).isEmpty();
    assertThat(judge(partitions(), two, result("r", "n1/p3"), result("s", "n1/p2")))
        .containsExactly("R112");
  }

  /** What is refused takes nothing from the claim's other requests. */
  @Test
  void judgesFurtherDevicesOfAClaimWithoutTheRefusedOnes() {
    Claim three = claim("c", request("r"), request("s"), request("t"));

    assertThat(
            judge(
                partitions(),
                three,
                result("r", "n1/p3"),
                result("s", "n1/p2"),
                result("t", "n1/p1")))
        .containsExactly("R112");
  }

  /** R86 as intended. */
  @Test
  void takesNoCountersForAdministration() {
    Allocation holder = held("h", result("r", "n1/p3"));
    Allocation used = held("h", result("r", "n1/p3").withAdminAccess(true));

    assertThat(judge(partitions(holder), admin("c"), result("r", "n1/p3").withAdminAccess(true)))
        .isEmpty();
    assertThat(judge(partitions(holder), admin("c"), result("r", "n1/p2").withAdminAccess(true)))
        .isEmpty();
    assertThat(judge(partitions(used), one("c"), result("r", "n1/p2"))).isEmpty();
  }

  /** R113: with the first share, and as intended also where shares carry no capacity. */
  @Test
  void takesTheCountersOfASharedDeviceOnce() {
    Allocation sharer = held("h", share("r", "n1/s3", 1, ImmutableMap.of()));

    assertThat(judge(partitions(sharer), one("c"), share("r", "n1/s3", 2, ImmutableMap.of())))
        .isEmpty();
    assertThat(judge(partitions(sharer), one("c"), result("r", "n1/p2"))).containsExactly("R112");
    assertThat(judge(partitions(sharer), one("c"), result("r", "n1/p1"))).isEmpty();
  }

  @Test
  void closesAPoolWithAVanishedDeviceToPartitions() {
    Allocation holder = held("h", result("r", "n1/gone"));

    assertThat(judge(partitions(holder), one("c"), result("r", "n1/p1"))).containsExactly("R116");
    assertThat(
            judge(
                partitions(holder).withVanishedDevicesAreFree(true),
                one("c"),
                result("r", "n1/p1")))
        .isEmpty();
  }

  /** R114 as intended: the pool of another driver has counters of its own. */
  @Test
  void keepsCountersOfDriversApart() {
    PoolId other = new PoolId("other.example.com", "n1");
    AllocationProblem problem = partitions(held("h", result("r", "n1/p3")));
    AllocationProblem both =
        ImmutableAllocationProblem.copyOf(problem)
            .withSlices(
                ImmutableList.<ResourceSlice>builder()
                    .addAll(problem.slices())
                    .addAll(
                        problem.slices().stream()
                            .map(
                                slice ->
                                    (ResourceSlice)
                                        ImmutableResourceSlice.copyOf(slice).withPool(other))
                            .toList())
                    .build());
    DeviceAllocation foreign =
        result("r", "n1/p2").withDevice(new DeviceId(other.driver(), "n1", "p2"));

    assertThat(judge(both, one("c"), foreign)).isEmpty();
    assertThat(judge(both, one("c"), result("r", "n1/p2"))).containsExactly("R112");
  }

  /** R121: devices for different nodes may draw on one set. */
  @Test
  void drawsOnTheCountersOfAPoolFromAllItsNodes() {
    ResourceSlice counters =
        sharedSlice("p", NodeSelection.node("n1"), devices())
            .withName("0")
            .withResourceSliceCount(3)
            .withSharedCounters(counterSet("set", "x", 4));
    ResourceSlice here = ofNode("n1", "a");
    ResourceSlice there = ofNode("n2", "b");
    AllocationProblem problem = problem(counters, here, there).build();
    CheckedState state = PlanChecker.of(problem).state();
    Claim first = one("c");
    Claim second = one("d");

    assertThat(state.add(first, allocation(first, "n1", result("r", "p/a")))).isEmpty();
    assertThat(rules(state.add(second, allocation(second, "n2", result("r", "p/b")))))
        .containsExactly("R112");

    state.remove(first.id());

    assertThat(state.add(second, allocation(second, "n2", result("r", "p/b")))).isEmpty();
  }

  private static ResourceSlice ofNode(String node, String name) {
    Device device = device(name).addConsumesCounters(consumes("set", "x", 3)).build();
    return sharedSlice("p", NodeSelection.node(node), ImmutableList.of(device))
        .withName(name)
        .withResourceSliceCount(3);
  }
}
