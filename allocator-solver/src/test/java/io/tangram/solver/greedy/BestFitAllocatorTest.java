package io.tangram.solver.greedy;

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

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.ReasonCode;
import io.tangram.solver.Fleet;
import io.tangram.solver.MigFleet;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestFitAllocatorTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().workers(1).build();

  @Test
  void takesTheSmallestDeviceThatDoesTheJob() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice(
                    "n", withMemory("a", "80Gi"), withMemory("b", "24Gi"), withMemory("c", "48Gi")))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(given(allocate(problem), "c")).isEqualTo("b");
  }

  @Test
  void takesTheSmallestDeviceOnWhateverNodeItIs() {
    AllocationProblem problem =
        Fleet.of("m", "n")
            .addSlices(slice("m", withMemory("a", "80Gi")), slice("n", withMemory("b", "24Gi")))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(given(allocate(problem), "c")).isEqualTo("b");
  }

  @Test
  void takesAPartitionOfTheFullestGpu() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 1)
            .addClaims(MigFleet.claim("a", "3g.40gb"), MigFleet.claim("b", "4g.40gb"))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocations().values())
        .extracting(BestFitAllocatorTest::only)
        .containsExactly("gpu-0-mig-3g40gb-9-4", "gpu-0-mig-4g40gb-5-0");
  }

  @Test
  void takesTheIndexThatBlocksTheFewestOthers() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 1)
            .claims(MigFleet.claims(ImmutableMap.of("1g.10gb", 7)))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocations().values())
        .extracting(each -> only(each).replace("gpu-0-mig-1g10gb-19-", ""))
        .containsExactly("6", "4", "5", "0", "1", "2", "3");
  }

  @Test
  void takesTheFullestNode() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 2)), slice("b", devices("big", 2)))
            .addHeld(held("b", "big-0"))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(givenId(allocate(problem), "c")).isEqualTo(new DeviceId(Fleet.DRIVER, "b", "big-1"));
  }

  @Test
  void takesTheFirstOfEqualNodesByName() {
    AllocationProblem problem =
        Fleet.of("b", "a")
            .addSlices(slice("a", devices("big", 2)), slice("b", devices("big", 2)))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(givenId(allocate(problem), "c").pool()).isEqualTo("a");
  }

  @Test
  void prefersAnEarlierAlternativeToASmallerDevice() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("small", 1)), slice("b", devices("big", 4)))
            .addClaims(claim("c", any(leaf("big", 2), leaf("small", 1))))
            .build();

    assertThat(allocate(problem).allocations().get(id("c")).devices())
        .extracting(each -> each.device().device())
        .containsExactly("big-0", "big-1");
  }

  @Test
  void takesALargerDeviceWhereTheSmallestIsNeededByAnotherRequest() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice(
                    "n",
                    ImmutableDevice.copyOf(device("a", "big")).withCapacity(memory("80Gi")),
                    ImmutableDevice.copyOf(device("b", "small")).withCapacity(memory("24Gi"))))
            .addClaims(claim("c", one("gpu"), one("small")))
            .build();

    assertThat(allocate(problem).allocations().get(id("c")).devices())
        .extracting(each -> each.request() + " " + each.device().device())
        .containsExactly("gpu a", "small b");
  }

  @Test
  void listsTheDevicesOfARequestAsTheyAreOffered() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", withMemory("a", "80Gi"), withMemory("b", "24Gi")))
            .addClaims(claim("c", some("gpu", 2)))
            .build();

    assertThat(allocate(problem).allocations().get(id("c")).devices())
        .extracting(each -> each.device().device())
        .containsExactly("a", "b");
  }

  @Test
  void takesUnitsInTheOrderOfTheQueue() {
    Claim first = claim("first", one("gpu"));
    Claim urgent = claim("urgent", one("gpu"));
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 1)))
            .addClaims(first, urgent)
            .addWorkloads(
                Workload.builder()
                    .id(new WorkloadId("ns", "w"))
                    .addClaims(urgent.id())
                    .priority(1)
                    .build())
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocations()).containsOnlyKeys(urgent.id());
    assertThat(plan.unallocated().get(first.id()).code()).isEqualTo(ReasonCode.OUTRANKED);
  }

  @Test
  void provesNothing() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 1)))
            .addClaims(claim("c", one("gpu")))
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(plan.allocator()).isEqualTo("best-fit");
    assertThat(plan.status()).isEqualTo(PlanStatus.FEASIBLE);
    assertThat(plan.objectives()).allMatch(each -> each.bound().isEmpty());
  }

  private static AllocationPlan allocate(AllocationProblem problem) {
    return new BestFitAllocator().allocate(problem, OPTIONS);
  }

  private static Device withMemory(String name, String memory) {
    return ImmutableDevice.copyOf(device(name, "big")).withCapacity(memory(memory));
  }

  private static ImmutableMap<QualifiedName, DeviceCapacity> memory(String amount) {
    return ImmutableMap.of(
        QualifiedName.of("", "memory"), DeviceCapacity.of(Quantity.parse(amount)));
  }

  private static Allocation held(String node, String device) {
    return Allocation.builder()
        .claim(new ClaimId("ns", "held"))
        .addDevices(
            DeviceAllocation.builder()
                .request("gpu")
                .device(new DeviceId(Fleet.DRIVER, node, device))
                .build())
        .nodeSelector(NodeSelector.ofNode(node))
        .build();
  }

  private static String given(AllocationPlan plan, String claim) {
    return givenId(plan, claim).device();
  }

  private static DeviceId givenId(AllocationPlan plan, String claim) {
    List<DeviceAllocation> devices = plan.allocations().get(id(claim)).devices();
    assertThat(devices).hasSize(1);
    return devices.get(0).device();
  }

  private static String only(Allocation allocation) {
    return Iterables.getOnlyElement(allocation.devices()).device().device();
  }
}
