package io.tangram.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the oracle makes of the objectives after fit, on nodes n1 and n2 of two GPUs. */
class ObjectiveOracleTest {

  private static final String DRIVER = "gpu.example.com";
  private static final QualifiedName MEMORY = QualifiedName.parse("memory");

  private static ImmutableAllocationProblem.Builder cluster() {
    return AllocationProblem.builder()
        .addNodes(Node.of("n1"), Node.of("n2"))
        .addDeviceClasses(DeviceClass.builder().name("gpu").build())
        .addSlices(
            slice("n1").addDevices(gpu("small", 10), gpu("large", 80)).build(),
            slice("n2").addDevices(gpu("small", 10), gpu("large", 80)).build());
  }

  private static ImmutableResourceSlice.Builder slice(String node) {
    return ResourceSlice.builder()
        .name(node)
        .pool(new PoolId(DRIVER, node))
        .nodes(NodeSelection.node(node));
  }

  private static Device gpu(String name, long gibibytes) {
    return Device.builder()
        .name(name)
        .putCapacity(MEMORY, DeviceCapacity.of(Quantity.gibibytes(gibibytes)))
        .build();
  }

  /** A request for a device of 20 GiB or more. */
  private static DeviceRequest large() {
    return DeviceRequest.builder()
        .name("next")
        .deviceClass("gpu")
        .putCapacityRequests(MEMORY, Quantity.gibibytes(20))
        .build();
  }

  private static ClaimId id(String name) {
    return new ClaimId("ns", name);
  }

  private static Claim claim(String name) {
    return Claim.of(id(name), DeviceRequest.of("r", "gpu"));
  }

  private static Workload workload(String name, String... claims) {
    return Workload.builder()
        .id(new WorkloadId("ns", name))
        .claims(Stream.of(claims).map(ObjectiveOracleTest::id).toList())
        .build();
  }

  private static Allocation given(String claim, String node, String device) {
    return Allocation.builder()
        .claim(id(claim))
        .addDevices(
            DeviceAllocation.builder()
                .request("r")
                .device(new DeviceId(DRIVER, node, device))
                .build())
        .nodeSelector(NodeSelector.ofNode(node))
        .build();
  }

  private static AllocationOptions options(Objective... objectives) {
    return AllocationOptions.builder()
        .objectives(List.of(objectives))
        .putPrices("n1", 5)
        .putPrices("n2", 3)
        .build();
  }

  private static List<Long> values(AllocationProblem problem, AllocationOptions options) {
    return BruteForceOracle.solve(problem, options).objectives().stream()
        .filter(result -> !result.name().equals(ObjectiveResult.ADMISSION))
        .map(ObjectiveResult::value)
        .toList();
  }

  private static List<Long> values(AllocationProblem problem, Objective... objectives) {
    return values(problem, options(objectives));
  }

  private static List<String> nodes(AllocationProblem problem, Objective... objectives) {
    return BruteForceOracle.solve(problem, options(objectives)).allocations(1).values().stream()
        .map(allocation -> allocation.node().orElseThrow())
        .toList();
  }

  @Test
  void packsClaimsOnOneNode() {
    AllocationProblem two = cluster().addClaims(claim("a"), claim("b")).build();
    AllocationProblem three = cluster().addClaims(claim("a"), claim("b"), claim("c")).build();

    assertThat(values(two, Objective.PACKING)).containsExactly(1L);
    assertThat(values(three, Objective.PACKING)).containsExactly(2L);
  }

  @Test
  void packsBesideWhatIsHeld() {
    AllocationProblem problem =
        cluster().addClaims(claim("a")).addHeld(given("h", "n2", "large")).build();

    assertThat(values(problem, Objective.PACKING)).containsExactly(0L);
    assertThat(nodes(problem, Objective.PACKING)).containsExactly("n2");
  }

  @Test
  void takesTheCheapestNodes() {
    AllocationProblem one = cluster().addClaims(claim("a")).build();
    AllocationProblem three = cluster().addClaims(claim("a"), claim("b"), claim("c")).build();

    assertThat(values(one, Objective.COST)).containsExactly(3L);
    assertThat(nodes(one, Objective.COST)).containsExactly("n2");
    assertThat(values(three, Objective.COST)).containsExactly(8L);
  }

  @Test
  void spreadsClaimsOverNodes() {
    AllocationProblem two = cluster().addClaims(claim("a"), claim("b")).build();
    AllocationProblem held =
        cluster().addClaims(claim("a")).addHeld(given("h", "n2", "large")).build();

    assertThat(values(two, Objective.SPREAD)).containsExactly(2L);
    assertThat(values(held, Objective.SPREAD)).containsExactly(1L);
    assertThat(nodes(held, Objective.SPREAD)).containsExactly("n1");
  }

  @Test
  void earlierObjectivesComeFirst() {
    AllocationProblem two = cluster().addClaims(claim("a"), claim("b")).build();

    assertThat(values(two, Objective.SPREAD, Objective.PACKING)).containsExactly(2L, 2L);
    assertThat(values(two, Objective.PACKING, Objective.SPREAD)).containsExactly(1L, 4L);
    assertThat(values(two, Objective.FIT, Objective.PACKING)).containsExactly(250_000L, 2L);
    assertThat(values(two, Objective.PACKING, Objective.FIT)).containsExactly(1L, 1_125_000L);
  }

