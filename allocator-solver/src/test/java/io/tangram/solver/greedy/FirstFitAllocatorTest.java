package io.tangram.solver.greedy;

import static io.tangram.solver.Fleet.all;
import static io.tangram.solver.Fleet.any;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Cancellation;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ExcludedNodes;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;
import io.tangram.solver.FailingOn;
import io.tangram.solver.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FirstFitAllocatorTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().build();

  @Test
  void takesUnitsByPriorityThenCreationTimeThenInput() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 6)))
            .addClaims(
                claim("lone-undated", one("gpu")),
                claim("lone-late", one("gpu")).withCreatedAt(Instant.ofEpochSecond(2)),
                claim("low", one("gpu")).withCreatedAt(Instant.ofEpochSecond(0)),
                claim("lone-early", one("gpu")).withCreatedAt(Instant.ofEpochSecond(1)),
                claim("high", one("gpu")),
                claim("lone-undated-too", one("gpu")))
            .addWorkloads(
                workload("low", "low").withPriority(-1), workload("high", "high").withPriority(1))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(given(plan, "high")).isEqualTo("big-0");
    assertThat(given(plan, "lone-early")).isEqualTo("big-1");
    assertThat(given(plan, "lone-late")).isEqualTo("big-2");
    assertThat(given(plan, "lone-undated")).isEqualTo("big-3");
    assertThat(given(plan, "lone-undated-too")).isEqualTo("big-4");
    assertThat(given(plan, "low")).isEqualTo("big-5");
  }

  @Test
  void skipsWhatDoesNotFitAndBlocksNobodyBehindIt() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 2)))
            .addClaims(claim("large", some("gpu", 3)), claim("little", one("gpu")))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocations()).containsOnlyKeys(id("little"));
    assertThat(plan.unallocated().get(id("large")))
        .isEqualTo(new Reason.InsufficientDevices("gpu", 3, 2, 2));
  }

  @Test
  void takesTheFirstNodeByName() {
    AllocationProblem problem =
        Fleet.of("b", "a")
            .addSlices(slice("b", devices("big", 1)), slice("a", devices("big", 1)))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(allocate(problem).allocations().get(id("c")).node()).hasValue("a");
  }

  @Test
  void prefersTheNodeThatScoresBest() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("small", 1)), slice("b", devices("big", 1)))
            .addClaims(claim("c", any(leaf("big", 1), leaf("small", 1))))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocations().get(id("c")).node()).hasValue("b");
    assertThat(plan.allocations().get(id("c")).devices().get(0).request()).isEqualTo("any/big");
  }

  @Test
  void scoresANodeAnewWhenItHasChanged() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(
                slice("a", device("big", "big"), device("small", "small")),
                slice("b", device("big", "big"), device("small", "small")))
            .addClaims(
                claim("c0", any(leaf("big", 1), leaf("small", 1))),
                claim("c1", any(leaf("big", 1), leaf("small", 1))),
                claim("c2", any(leaf("big", 1), leaf("small", 1))))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(givenId(plan, "c0")).isEqualTo(new DeviceId(Fleet.DRIVER, "a", "big"));
    assertThat(givenId(plan, "c1")).isEqualTo(new DeviceId(Fleet.DRIVER, "b", "big"));
    assertThat(givenId(plan, "c2")).isEqualTo(new DeviceId(Fleet.DRIVER, "a", "small"));
  }

  @Test
  void offersPoolsByNameWithBindingConditionsLastThenSlicesByNameThenDevicesAsListed() {
    Device binding =
        Device.builder()
            .name("binding")
            .addBindingConditions("ready")
            .addBindingFailureConditions("failed")
            .build();
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice("n", device("z", "big"), device("y", "big"))
                    .withName("2")
                    .withPool(new PoolId(Fleet.DRIVER, "p"))
                    .withResourceSliceCount(2),
                slice("n", device("x", "big"))
                    .withName("1")
                    .withPool(new PoolId(Fleet.DRIVER, "p"))
                    .withResourceSliceCount(2),
                slice("n", device("w", "big")).withPool(new PoolId("a.example.com", "q")),
                slice("n", binding).withPool(new PoolId("a.example.com", "a")))
            .addClaims(claim("c", some("gpu", 5)))
            .build();

    assertThat(allocate(problem).allocations().get(id("c")).devices())
        .extracting(each -> each.device().device())
        .containsExactly("w", "x", "z", "y", "binding");
  }

  @Test
  void takesDevicesOfOtherPoolsWhereOneIsInvalid() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice("n", device("twice", "big"), device("twice", "big"))
                    .withPool(new PoolId(Fleet.DRIVER, "invalid")),
                slice("n", devices("big", 1)))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(given(allocate(problem), "c")).isEqualTo("big-0");
  }

  @Test
  void givesADeviceOnceThatNodesSeeInTwoGenerations() {
    PoolId pool = new PoolId(Fleet.DRIVER, "p");
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(
                slice("a", device("gpu", "big")).withPool(pool).withGeneration(2),
                slice("b", device("gpu", "big")).withPool(pool))
            .addClaims(claim("c0", one("gpu")), claim("c1", one("gpu")))
            .build();

    assertThat(allocate(problem).allocations()).containsOnlyKeys(id("c0"));
  }

  @Test
  void drawsOnTheCountersOfAPoolFromAllItsNodes() {
    PoolId pool = new PoolId(Fleet.DRIVER, "p");
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(
                slice("a", drawing("x", "small")).withPool(pool).withResourceSliceCount(3),
                slice("b", drawing("y", "big")).withPool(pool).withResourceSliceCount(3),
                slice("a")
                    .withName("counters")
                    .withPool(pool)
                    .withResourceSliceCount(3)
                    .withSharedCounters(
                        new CounterSet("set", ImmutableMap.of("c", Quantity.of(4)))))
            .addClaims(
                claim("c0", any(leaf("big", 1), leaf("small", 1))),
                claim("c1", any(leaf("big", 1), leaf("small", 1))))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocations()).containsOnlyKeys(id("c0"));
    assertThat(given(plan, "c0")).isEqualTo("y");
  }

  private static Device drawing(String name, String model) {
    return ImmutableDevice.copyOf(device(name, model))
        .withConsumesCounters(new CounterConsumption("set", ImmutableMap.of("c", Quantity.of(3))));
  }

  @Test
  void searchesTheClaimsOfAWorkloadInItsOrder() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 2)))
            .addClaims(claim("first", one("gpu")), claim("second", one("gpu")))
            .addWorkloads(workload("w", "second", "first"))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(given(plan, "second")).isEqualTo("big-0");
    assertThat(given(plan, "first")).isEqualTo("big-1");
  }

  @Test
  void goesBackToAnEarlierRequest() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", device("a", "big"), device("b", "small")))
            .addClaims(claim("c", one("gpu"), one("big")))
            .build();

    assertThat(allocate(problem).allocations().get(id("c")).devices())
        .extracting(each -> each.device().device())
        .containsExactly("b", "a");
  }

  @Test
  void goesBackToAnEarlierClaimOfTheWorkload() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", device("a", "big"), device("b", "small")))
            .addClaims(claim("first", one("gpu")), claim("second", one("big")))
            .addWorkloads(workload("w", "first", "second"))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(given(plan, "first")).isEqualTo("b");
    assertThat(given(plan, "second")).isEqualTo("a");
  }

  @Test
  void takesALaterAlternativeWhereTheFirstFitsOnlyAlone() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", device("a", "big"), device("b", "small")))
            .addClaims(claim("c", any(leaf("big", 1), leaf("small", 1)), one("big")))
            .build();

    assertThat(allocate(problem).allocations().get(id("c")).devices())
        .extracting(DeviceAllocation::request)
        .containsExactly("any/small", "big");
  }

  @Test
  void triesIncreasingCombinationsInsideARequest() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice(
                    "n",
                    onRoot("a", "r0"),
                    onRoot("b", "r1"),
                    onRoot("c", "r1"),
                    onRoot("d", "r0")))
            .addClaims(
                claim("c", some("gpu", 2))
                    .withConstraints(
                        new DeviceConstraint.MatchAttribute(
                            ImmutableList.of(), QualifiedName.of(Fleet.DRIVER, "root"))))
            .build();

    assertThat(allocate(problem).allocations().get(id("c")).devices())
        .extracting(each -> each.device().device())
        .containsExactly("a", "d");
  }

  @Test
  void placesAllClaimsOfAWorkloadOnOneNodeOrNone() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 1)), slice("b", devices("small", 1)))
            .addClaims(claim("first", one("big")), claim("second", one("small")))
            .addWorkloads(workload("w", "first", "second"))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocations()).isEmpty();
    assertThat(plan.unallocated().values())
        .allMatch(reason -> reason.code() == ReasonCode.NODE_SELECTOR);
  }

  @Test
  void placesAWorkloadWhereItsHeldClaimsAreUsable() {
    Allocation held =
        Allocation.builder()
            .claim(id("held"))
            .addDevices(
                DeviceAllocation.builder()
                    .request("gpu")
                    .device(new DeviceId(Fleet.DRIVER, "b", "big-0"))
                    .build())
            .nodeSelector(NodeSelector.ofNode("b"))
            .build();
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 2)), slice("b", devices("big", 2)))
            .addHeld(held)
            .addClaims(claim("free", one("gpu")), claim("tied", one("gpu")))
            .addWorkloads(workload("w", "tied", "held"))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(givenId(plan, "tied")).isEqualTo(new DeviceId(Fleet.DRIVER, "b", "big-1"));
    assertThat(givenId(plan, "free").pool()).isEqualTo("a");
  }

  @Test
  void saysThatHeldClaimsKeepAWorkloadFromTheNodesWhereItFits() {
    Allocation held =
        Allocation.builder().claim(id("held")).nodeSelector(NodeSelector.ofNode("b")).build();
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 2)))
            .addHeld(held)
            .addClaims(claim("tied", one("gpu")))
            .addWorkloads(workload("w", "tied", "held"))
            .build();

    assertThat(allocate(problem).unallocated().get(id("tied")))
        .isEqualTo(
            new Reason.NodesExcluded(
                1, 2, new ExcludedNodes(0, Optional.empty(), 1, 0, 0, Optional.empty())));
  }

  @Test
  void leavesOutAUnitWhoseSelectorFailsWithinReach() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", device("a", "big"), device("b", "small")))
            .addClaims(claim("c", failingOn("big")))
            .build();

    Reason reason = allocate(problem).unallocated().get(id("c"));

    assertThat(reason.code()).isEqualTo(ReasonCode.SELECTOR_ERROR);
    assertThat(reason.message()).contains("request gpu", "fails on big", "no such key");
  }

  @Test
  void doesNotNoticeASelectorThatFailsBehindTheFirstFit() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", device("a", "big"), device("b", "small")))
            .addClaims(claim("c", failingOn("small")))
            .build();

    assertThat(given(allocate(problem), "c")).isEqualTo("a");
  }

  @Test
  void letsAnAdministrativeChoiceBlockALaterRequestOfTheSameWorkloadOnly() {
    Request admin = new Request.Exactly(leaf("gpu", 1).withAdminAccess(true));
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 1)))
            .addAdminNamespaces("ns")
            .addClaims(
                claim("admin", admin), claim("plain", one("gpu")), claim("other", one("gpu")))
            .addWorkloads(workload("w", "admin", "plain"))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocations()).containsOnlyKeys(id("other"));
  }

  @Test
  void takesAllDevicesOfTheNodeOrNone() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 2)), slice("b", devices("big", 3)))
            .addClaims(claim("first", one("big")), claim("every", all("big")))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocations().get(id("every")).node()).hasValue("b");
    assertThat(plan.allocations().get(id("every")).devices()).hasSize(3);
  }

  @Test
  void reportsObjectivesWithoutBounds() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 2)))
            .addClaims(claim("c0", any(leaf("small", 1), leaf("big", 1))), claim("c1", one("gpu")))
            .addWorkloads(workload("w", "c1").withPriority(5))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.status()).isEqualTo(PlanStatus.FEASIBLE);
    assertThat(plan.statistics().strategy()).isEqualTo("greedy");
    assertThat(plan.objectives())
        .extracting(each -> each.name() + " " + each.tier() + " " + each.value())
        .containsExactly("admission 5 1", "admission 0 1", "preference 0 7", "fit 0 2000000");
    assertThat(plan.objectives()).allMatch(each -> each.bound().isEmpty());
  }

  @Test
  void leavesWhatItHasNoStepsForUndecided() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 2)))
            .addClaims(claim("c0", one("gpu")), claim("c1", one("gpu")))
            .build();
    AllocationOptions oneStep =
        AllocationOptions.builder().deterministicLimit(1.0 / 20_000_000).build();

    AllocationPlan plan = new FirstFitAllocator().allocate(problem, oneStep);

    assertThat(plan.allocations()).containsOnlyKeys(id("c0"));
    assertThat(plan.unallocated().get(id("c1"))).isEqualTo(new Reason.NotProven());
  }

  @Test
  void givesAnEmptyPlanWhenCancelledBeforeTheSearch() {
    Cancellation cancellation = Cancellation.create();
    AllocationOptions cancelledOnceCompiled =
        AllocationOptions.builder()
            .cancellation(cancellation)
            .listener(event -> cancellation.cancel())
            .build();

    AllocationPlan plan = new FirstFitAllocator().allocate(oneClaim(), cancelledOnceCompiled);

    assertThat(plan.unallocated().get(id("c"))).isEqualTo(new Reason.NotProven());
  }

  @Test
  void saysWhenItIsCancelledBeforeItStarts() {
    Cancellation cancellation = Cancellation.create();
    cancellation.cancel();
    AllocationOptions cancelled = AllocationOptions.builder().cancellation(cancellation).build();

    assertThatThrownBy(() -> new FirstFitAllocator().allocate(oneClaim(), cancelled))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("cancelled");
  }

  private static AllocationProblem oneClaim() {
    return Fleet.of("n")
        .addSlices(slice("n", devices("big", 1)))
        .addClaims(claim("c", one("gpu")))
        .build();
  }

  @Test
  void saysWhenTheTimeIsOverBeforeItStarts() {
    AllocationOptions noTime = AllocationOptions.builder().timeLimit(Duration.ofNanos(1)).build();

    assertThatThrownBy(() -> new FirstFitAllocator().allocate(Fleet.of("n").build(), noTime))
        .isInstanceOf(DeadlineExceededException.class);
  }

  @Test
  void seesSoonThatEqualDevicesAreTooFew() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 64)))
            .addClaims(claim("c", some("gpu", 16), one("small")))
            .build();

    AllocationPlan plan = allocateInSteps(problem, 20_000);

    assertThat(plan.unallocated().get(id("c")).code()).isEqualTo(ReasonCode.NO_MATCHING_DEVICE);
  }

  @Test
  void doesNotSearchAStateTwice() {
    // Two pairs of each model short: whatever the first nine take, nothing is left for the tenth.
    Claim claim =
        Claim.builder()
            .id(id("c"))
            .addAllRequests(
                IntStream.range(0, 10)
                    .mapToObj(
                        i ->
                            new Request.FirstAvailable(
                                "r" + i, ImmutableList.of(leaf("big", 2), leaf("small", 2))))
                    .toList())
            .build();
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice("n", devices("big", 9)).withName("0").withResourceSliceCount(2),
                slice("n", devices("small", 9)).withName("1").withResourceSliceCount(2))
            .addClaims(claim)
            .build();

    AllocationPlan plan = allocateInSteps(problem, 100_000);

    assertThat(plan.unallocated().get(id("c")))
        .isEqualTo(
            new Reason.Competing(
                claim.requests().stream()
                    .map(Request::name)
                    .collect(ImmutableList.toImmutableList()),
                ReasonCode.INSUFFICIENT_DEVICES));
  }

  private static AllocationPlan allocateInSteps(AllocationProblem problem, int steps) {
    AllocationOptions limited =
        AllocationOptions.builder().deterministicLimit(steps / 20_000_000.0).build();
    return new FirstFitAllocator().allocate(problem, limited);
  }

  private static AllocationPlan allocate(AllocationProblem problem) {
    return new FirstFitAllocator().allocate(problem, OPTIONS);
  }

  private static ImmutableWorkload workload(String name, String... claims) {
    var workload = Workload.builder().id(new WorkloadId("ns", name));
    for (String claim : claims) {
      workload.addClaims(id(claim));
    }
    return workload.build();
  }

  private static String given(AllocationPlan plan, String claim) {
    return givenId(plan, claim).device();
  }

  private static DeviceId givenId(AllocationPlan plan, String claim) {
    List<DeviceAllocation> devices = plan.allocations().get(id(claim)).devices();
    assertThat(devices).hasSize(1);
    return devices.get(0).device();
  }

  private static Device onRoot(String name, String root) {
    return device(name, ImmutableMap.of("root", root));
  }

  private static Request failingOn(String model) {
    return new Request.Exactly(leaf("gpu", 1).withSelectors(new FailingOn(model)));
  }
}
