package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import org.junit.jupiter.api.Test;

/** Two pods that together want about all the memory of a node. */
class RoundedAmountsTest {

  private static final long BYTES = 1L << 42;

  @Test
  void provesNothingOfWhatItRoundsAgainstThoseWhoAsk() {
    AllocationPlan plan = allocated(2 * BYTES + 1, BYTES + 1);

    assertThat(plan.status()).isEqualTo(PlanStatus.FEASIBLE);
    assertThat(plan.allocations()).hasSize(1);
    assertThat(plan.unplaced().values()).containsExactly(new Reason.NotProven());
    assertThat(plan.warnings())
        .singleElement()
        .asString()
        .startsWith("amounts of memory are rounded, since they have too many digits");
  }

  @Test
  void provesThatAllAreAdmittedWhereTheyAre() {
    AllocationPlan plan = allocated(2 * BYTES + 5, BYTES + 1);

    assertThat(plan.allocations()).hasSize(2);
    assertThat(plan.objectives().get(0).status()).isEqualTo(PlanStatus.OPTIMAL);
  }

  @Test
  void countsAmountsWithACommonUnitAsTheyAre() {
    AllocationPlan plan = allocated(3 * BYTES, 2 * BYTES);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(2);
  }

  /**
   * Allocates for two pods.
   *
   * @param available the bytes of the node
   * @param odd what one of the pods takes; the other takes {@link #BYTES}
   */
  private static AllocationPlan allocated(long available, long odd) {
    AllocationProblem problem =
        Fleet.of()
            .addNodes(
                Node.builder()
                    .name("a")
                    .available(ImmutableMap.of("memory", Quantity.of(available)))
                    .build())
            .addSlices(Fleet.slice("a", Fleet.devices("big", 2)))
            .addClaims(Fleet.claim("odd", Fleet.one("big")), Fleet.claim("even", Fleet.one("big")))
            .addWorkloads(pod("odd", odd), pod("even", BYTES))
            .build();
    return new CpSatAllocator().allocate(problem, AllocationOptions.DEFAULTS);
  }

  private static Workload pod(String claim, long bytes) {
    return Workload.builder()
        .id(new WorkloadId("ns", claim))
        .addClaims(Fleet.id(claim))
        .putResources("memory", Quantity.of(bytes))
        .build();
  }
}