  @Test
  void workloadsUseNodesWithoutClaims() {
    AllocationProblem problem =
        cluster()
            .addWorkloads(workload("w"), workload("v", "h"))
            .addHeld(given("h", "n1", "large"))
            .build();

    assertThat(values(problem, Objective.PACKING, Objective.SPREAD)).containsExactly(0L, 0L);
    assertThat(
            values(
                ImmutableAllocationProblem.copyOf(problem).withWorkloads(workload("w")).withHeld(),
                Objective.COST,
                Objective.SPREAD))
        .containsExactly(3L, 0L);
  }

  @Test
  void claimsForNothingUseNoNode() {
    AllocationProblem problem = cluster().addClaims(Claim.of(id("empty"))).build();

    assertThat(values(problem, Objective.PACKING, Objective.SPREAD)).containsExactly(0L, 0L);
  }

  @Test
  void aClaimCountsOnTheNodeItIsAllocatedFor() {
    ResourceSlice network =
        ResourceSlice.builder()
            .name("net")
            .pool(new PoolId(DRIVER, "net"))
            .nodes(NodeSelection.allNodes())
            .addDevices(Device.builder().name("nic").build())
            .build();
    AllocationProblem problem =
        AllocationProblem.builder()
            .addNodes(Node.of("n1"), Node.of("n2"))
            .addDeviceClasses(DeviceClass.builder().name("gpu").build())
            .addSlices(slice("n1").addDevices(gpu("a", 1), gpu("b", 1)).build(), network)
            .addHeld(given("h", "n1", "a"), given("i", "n1", "b"))
            .addClaims(claim("shared"))
            .addWorkloads(workload("w", "shared", "h"), workload("v", "shared"))
            .build();

    // w has to be on n1, where two claims are; v may be on n2, and the claim with it
    assertThat(values(problem, Objective.SPREAD)).containsExactly(1L);
  }

  @Test
  void keepsToAnEarlierPlan() {
    AllocationProblem problem = cluster().addClaims(claim("a"), claim("b")).build();
    AllocationOptions stableFirst =
        AllocationOptions.builder()
            .objectives(List.of(Objective.STABILITY, Objective.FIT))
            .putStart(id("a"), given("a", "n2", "large"))
            .putStart(id("b"), given("b", "n2", "gone"))
            .build();

    assertThat(values(problem, stableFirst)).containsExactly(1L, 1_125_000L);
    assertThat(
            values(
                problem,
                AllocationOptions.builder()
                    .from(stableFirst)
                    .objectives(List.of(Objective.FIT, Objective.STABILITY))
                    .build()))
        .containsExactly(250_000L, 0L);
  }

  @Test
  void leavesWhatIsExpectedNext() {
    AllocationProblem problem = cluster().addClaims(claim("a")).build();
    AllocationOptions options =
        AllocationOptions.builder()
            .objectives(List.of(Objective.FRAGMENTATION))
            .expectedDemand(new ExpectedDemand(ImmutableMap.of(large(), 1)))
            .build();

    assertThat(values(problem, options)).containsExactly(0L);
    assertThat(values(problem, Objective.FRAGMENTATION)).containsExactly(1_000_000L);
  }

  @Test
  void breaksWhatIsBrokenAlready() {
    AllocationProblem boards =
        AllocationProblem.builder()
            .addNodes(Node.of("n1"))
            .addDeviceClasses(DeviceClass.builder().name("gpu").build())
            .addSlices(
                slice("n1")
                    .name("0")
                    .resourceSliceCount(2)
                    .addSharedCounters(board("x"), board("y"))
                    .build(),
                slice("n1")
                    .name("1")
                    .resourceSliceCount(2)
                    .addDevices(part("x-quarter", "x", 1), part("x-whole", "x", 4))
                    .addDevices(part("y-quarter", "y", 1), part("y-whole", "y", 4))
                    .addDevices(part("y-held", "y", 1))
                    .build())
            .addClaims(claim("c"))
            .build();
    AllocationProblem broken =
        ImmutableAllocationProblem.copyOf(boards).withHeld(given("h", "n1", "y-held"));
    AllocationOptions options =
        AllocationOptions.builder()
            .objectives(List.of(Objective.FRAGMENTATION))
            .expectedDemand(new ExpectedDemand(ImmutableMap.of(large(), 1)))
            .build();

    assertThat(values(boards, options)).containsExactly(1_000_000L);
    assertThat(values(broken, options)).containsExactly(0L);
    assertThat(BruteForceOracle.solve(broken, options).allocations(1).get(id("c")).devices())
        .extracting(device -> device.device().device())
        .containsExactly("y-quarter");
  }

  private static CounterSet board(String name) {
    return new CounterSet(name, ImmutableMap.of("units", Quantity.of(4)));
  }

  private static Device part(String name, String board, long units) {
    return ImmutableDevice.copyOf(gpu(name, 20 * units - 10))
        .withConsumesCounters(
            new CounterConsumption(board, ImmutableMap.of("units", Quantity.of(units))));
  }

  @Test
  void refusesCostWithoutPrices() {
    AllocationProblem problem = cluster().addClaims(claim("a")).build();
    AllocationOptions options =
        AllocationOptions.builder().objectives(List.of(Objective.COST)).build();

    assertThatThrownBy(() -> BruteForceOracle.solve(problem, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Node n1 has no price");
  }
}
