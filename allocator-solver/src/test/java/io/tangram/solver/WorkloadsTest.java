package io.tangram.solver;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.ReasonCode;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every allocator does with workloads. */
class WorkloadsTest {

  static Stream<Allocator> allocators() {
    return Stream.of(
        new CpSatAllocator(),
        new FirstFitAllocator(),
        new BestFitAllocator(),
        new FragmentationAllocator());
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void placesAWorkloadWhereItsResourcesAreLeft(Allocator allocator) {
    AllocationProblem problem =
        cluster(node("a", "cpu", 1), node("b", "cpu", 4))
            .addClaims(claim("c", one("gpu")))
            .addWorkloads(workload("w", "c").putResources("cpu", Quantity.of(2)).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).containsExactly(onNode("w", "b"));
    assertThat(plan.allocations().get(id("c")).node()).hasValue("b");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void sharesOutResourcesAmongWorkloads(Allocator allocator) {
    AllocationProblem problem =
        cluster(node("a", "cpu", 5))
            .addClaims(claim("c0", one("gpu")), claim("c1", one("gpu")), claim("c2", one("gpu")))
            .addWorkloads(
                workload("w0", "c0").putResources("cpu", Quantity.of(2)).build(),
                workload("w1", "c1").putResources("cpu", Quantity.of(2)).build(),
                workload("w2", "c2").putResources("cpu", Quantity.of(2)).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).hasSize(2);
    assertThat(plan.unplaced().values())
        .extracting(reason -> reason.code())
        .containsExactly(ReasonCode.OUTRANKED);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void saysWhichResourceIsMissing(Allocator allocator) {
    AllocationProblem problem =
        cluster(node("a", "cpu", 1))
            .addClaims(claim("c", one("gpu")))
            .addWorkloads(workload("w", "c").putResources("cpu", Quantity.of(2)).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.unallocated().get(id("c")).code()).isEqualTo(ReasonCode.NODE_RESOURCES);
    assertThat(plan.unplaced().get(name("w")).message())
        .isEqualTo(
            "the pod takes 2 of cpu, of which no more than 1 is left on 1 node that could"
                + " serve it otherwise");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void keepsSelectorsAndTaints(Allocator allocator) {
    Node tainted =
        Node.builder()
            .name("a")
            .addTaints(new Taint("maintenance", "", Taint.Effect.NO_SCHEDULE, Optional.empty()))
            .build();
    AllocationProblem problem =
        cluster(tainted, Node.of("b"))
            .addClaims(claim("c0", one("gpu")), claim("c1", one("gpu")), claim("c2", one("gpu")))
            .addWorkloads(
                workload("plain", "c0").build(),
                workload("tolerant", "c1")
                    .addTolerations(Toleration.exists("maintenance"))
                    .addNodeSelectors(NodeSelector.ofNode("a"))
                    .build(),
                workload("nowhere", "c2").addNodeSelectors(NodeSelector.ofNode("a")).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).containsExactly(onNode("plain", "b"), onNode("tolerant", "a"));
    assertThat(plan.unplaced().get(name("nowhere")).code()).isEqualTo(ReasonCode.TAINT);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void leavesOutWhatNobodyImplements(Allocator allocator) {
    AllocationProblem problem =
        cluster(Node.of("a"))
            .addClaims(claim("c", one("gpu")))
            .addWorkloads(workload("w", "c").addUnsupported("host port 80").build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.unplaced().get(name("w")).message()).startsWith("host port 80 ");
    assertThat(plan.unallocated()).containsOnlyKeys(id("c"));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void placesAWorkloadWhoseClaimsAreHeld(Allocator allocator) {
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
        cluster(Node.of("a"), Node.of("b"))
            .addHeld(held)
            .addWorkloads(workload("w", "held").build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).containsExactly(onNode("w", "b"));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void placesTheUsersOfACommonClaimTogether(Allocator allocator) {
    AllocationProblem problem =
        cluster(node("a", "cpu", 3), node("b", "cpu", 5))
            .addClaims(claim("common", one("gpu")), claim("own", some("gpu", 2)))
            .addWorkloads(
                workload("w0", "common").putResources("cpu", Quantity.of(2)).build(),
                workload("w1", "common", "own").putResources("cpu", Quantity.of(2)).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    if (plan.status() == PlanStatus.OPTIMAL) {
      assertThat(plan.placements()).containsExactly(onNode("w0", "b"), onNode("w1", "b"));
      assertThat(plan.allocations()).containsOnlyKeys(id("common"), id("own"));
    } else {
      // Who goes one by one has put the common claim on a, where only one finds room.
      assertThat(plan.placements()).containsExactly(onNode("w0", "a"));
      assertThat(plan.unplaced()).containsOnlyKeys(name("w1"));
    }
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void countsACommonClaimInItsHighestTier(Allocator allocator) {
    AllocationProblem problem =
        cluster(Node.of("a"))
            .addClaims(claim("common", one("gpu")))
            .addWorkloads(
                workload("low", "common").priority(1).build(),
                workload("high", "common").priority(7).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).hasSize(2);
    assertThat(plan.objectives())
        .extracting(result -> result.tier() + ": " + result.value())
        .containsExactly("7: 1", "1: 0", "0: 0", "0: 1000000");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void letsWorkloadsUseACommonNetworkDeviceFromSeveralNodes(Allocator allocator) {
    AllocationProblem problem =
        Fleet.of()
            .addNodes(node("a", "cpu", 2), node("b", "cpu", 2))
            .addSlices(
                ResourceSlice.builder()
                    .name("fabric")
                    .pool(new PoolId(Fleet.DRIVER, "fabric"))
                    .nodes(NodeSelection.allNodes())
                    .addDevices(device("switch", "big"))
                    .build())
            .addClaims(claim("common", one("gpu")))
            .addWorkloads(
                workload("w0", "common").putResources("cpu", Quantity.of(2)).build(),
                workload("w1", "common").putResources("cpu", Quantity.of(2)).build())
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements().values()).containsExactlyInAnyOrder("a", "b");
  }

  private static AllocationPlan plan(Allocator allocator, AllocationProblem problem) {
    return allocator.allocate(problem, AllocationOptions.DEFAULTS);
  }

  /** Four GPUs on each node. */
  private static ImmutableAllocationProblem.Builder cluster(Node... nodes) {
    ImmutableAllocationProblem.Builder problem = Fleet.of().addNodes(nodes);
    for (Node node : nodes) {
      problem.addSlices(slice(node.name(), devices("big", 4)));
    }
    return problem;
  }

  private static Node node(String name, String resource, long available) {
    return Node.builder()
        .name(name)
        .available(ImmutableMap.of(resource, Quantity.of(available)))
        .build();
  }

  private static ImmutableWorkload.Builder workload(String name, String... claims) {
    return Workload.builder()
        .id(name(name))
        .claims(
            Arrays.stream(claims).map(Fleet::id).collect(ImmutableList.<ClaimId>toImmutableList()));
  }

  private static WorkloadId name(String name) {
    return new WorkloadId("ns", name);
  }

  private static Map.Entry<WorkloadId, String> onNode(String workload, String node) {
    return Map.entry(name(workload), node);
  }
}
