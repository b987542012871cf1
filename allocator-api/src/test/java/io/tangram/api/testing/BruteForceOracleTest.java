package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.ObjectiveResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BruteForceOracleTest {

  private static final PoolId POOL = new PoolId("gpu.example.com", "pool");

  /** The set of section 7's worked example: a holds the lower half of the board. */
  private static final AllocationProblem BOARD =
      cluster(
              board("full", 7, 0, 1, 2, 3),
              board("a", 3, 0, 1),
              board("b", 3, 2, 3),
              board("c", 2, 0))
          .addSlices(
              slice("counters")
                  .resourceSliceCount(2)
                  .addSharedCounters(
                      new CounterSet(
                          "g0",
                          ImmutableMap.of(
                              "sms", Quantity.of(7),
                              "slice-0", Quantity.ONE,
                              "slice-1", Quantity.ONE,
                              "slice-2", Quantity.ONE,
                              "slice-3", Quantity.ONE)))
                  .build())
          .addHeld(held("a"))
          .build();

  @Test
  void givesOnlyWhatTheCountersLeave() {
    AllocationProblem one = with(BOARD, claim("one", leaf("r")));
    AllocationProblem two = with(BOARD, claim("two", leaf("r", 2)));

    assertThat(solve(one).allocations(1).get(id("one")).devices())
        .extracting(device -> device.device().device())
        .containsExactly("b");
    assertThat(solve(two).fitAlone()).isEmpty();
  }

  @Test
  void takesAnAlternativeThatLeavesRoomForMore() {
    AllocationProblem problem =
        cluster(gpu("x", 10), gpu("y", 20))
            .addClaims(
                claim("picky", list("r", big("s0", 20), leaf("s1"))),
                claim("big", new Request.Exactly(big("r", 20))))
            .build();

    OracleAnswer answer = solve(problem);

    assertThat(answer.admitted()).containsExactlyInAnyOrder(id("picky"), id("big"));
    assertThat(values(answer)).containsExactly(2L, 7L, 1_500_000L);
  }

  @Test
  void prefersPreferenceToFit() {
    AllocationProblem problem =
        cluster(gpu("x", 10), gpu("y", 20))
            .addClaims(claim("picky", list("r", big("s0", 20), leaf("s1"))))
            .build();

    assertThat(values(solve(problem))).containsExactly(1L, 8L, 1_000_000L);
  }

  @Test
  void measuresTheShareOfADevice() {
    AllocationProblem problem = with(BOARD, claim("one", leaf("r")));
    AllocationOptions options =
        AllocationOptions.builder()
            .admission(Admission.MOST_DEVICE_SHARE)
            .objectives(List.of())
            .build();

    // three of seven sms; a place is taken as a whole or not at all and so doesn't count
    assertThat(values(BruteForceOracle.solve(problem, options))).containsExactly(428_571L);
  }

  @Test
  void admitsManyOrTheFirst() {
    AllocationProblem problem =
        cluster(gpu("x", 10), gpu("y", 10))
            .addClaims(
                claim("both", leaf("r", 2)), claim("one", leaf("r")), claim("other", leaf("r")))
            .build();

    assertThat(solve(problem).admitted()).containsExactlyInAnyOrder(id("one"), id("other"));
    assertThat(solve(problem, Admission.IN_ORDER).admitted()).containsExactly(id("both"));
  }

  @Test
  void queuesByPriorityThenAge() {
    AllocationProblem problem =
        cluster(gpu("x", 10))
            .addClaims(claim("young", leaf("r")), claim("old", leaf("r")), claim("late", leaf("r")))
            .addWorkloads(workload("w-young", 5, 20, "young"), workload("w-old", 5, 10, "old"))
            .build();

    OracleAnswer answer = solve(problem, Admission.IN_ORDER);

    assertThat(answer.admitted()).containsExactly(id("old"));
    assertThat(answer.objectives())
        .extracting(ObjectiveResult::tier, ObjectiveResult::value)
        .startsWith(tuple(5, 1L), tuple(0, 0L));
  }

  @Test
  void admitsWorkloadsWholeOrNotAtAll() {
    AllocationProblem problem =
        cluster(gpu("x", 10))
            .addClaims(claim("half", leaf("r")), claim("other-half", leaf("r")))
            .addWorkloads(workload("w", 0, 0, "half", "other-half"))
            .build();

    assertThat(solve(problem).fitAlone()).isEmpty();
    assertThat(solve(problem).admitted()).isEmpty();
  }

  @Test
  void takesAllOrNothingInModeAll() {
    Request all =
        new Request.Exactly(
            DeviceRequest.builder().name("r").deviceClass("any").mode(AllocationMode.ALL).build());
    AllocationProblem free = with(cluster(gpu("x", 1), gpu("y", 1)).build(), claim("all", all));
    AllocationProblem halfHeld = ImmutableAllocationProblem.copyOf(free).withHeld(held("x"));

    assertThat(solve(free).allocations(1).get(id("all")).devices()).hasSize(2);
    assertThat(solve(halfHeld).fitAlone()).isEmpty();
  }

  @Test
  void refusesProblemsThatWouldTakeForever() {
    AllocationProblem manyClaims =
        ImmutableAllocationProblem.copyOf(cluster(gpu("x", 1)).build())
            .withClaims(IntStream.range(0, 20).mapToObj(i -> claim("c" + i, leaf("r"))).toList());

    assertThatThrownBy(() -> solve(manyClaims))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The problem has 20 pending claims; trying everything takes at most 12. Use a smaller"
                + " problem.");
  }

  @Test
  void refusesClaimsThatCouldBeMetInTooManyWays() {
    Device[] devices =
        IntStream.range(0, 40).mapToObj(i -> gpu("gpu-" + i, 1)).toArray(Device[]::new);
    AllocationProblem problem = cluster(devices).addClaims(claim("half", leaf("r", 20))).build();

    assertThatThrownBy(() -> solve(problem))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The problem has 137846528820 choices for a claim; ");
  }

  @Test
  void placesAsManyOfAGroupAsHaveToBeOrNone() {
    ImmutableAllocationProblem.Builder plain =
        cluster(gpu("x", 1), gpu("y", 1))
            .addClaims(claim("a", leaf("r")), claim("b", leaf("r", 2)), claim("c", leaf("r")))
            .addWorkloads(
                workload("one", 0, 0, "a"),
                workload("two", 0, 0, "b"),
                workload("three", 0, 0, "c"));

    assertThat(solve(grouped(plain, 1, "one", "two")).admitted())
        .containsExactlyInAnyOrder(id("a"), id("c"));
    assertThat(solve(grouped(plain, 2, "one", "two")).admitted()).containsExactly(id("c"));
    assertThat(solve(grouped(plain, 2, "one", "two", "three")).admitted())
        .containsExactlyInAnyOrder(id("a"), id("c"));
    assertThat(solve(grouped(plain, 3, "one", "three")).admitted()).containsExactly(id("b"));
  }

  @Test
  void membersStandTogetherInTheQueueUnlessTheirGroupNeedsOnlyOne() {
    ImmutableAllocationProblem.Builder plain =
        cluster(gpu("x", 1), gpu("y", 1))
            .addClaims(claim("a", leaf("r")), claim("b", leaf("r")), claim("c", leaf("r")))
            .addWorkloads(
                workload("one", 0, 0, "a"),
                workload("two", 0, 0, "b"),
                workload("three", 0, 0, "c"));

    assertThat(solve(grouped(plain, 1, "one", "three"), Admission.IN_ORDER).admitted())
        .containsExactlyInAnyOrder(id("a"), id("b"));
    assertThat(solve(grouped(plain, 2, "one", "three"), Admission.IN_ORDER).admitted())
        .containsExactlyInAnyOrder(id("a"), id("c"));
  }

  private static AllocationProblem grouped(
      ImmutableAllocationProblem.Builder plain, int least, String... members) {
    return plain
        .build()
        .withGroups(
            WorkloadGroup.builder()
                .id(new WorkloadGroupId("ns", "g"))
                .minMembers(least)
                .members(Arrays.stream(members).map(name -> new WorkloadId("ns", name)).toList())
                .build());
  }

  private static OracleAnswer solve(AllocationProblem problem) {
    return BruteForceOracle.solve(problem, AllocationOptions.DEFAULTS);
  }

  private static OracleAnswer solve(AllocationProblem problem, Admission admission) {
    return BruteForceOracle.solve(
        problem, AllocationOptions.builder().admission(admission).build());
  }

  private static List<Long> values(OracleAnswer answer) {
    return answer.objectives().stream().map(ObjectiveResult::value).toList();
  }

  private static ImmutableAllocationProblem.Builder cluster(Device... devices) {
    boolean counted =
        List.of(devices).stream().anyMatch(device -> !device.consumesCounters().isEmpty());
    return AllocationProblem.builder()
        .addNodes(Node.of("node"))
        .addDeviceClasses(DeviceClass.builder().name("any").build())
        .addSlices(
            slice("devices").resourceSliceCount(counted ? 2 : 1).addDevices(devices).build());
  }

  private static ImmutableResourceSlice.Builder slice(String name) {
    return ResourceSlice.builder().name(name).pool(POOL).nodes(NodeSelection.node("node"));
  }

  private static Device gpu(String name, long gibibytes) {
    return Device.builder()
        .name(name)
        .putCapacity(
            QualifiedName.parse("memory"), DeviceCapacity.of(Quantity.gibibytes(gibibytes)))
        .build();
  }

  private static Device board(String name, long sms, int... places) {
    ImmutableMap.Builder<String, Quantity> counters = ImmutableMap.builder();
    counters.put("sms", Quantity.of(sms));
    for (int place : places) {
      counters.put("slice-" + place, Quantity.ONE);
    }
    return Device.builder()
        .name(name)
        .addConsumesCounters(new CounterConsumption("g0", counters.buildOrThrow()))
        .build();
  }

  private static Allocation held(String device) {
    return Allocation.builder()
        .claim(id("holder"))
        .addDevices(
            DeviceAllocation.builder()
                .request("r")
                .device(new DeviceId(POOL.driver(), POOL.pool(), device))
                .build())
        .build();
  }

  private static AllocationProblem with(AllocationProblem problem, Claim claim) {
    return ImmutableAllocationProblem.copyOf(problem).withClaims(claim);
  }

  private static ClaimId id(String name) {
    return new ClaimId("ns", name);
  }

  private static Claim claim(String name, Request request) {
    return Claim.builder().id(id(name)).addRequests(request).build();
  }

  private static Claim claim(String name, DeviceRequest leaf) {
    return claim(name, new Request.Exactly(leaf));
  }

  private static Request list(String name, DeviceRequest... alternatives) {
    return new Request.FirstAvailable(name, ImmutableList.copyOf(alternatives));
  }

  private static DeviceRequest leaf(String name) {
    return leaf(name, 1);
  }

  private static DeviceRequest leaf(String name, long count) {
    return DeviceRequest.builder()
        .name(name)
        .deviceClass("any")
        .mode(AllocationMode.exactly(count))
        .build();
  }

  private static DeviceRequest big(String name, long gibibytes) {
    return DeviceRequest.builder()
        .name(name)
        .deviceClass("any")
        .putCapacityRequests(QualifiedName.parse("memory"), Quantity.gibibytes(gibibytes))
        .build();
  }

  private static Workload workload(String name, int priority, long second, String... claims) {
    return Workload.builder()
        .id(new WorkloadId("ns", name))
        .priority(priority)
        .createdAt(Instant.ofEpochSecond(second))
        .claims(List.of(claims).stream().map(BruteForceOracleTest::id).toList())
        .build();
  }
}
