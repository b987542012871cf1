package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nodes of partitionable GPUs, more of them than are needed. */
class NodesInUseTest {

  private static final ImmutableMap<String, Integer> PARTITIONS =
      ImmutableMap.of(
          "1g.10gb", 60, "1g.20gb", 50, "2g.20gb", 50, "3g.40gb", 50, "4g.40gb", 50, "7g.80gb", 40);

  @Test
  void countsNodesByKindWhereEachClaimTakesOneDevice() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 100).addAllClaims(MigFleet.claims(PARTITIONS)).build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, objectives(Objective.PACKING));

    ObjectiveResult packing = result(plan, Objective.PACKING);
    assertThat(packing.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(300);
    assertThat(packing.value()).isLessThanOrEqualTo(firstFit(problem, Objective.PACKING).value());
  }

  @Test
  void packsWorkloadsNoWorseThanFirstFitAndBoundsThat() {
    AllocationProblem problem = workloads(12, 45);
    AllocationOptions options =
        ImmutableAllocationOptions.copyOf(objectives(Objective.PACKING))
            .withTimeLimit(Duration.ofSeconds(20));

    AllocationPlan plan = new CpSatAllocator().allocate(problem, options);

    ObjectiveResult packing = result(plan, Objective.PACKING);
    assertThat(plan.placements()).hasSize(45);
    assertThat(packing.value()).isLessThanOrEqualTo(firstFit(problem, Objective.PACKING).value());
    assertThat(packing.bound().orElseThrow()).isBetween(1L, packing.value());
  }

  @Test
  void samePlanForTheSameSeed() {
    AllocationProblem problem = workloads(6, 12);
    AllocationOptions options =
        ImmutableAllocationOptions.copyOf(objectives(Objective.PACKING, Objective.SPREAD))
            .withTimeLimit(Duration.ofMinutes(5))
            .withDeterministicLimit(4.0);

    AllocationPlan first = new CpSatAllocator().allocate(problem, options);
    AllocationPlan second = new CpSatAllocator().allocate(problem, options);

    assertThat(second.allocations()).isEqualTo(first.allocations());
    assertThat(second.objectives()).isEqualTo(first.objectives());
  }

  private static AllocationOptions objectives(Objective... objectives) {
    return AllocationOptions.builder()
        .addObjectives(Objective.PREFERENCE, Objective.FIT)
        .addObjectives(objectives)
        .build();
  }

  private static ObjectiveResult firstFit(AllocationProblem problem, Objective objective) {
    return result(new FirstFitAllocator().allocate(problem, objectives(objective)), objective);
  }

  private static ObjectiveResult result(AllocationPlan plan, Objective objective) {
    return plan.objectives().stream()
        .filter(each -> each.name().equals(objective.label()))
        .findFirst()
        .orElseThrow();
  }

  /** Workloads of one or two partitions on nodes of 8 x H100 with 64 CPUs. */
  private static AllocationProblem workloads(int nodes, int workloads) {
    Random random = new Random(3);
    AllocationProblem fleet = MigFleet.nodes("8xH100-80GB", nodes).build();
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder()
            .addAllSlices(fleet.slices())
            .addAllDeviceClasses(fleet.deviceClasses());
    for (Node node : fleet.nodes()) {
      problem.addNodes(
          ImmutableNode.copyOf(node).withAvailable(ImmutableMap.of("cpu", Quantity.of(64))));
    }
    List<String> profiles = ImmutableList.copyOf(PARTITIONS.keySet());
    for (int i = 0; i < workloads; i++) {
      ImmutableWorkload.Builder workload =
          Workload.builder()
              .id(new WorkloadId("default", "w" + i))
              .putResources("cpu", Quantity.of(1L << random.nextInt(5)));
      for (int c = random.nextInt(2); c >= 0; c--) {
        Claim claim =
            MigFleet.claim("w" + i + "-" + c, profiles.get(random.nextInt(profiles.size())));
        problem.addClaims(claim);
        workload.addClaims(claim.id());
      }
      problem.addWorkloads(workload.build());
    }
    return problem.build();
  }
}
