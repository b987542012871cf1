package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.ObjectiveResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the oracle does with workloads on nodes n1 and n2: a GPU on each, a NIC that both see. */
class WorkloadOracleTest {

  private static final String GPU = "gpu.example.com";
  private static final String NIC = "nic.example.com";

  private static ImmutableAllocationProblem.Builder cluster() {
    return AllocationProblem.builder()
        .addNodes(Node.of("n1"), Node.of("n2"))
        .addDeviceClasses(ofDriver(GPU), ofDriver(NIC))
        .addSlices(
            slice(GPU, "n1", NodeSelection.node("n1")),
            slice(GPU, "n2", NodeSelection.node("n2")),
            slice(NIC, "net", NodeSelection.allNodes()));
  }

  private static DeviceClass ofDriver(String driver) {
    return DeviceClass.builder()
        .name(driver)
        .addSelectors(DeviceSelectors.driverIs(driver))
        .build();
  }

  private static ResourceSlice slice(String driver, String pool, NodeSelection nodes) {
    return ResourceSlice.builder()
        .name(driver + "-" + pool)
        .pool(new PoolId(driver, pool))
        .nodes(nodes)
        .addDevices(Device.builder().name("device").build())
        .build();
  }

  private static ClaimId id(String name) {
    return new ClaimId("ns", name);
  }

  private static WorkloadId workloadId(String name) {
    return new WorkloadId("ns", name);
  }

  private static Claim claim(String name, String deviceClass) {
    return claim(name, DeviceRequest.of("r", deviceClass));
  }

  private static Claim claim(String name, DeviceRequest request) {
    return Claim.builder().id(id(name)).addRequests(new Request.Exactly(request)).build();
  }

  private static ImmutableWorkload workload(String name, String... claims) {
    return ImmutableWorkload.builder()
        .id(workloadId(name))
        .claims(List.of(claims).stream().map(WorkloadOracleTest::id).toList())
        .build();
  }

  private static ImmutableMap<String, Quantity> cpus(long number) {
    return ImmutableMap.of("cpu", Quantity.of(number));
  }

  private static AllocationProblem onNodes(
      ImmutableAllocationProblem.Builder problem, Node... nodes) {
    return ImmutableAllocationProblem.copyOf(problem.build()).withNodes(nodes);
  }

  private static OracleAnswer solve(AllocationProblem problem) {
    return solve(problem, Admission.MOST_CLAIMS);
  }

  private static OracleAnswer solve(AllocationProblem problem, Admission admission) {
    return BruteForceOracle.solve(
        problem, AllocationOptions.builder().admission(admission).objectives(List.of()).build());
  }

  private static ImmutableList<String> placed(OracleAnswer answer) {
    return answer.placements().entrySet().stream()
        .map(each -> each.getKey().name() + " on " + each.getValue())
        .collect(ImmutableList.toImmutableList());
  }

  @Test
  void placesTheWorkloadsOfAClaimWhereItCanBeUsed() {
    AllocationProblem everywhere =
        cluster()
            .addClaims(claim("gpu-1", GPU), claim("gpu-2", GPU), claim("shared", NIC))
            .addWorkloads(workload("v", "shared", "gpu-1"), workload("w", "shared", "gpu-2"))
            .build();
    AllocationProblem onOneNode =
        ImmutableAllocationProblem.builder()
            .from(everywhere)
            .claims(
                ImmutableList.of(claim("gpu-1", GPU), claim("gpu-2", GPU), claim("shared", GPU)))
            .addSlices(slice(GPU, "more", NodeSelection.node("n1")))
            .build();

    assertThat(placed(solve(everywhere))).hasSize(2);
    assertThat(solve(everywhere).admitted()).hasSize(3);
    assertThat(placed(solve(onOneNode))).hasSize(1);
    assertThat(solve(onOneNode).workloadsThatFitAlone())
        .containsExactlyInAnyOrder(workloadId("v"), workloadId("w"));
  }

  @Test
  void countsASharedClaimOnceInTheHighestTierThatIsPlaced() {
    AllocationProblem problem =
        cluster()
            .addClaims(claim("shared", NIC))
            .addWorkloads(
                workload("low", "shared").withPriority(1),
                workload("high", "shared").withPriority(2),
                workload("out", "shared").withPriority(3).withUnsupported("host ports"))
            .build();

    OracleAnswer answer = solve(problem);

    assertThat(placed(answer)).hasSize(2);
    assertThat(answer.objectives())
        .extracting(ObjectiveResult::tier, ObjectiveResult::value)
        .containsExactly(tuple(3, 0L), tuple(2, 1L), tuple(1, 0L));
  }

  /** On n1, mode All would take its own NIC too, which is held. */
  @Test
  void allocatesASharedClaimForTheNodeOfAWorkloadBehind() {
    DeviceRequest all =
        DeviceRequest.builder().name("r").deviceClass(NIC).mode(AllocationMode.ALL).build();
    DeviceAllocation own =
        DeviceAllocation.builder().request("r").device(new DeviceId(NIC, "n1", "device")).build();
    AllocationProblem problem =
        cluster()
            .addSlices(slice(NIC, "n1", NodeSelection.node("n1")))
            .addHeld(Allocation.builder().claim(id("holder")).addDevices(own).build())
            .addClaims(claim("shared", all))
            .addWorkloads(
                workload("first", "shared").withNodeSelectors(NodeSelector.ofNode("n1")),
                workload("second", "shared").withNodeSelectors(NodeSelector.ofNode("n2")))
            .build();

    OracleAnswer answer = solve(problem);

    assertThat(placed(answer)).containsExactly("first on n1", "second on n2");
    assertThat(answer.allocations(1).get(id("shared")).node()).contains("n2");
    assertThat(answer.workloadsThatFitAlone()).containsExactly(workloadId("second"));
  }

