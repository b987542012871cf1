package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.claim.Request;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentationTest {

  private static final ImmutableAllocationOptions ASKED =
      AllocationOptions.builder()
          .timeLimit(Duration.ofMinutes(1))
          .objectives(List.of(Objective.FRAGMENTATION))
          .build();

  private final CpSatAllocator allocator = new CpSatAllocator();

  @Test
  void putsALonePartitionWhereItBlocksNoLargerOne() {
    List<Claim> big = MigFleet.claims(ImmutableMap.of("4g.40gb", 1, "2g.20gb", 1));
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 1)
            .claims(MigFleet.claims(ImmutableMap.of("1g.10gb", 1)))
            .build();

    AllocationPlan plan =
        allocator.allocate(problem, ASKED.withExpectedDemand(ExpectedDemand.of(big)));

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    DeviceAllocation given = Iterables.getOnlyElement(plan.allocations().values()).devices().get(0);
    assertThat(given.device()).extracting(DeviceId::device).asString().endsWith("-6");
    assertThat(value(plan)).isZero();
  }

  @Test
  void fillsBrokenGpusBeforeWholeOnes() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 4)
            .claims(MigFleet.claims(ImmutableMap.of("1g.10gb", 20, "3g.40gb", 9, "7g.80gb", 3)))
            .build();

    AllocationPlan plan = allocator.allocate(problem, ASKED);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
  }

  @Test
  void provesAHundredNodes() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 100)
            .claims(
                MigFleet.claims(
                    ImmutableMap.of(
                        "1g.10gb", 463, "1g.20gb", 273, "2g.20gb", 270, "3g.40gb", 220, "4g.40gb",
                        191, "7g.80gb", 131)))
            .build();

    AllocationPlan plan =
        allocator.allocate(
            problem,
            ASKED.withObjectives(Objective.PREFERENCE, Objective.FIT, Objective.FRAGMENTATION));

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
  }

  @Test
  void whatTakesNextToNothingIsWorthNothingHoweverOftenItFits() {
    AllocationProblem problem = shared(Long.toString(Long.MAX_VALUE), "1n", "5E");

    AllocationPlan plan = allocator.allocate(problem, ASKED);
    AllocationPlan greedy = new FirstFitAllocator().allocate(problem, ASKED);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(value(plan)).isEqualTo(value(greedy)).isPositive();
  }

  @Test
  void buildsNoModelOfSharesThatFitAMillionTimes() {
    AllocationProblem problem = shared("80Gi", "128Ki", "50Gi");

    AllocationPlan plan = allocator.allocate(problem, ASKED);

    assertThat(plan.statistics().variables()).isLessThan(1_000);
    assertThat(plan.allocations()).hasSize(2);
  }

  /** A node with a shared device of so much memory, and a claim for each amount of it. */
  private static AllocationProblem shared(String memory, String... amounts) {
    QualifiedName name = QualifiedName.parse("memory");
    Device device =
        ImmutableDevice.copyOf(Fleet.device("0", "big"))
            .withAllowMultipleAllocations(true)
            .withCapacity(ImmutableMap.of(name, DeviceCapacity.of(Quantity.parse(memory))));
    ImmutableAllocationProblem.Builder problem = Fleet.of("n").addSlices(Fleet.slice("n", device));
    for (String amount : amounts) {
      problem.addClaims(
          Fleet.claim(
              amount,
              new Request.Exactly(
                  Fleet.leaf("gpu", 1)
                      .withCapacityRequests(ImmutableMap.of(name, Quantity.parse(amount))))));
    }
    return problem.build();
  }

  private static long value(AllocationPlan plan) {
    return plan.objectives().stream()
        .filter(result -> result.name().equals(Objective.FRAGMENTATION.label()))
        .mapToLong(ObjectiveResult::value)
        .findFirst()
        .orElseThrow();
  }
}
