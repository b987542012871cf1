package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StabilityTest {

  private static final ImmutableAllocationOptions ASKED =
      AllocationOptions.builder()
          .timeLimit(Duration.ofMinutes(1))
          .objectives(List.of(Objective.FIT, Objective.STABILITY))
          .build();

  private final CpSatAllocator allocator = new CpSatAllocator();

  @Test
  void keepsAllOfAPlanThatIsStillBest() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 20)
            .claims(MigFleet.claims(ImmutableMap.of("1g.10gb", 210, "3g.40gb", 90, "4g.40gb", 60)))
            .build();
    AllocationPlan earlier = allocator.allocate(problem, ASKED);

    AllocationPlan again = allocator.allocate(problem, ASKED.withStart(earlier.allocations()));

    assertThat(again.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(kept(again)).isEqualTo(earlier.allocations().size());
    assertThat(again.allocations()).isEqualTo(earlier.allocations());
  }

  @Test
  void movesNobodyWhenAClaimIsAdded() {
    ImmutableAllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 1)
            .claims(MigFleet.claims(ImmutableMap.of("1g.10gb", 5, "3g.40gb", 4)))
            .build();
    AllocationPlan earlier = allocator.allocate(problem, ASKED.withSeed(7));
    List<Claim> more = MigFleet.claims(ImmutableMap.of("2g.20gb", 1));

    AllocationPlan later =
        allocator.allocate(
            ImmutableAllocationProblem.builder().from(problem).addAllClaims(more).build(),
            ASKED.withStart(earlier.allocations()));

    assertThat(later.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(later.allocations()).hasSize(10);
    assertThat(kept(later)).isEqualTo(9);
  }

  private static long kept(AllocationPlan plan) {
    return plan.objectives().stream()
        .filter(result -> result.name().equals(Objective.STABILITY.label()))
        .mapToLong(ObjectiveResult::value)
        .findFirst()
        .orElseThrow();
  }
}
