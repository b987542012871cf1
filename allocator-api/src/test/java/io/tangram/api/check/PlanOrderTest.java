package io.tangram.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.claim.Request;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A plan is a set: what is legal doesn't depend on the order in which its claims are listed. */
class PlanOrderTest {

  private static final PoolId POOL = new PoolId("gpu.example.com", "pool");
  private static final QualifiedName MEMORY = QualifiedName.parse("memory");
  private static final AllocationOptions ADMISSION_ONLY =
      AllocationOptions.builder().objectives(List.of()).build();

  @Test
  void judgesAdministrationBesideWhatIsHeldAlone() {
    // each claim fills one device and administers the one that the other fills
    AllocationProblem problem =
        problem()
            .addSlices(slice("node-1").addDevices(shared("s0"), shared("s1")).build())
            .addClaims(claim("first", leaf("use", false), leaf("admin", true)))
            .addClaims(claim("second", leaf("use", false), leaf("admin", true)))
            .build();

    AllocationPlan plan =
        plan(
            allocation("first", "node-1", share("use", "s0", 1), share("admin", "s1", 2)),
            allocation("second", "node-1", share("use", "s1", 3), share("admin", "s0", 4)));

    assertThat(PlanChecker.of(problem).check(plan, ADMISSION_ONLY)).isEmpty();
  }

  @Test
  void takesNoDeviceOfAnotherGenerationForVanished() {
    // node-2 still sees the generation before, whole by its own count (R11)
    Device counted =
        Device.builder()
            .name("new")
            .addConsumesCounters(
                new CounterConsumption("set", ImmutableMap.of("slot", Quantity.ONE)))
            .build();
    AllocationProblem problem =
        problem()
            .addSlices(
                slice("node-1")
                    .name("counters")
                    .resourceSliceCount(2)
                    .generation(2)
                    .addSharedCounters(new CounterSet("set", ImmutableMap.of("slot", Quantity.ONE)))
                    .build())
            .addSlices(
                slice("node-1").resourceSliceCount(2).generation(2).addDevices(counted).build())
            .addSlices(slice("node-2").addDevices(Device.builder().name("old").build()).build())
            .addClaims(claim("first", leaf("use", false)), claim("second", leaf("use", false)))
            .build();
    DeviceAllocation old = use("use", "old").build();
    DeviceAllocation fresh = use("use", "new").build();

    AllocationPlan oldFirst =
        plan(allocation("first", "node-2", old), allocation("second", "node-1", fresh));
    AllocationPlan oldLast =
        plan(allocation("first", "node-1", fresh), allocation("second", "node-2", old));

    assertThat(PlanChecker.of(problem).check(oldFirst, ADMISSION_ONLY)).isEmpty();
    assertThat(PlanChecker.of(problem).check(oldLast, ADMISSION_ONLY)).isEmpty();
  }

  private static io.tangram.api.ImmutableAllocationProblem.Builder problem() {
    return AllocationProblem.builder()
        .addNodes(Node.of("node-1"), Node.of("node-2"))
        .addDeviceClasses(DeviceClass.builder().name("any").build())
        .addAdminNamespaces("ns");
  }

  private static io.tangram.api.device.ImmutableResourceSlice.Builder slice(String node) {
    return ResourceSlice.builder()
        .name("slice-of-" + node)
        .pool(POOL)
        .nodes(NodeSelection.node(node));
  }

  private static Device shared(String name) {
    return Device.builder()
        .name(name)
        .allowMultipleAllocations(true)
        .putCapacity(MEMORY, DeviceCapacity.of(Quantity.gibibytes(40)))
        .build();
  }

  private static Claim claim(String name, DeviceRequest... requests) {
    return Claim.builder()
        .id(new ClaimId("ns", name))
        .requests(List.of(requests).stream().map(Request.Exactly::new).toList())
        .build();
  }

  private static DeviceRequest leaf(String name, boolean admin) {
    return DeviceRequest.builder().name(name).deviceClass("any").adminAccess(admin).build();
  }

  private static Allocation allocation(String claim, String node, DeviceAllocation... devices) {
    return Allocation.builder()
        .claim(new ClaimId("ns", claim))
        .node(node)
        .addDevices(devices)
        .nodeSelector(NodeSelector.ofNode(node))
        .build();
  }

  private static DeviceAllocation share(String request, String device, long id) {
    return use(request, device)
        .adminAccess(request.equals("admin"))
        .shareId(new UUID(0, id))
        .putConsumedCapacity(MEMORY, Quantity.gibibytes(40))
        .build();
  }

  private static ImmutableDeviceAllocation.Builder use(String request, String device) {
    return DeviceAllocation.builder()
        .request(request)
        .device(new DeviceId(POOL.driver(), POOL.pool(), device));
  }

  private static AllocationPlan plan(Allocation... allocations) {
    return AllocationPlan.builder()
        .allocator("test")
        .status(PlanStatus.FEASIBLE)
        .allocations(
            ImmutableList.copyOf(allocations).stream()
                .collect(ImmutableMap.toImmutableMap(Allocation::claim, each -> each)))
        .addObjectives(
            new ObjectiveResult(
                ObjectiveResult.ADMISSION,
                0,
                allocations.length,
                OptionalLong.empty(),
                PlanStatus.FEASIBLE))
        .statistics(PlanStatistics.builder().strategy("test").build())
        .build();
  }
}