  @Test
  void placesWorkloadsWithoutPendingClaimsForTheirOwnSake() {
    Allocation onN2 =
        Allocation.builder().claim(id("held")).nodeSelector(NodeSelector.ofNode("n2")).build();
    AllocationProblem problem =
        cluster().addHeld(onN2).addWorkloads(workload("v"), workload("w", "held")).build();

    assertThat(placed(solve(problem))).hasSize(2).contains("w on n2");
    assertThat(solve(problem).objectives()).extracting(ObjectiveResult::value).containsExactly(0L);
  }

  @Test
  void takesNoMoreOfANodeThanItHas() {
    ImmutableAllocationProblem.Builder problem =
        cluster()
            .addWorkloads(
                workload("three").withResources(cpus(3)),
                workload("two").withResources(cpus(2)),
                workload("other").withResources(cpus(2)),
                workload("none").withResources(cpus(0)),
                workload("less").withResources(cpus(-1)));
    Node four = Node.builder().name("n1").available(cpus(4)).build();
    Node nothing = Node.builder().name("n2").available(ImmutableMap.of()).build();

    assertThat(solve(onNodes(problem, four, nothing)).placements().keySet())
        .extracting(WorkloadId::name)
        .containsExactly("two", "other", "none", "less");
    assertThat(solve(onNodes(problem, four, nothing), Admission.IN_ORDER).placements().keySet())
        .extracting(WorkloadId::name)
        .containsExactly("three", "none", "less");
    assertThat(solve(onNodes(problem, nothing)).workloadsThatFitAlone())
        .extracting(WorkloadId::name)
        .containsExactlyInAnyOrder("none", "less");
    assertThat(solve(onNodes(problem, Node.of("n1"))).placements()).hasSize(5);
  }

  @Test
  void placesWorkloadsOnNodesThatTheyAllow() {
    Node tainted =
        Node.builder()
            .name("n1")
            .addTaints(new Taint("broken", "", Taint.Effect.NO_SCHEDULE, Optional.empty()))
            .build();
    AllocationProblem problem =
        onNodes(
            cluster()
                .addClaims(claim("lone", GPU))
                .addWorkloads(
                    workload("plain"),
                    workload("tolerant").withTolerations(Toleration.exists("broken")),
                    workload("bound")
                        .withTolerations(Toleration.exists("broken"))
                        .withNodeSelectors(NodeSelector.ofNode("n1"), NodeSelector.ofNode("n2")),
                    workload("odd")
                        .withTolerations(Toleration.exists("broken"))
                        .withUnsupported("host ports")),
            tainted);

    OracleAnswer answer = solve(problem);

    assertThat(placed(answer)).containsExactly("tolerant on n1");
    assertThat(answer.admitted()).containsExactly(id("lone"));
  }

  /** Claims come first, then, within the tier, workloads and lone claims. */
  @Test
  void placesFewerWorkloadsForTheSakeOfAClaim() {
    AllocationProblem problem =
        onNodes(
            cluster()
                .addClaims(claim("c", NIC))
                .addWorkloads(
                    workload("v").withResources(cpus(1)),
                    workload("w").withResources(cpus(1)),
                    workload("claiming", "c").withResources(cpus(2))),
            Node.builder().name("n1").available(cpus(2)).build());

    assertThat(placed(solve(problem))).containsExactly("claiming on n1");
    assertThat(placed(solve(problem, Admission.MOST_DEVICE_SHARE)))
        .containsExactly("claiming on n1");
    assertThat(placed(solve(problem, Admission.IN_ORDER))).containsExactly("claiming on n1");
  }

  @Test
  void queuesByPriorityThenAgeThenFirstClaimThenPlace() {
    Node one = Node.builder().name("n1").available(cpus(1)).build();
    Workload old = workload("old").withResources(cpus(1)).withCreatedAt(Instant.ofEpochSecond(1));
    Workload young =
        workload("young").withResources(cpus(1)).withCreatedAt(Instant.ofEpochSecond(2));
    Workload high = workload("high").withResources(cpus(1)).withPriority(1);
    Workload claiming = workload("claiming", "b", "a").withResources(cpus(1));
    Workload sharing = workload("sharing", "a").withResources(cpus(1));
    Workload idle = workload("idle").withResources(cpus(1));
    Workload last = workload("last").withResources(cpus(1));
    AllocationProblem problem =
        cluster()
            .addClaims(claim("a", NIC), claim("b", GPU))
            .addWorkloads(last, idle, claiming, sharing, young, old, high)
            .build();

    assertThat(AdmissionUnit.queueOf(problem))
        .extracting(unit -> unit.workload().orElseThrow().id().name())
        .containsExactly("high", "old", "young", "claiming", "sharing", "last", "idle");
    assertThat(
            placed(
                solve(
                    ImmutableAllocationProblem.copyOf(problem).withNodes(one), Admission.IN_ORDER)))
        .containsExactly("high on n1");
  }
}
