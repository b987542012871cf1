package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nodes on which CPU, memory and partitions are short for many workloads of many shapes. */
class CrowdedNodesTest {

  private static final ImmutableList<String> PROFILES =
      ImmutableList.of("1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb");
  private static final AllocationOptions LONG =
      AllocationOptions.builder()
          .timeLimit(Duration.ofSeconds(20))
          .objectives(ImmutableList.of())
          .build();

  @Test
  void improvesOnFirstFitAFewNodesAtATime() {
    AllocationProblem problem = crowd(8, 100, 7);

    AllocationPlan greedy = new FirstFitAllocator().allocate(problem, LONG);
    AllocationPlan plan = new CpSatAllocator().allocate(problem, LONG);

    assertThat(plan.objectives().get(0).status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations().size()).isGreaterThan(greedy.allocations().size());
    assertThat(plan.objectives())
        .allSatisfy(
            result ->
                assertThat(result.bound().orElseThrow()).isGreaterThanOrEqualTo(result.value()));
  }

  /** So many nodes of 8 x H100 and workloads of one to three partitions in two tiers. */
  private static AllocationProblem crowd(int nodes, int workloads, long seed) {
    Random random = new Random(seed);
    AllocationProblem fleet = MigFleet.nodes("8xH100-80GB", nodes).build();
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder()
            .addAllSlices(fleet.slices())
            .addAllDeviceClasses(fleet.deviceClasses());
    for (Node node : fleet.nodes()) {
      problem.addNodes(
          ImmutableNode.copyOf(node)
              .withAvailable(
                  ImmutableMap.of("cpu", Quantity.of(64), "memory", Quantity.gibibytes(512))));
    }
    for (int i = 0; i < workloads; i++) {
      ImmutableWorkload.Builder workload =
          Workload.builder()
              .id(new WorkloadId("default", "w" + i))
              .priority(random.nextInt(2))
              .putResources("cpu", Quantity.of(1L << random.nextInt(5)))
              .putResources("memory", Quantity.gibibytes(8L << random.nextInt(5)));
      for (int c = random.nextInt(3); c >= 0; c--) {
        String profile = PROFILES.get(random.nextInt(PROFILES.size()));
        Claim claim = MigFleet.claim("w" + i + "-" + c, profile);
        problem.addClaims(claim);
        workload.addClaims(claim.id());
      }
      problem.addWorkloads(workload.build());
    }
    return problem.build();
  }
}
