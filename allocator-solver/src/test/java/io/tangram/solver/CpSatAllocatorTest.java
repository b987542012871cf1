package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpSatAllocatorTest {

  private final CpSatAllocator allocator = new CpSatAllocator();

  private static final AllocationOptions MINUTE =
      AllocationOptions.builder().timeLimit(Duration.ofMinutes(1)).build();

  @Test
  void provesTheMostClaimsOnTenNodes() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 10)
            .claims(
                MigFleet.claims(
                    ImmutableMap.of(
                        "1g.10gb", 104, "1g.20gb", 65, "2g.20gb", 53, "3g.40gb", 43, "4g.40gb", 28,
                        "7g.80gb", 10)))
            .build();

    AllocationPlan plan = allocator.allocate(problem, MINUTE);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(295);
  }

  @Test
  void provesTheMostClaimsOnAHundredNodes() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 100)
            .claims(
                MigFleet.claims(
                    ImmutableMap.of(
                        "1g.10gb", 863, "1g.20gb", 573, "2g.20gb", 570, "3g.40gb", 420, "4g.40gb",
                        291, "7g.80gb", 131)))
            .build();

    AllocationPlan plan = allocator.allocate(problem, MINUTE);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(2767);
  }
}
