package io.tangram.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.model.SharesModel;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many equal shared devices, counted as one. */
class PooledSharesTest {

  private static final QualifiedName MEMORY = QualifiedName.of("", "memory");
  private static final int NODES = 60;

  @Test
  void provesWhatFitsExactly() {
    AllocationProblem problem = problem(10, 4, 6).build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.statistics().strategy()).isEqualTo(SharesModel.NAME);
    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(2 * NODES);
  }

  /** 6 TiB and a byte: too fine to be counted among many, but not among two. */
  @Test
  void provesWhatFillsADeviceToTheLastByte() {
    long capacity = (6L << 40) + 1;
    AllocationProblem problem =
        onNodes(1, capacity, capacity / 2, capacity - capacity / 2, 5).build();
    AllocationOptions options =
        AllocationOptions.builder()
            .objectives(List.of(Objective.PREFERENCE, Objective.FIT, Objective.PACKING))
            .build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, options);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(2);
  }

  @Test
  void provesThatNoTwoLargeSharesGoIntoOneDevice() {
    AllocationProblem problem = problem(10, 6, 6).build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(NODES);
  }

  @Test
  void knowsThatNoThreeSharesLargerThanAThirdGoIntoOneDevice() {
    AllocationProblem problem = problem(12, 5, 5, 5).build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.allocations()).hasSize(2 * NODES);
    assertThat(plan.objectives().get(0).status()).isEqualTo(PlanStatus.OPTIMAL);
  }

  @Test
  void packsByPatternsWhatGreedyPackingCannot() {
    AllocationProblem problem = problem(12, 5, 4, 3).build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.objectives().get(0).status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations().size()).isEqualTo(3 * NODES);
  }

  @Test
  void leavesDevicesAloneOfWhichMoreIsHeldThanTheyHave() {
    AllocationProblem problem = problem(10, 4).addHeld(heldShare("node-7", 12)).build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations().values())
        .hasSize(NODES)
        .noneMatch(each -> each.node().orElseThrow().equals("node-7"));
  }

  private static Allocation heldShare(String node, long memory) {
    return Allocation.builder()
        .claim(new ClaimId("ns", "holder"))
        .addDevices(
            DeviceAllocation.builder()
                .request("share")
                .device(new DeviceId("gpu.example.com", node, "gpu-0"))
                .shareId(new UUID(0, 1))
                .putConsumedCapacity(MEMORY, Quantity.of(memory))
                .build())
        .build();
  }

  @Test
  void admitsWhatFirstFitDoesWhereNothingIsCountedInTime() {
    AllocationProblem problem = problem(12, 5, 4, 3).build();
    AllocationOptions options = AllocationOptions.builder().deterministicLimit(1e-9).build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, options);

    assertThat(plan.statistics().strategy()).isEqualTo(SharesModel.NAME);
    assertThat(plan.allocations().size())
        .isGreaterThanOrEqualTo(
            new FirstFitAllocator().allocate(problem, options).allocations().size());
  }

  @Test
  void putsAnyNumberOfSharesIntoDevicesWithoutCapacities() {
    AllocationPlan plan = allocateFromDevicesWith(ImmutableMap.of());

    assertThat(plan.allocations()).hasSize(2 * NODES);
  }

  @Test
  void givesSharesOfManyCapacities() {
    ImmutableMap.Builder<QualifiedName, Quantity> capacities = ImmutableMap.builder();
    for (int i = 0; i < 20; i++) {
      capacities.put(QualifiedName.of("", "capacity" + i), Quantity.of(100_000 + i));
    }

    AllocationPlan plan = allocateFromDevicesWith(capacities.buildOrThrow());

    assertThat(plan.allocations()).hasSize(NODES);
  }

  /** Two claims for each device; a share without an amount takes all of every capacity. */
  private static AllocationPlan allocateFromDevicesWith(
      ImmutableMap<QualifiedName, Quantity> capacities) {
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder().addDeviceClasses(DeviceClass.builder().name("any").build());
    for (int node = 0; node < NODES; node++) {
      problem
          .addNodes(Node.of("node-" + node))
          .addSlices(
              ResourceSlice.builder()
                  .name("node-" + node)
                  .pool(new PoolId("gpu.example.com", "node-" + node))
                  .nodes(NodeSelection.node("node-" + node))
                  .resourceSliceCount(1)
                  .addDevices(
                      Device.builder()
                          .name("gpu-0")
                          .putAllCapacity(Maps.transformValues(capacities, DeviceCapacity::of))
                          .allowMultipleAllocations(true)
                          .build())
                  .build());
    }
    for (int claim = 0; claim < 2 * NODES; claim++) {
      problem.addClaims(
          Claim.of(new ClaimId("ns", "claim-" + claim), DeviceRequest.of("share", "any")));
    }
    return new CpSatAllocator().allocate(problem.build(), AllocationOptions.DEFAULTS);
  }

  /** Devices of one capacity, and of each size as many claims as devices. */
  private static ImmutableAllocationProblem.Builder problem(long capacity, long... sizes) {
    return onNodes(NODES, capacity, sizes);
  }

  private static ImmutableAllocationProblem.Builder onNodes(
      int nodes, long capacity, long... sizes) {
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder().addDeviceClasses(DeviceClass.builder().name("any").build());
    for (int node = 0; node < nodes; node++) {
      problem.addNodes(Node.of("node-" + node)).addSlices(slice("node-" + node, capacity));
    }
    for (int i = 0; i < sizes.length; i++) {
      for (int claim = 0; claim < nodes; claim++) {
        problem.addClaims(
            Claim.of(
                new ClaimId("ns", "size-" + i + "-" + claim),
                DeviceRequest.builder()
                    .name("share")
                    .deviceClass("any")
                    .capacityRequests(ImmutableMap.of(MEMORY, Quantity.of(sizes[i])))
                    .build()));
      }
    }
    assertThat(LongStream.of(sizes).allMatch(size -> size <= capacity)).isTrue();
    return problem;
  }

  private static ResourceSlice slice(String node, long capacity) {
    return ResourceSlice.builder()
        .name(node)
        .pool(new PoolId("gpu.example.com", node))
        .nodes(NodeSelection.node(node))
        .resourceSliceCount(1)
        .addDevices(
            Device.builder()
                .name("gpu-0")
                .putCapacity(MEMORY, DeviceCapacity.of(Quantity.of(capacity)))
                .allowMultipleAllocations(true)
                .build())
        .build();
  }
}
