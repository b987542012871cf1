package io.tangram.solver.greedy;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.Fleet;
import io.tangram.solver.MigFleet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FragmentationAllocatorTest {

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().workers(1).build();

  @Test
  void keepsWhatIsExpectedWhereTheRequestIsServedByOthersToo() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 2)), slice("b", devices("small", 2)))
            .addClaims(claim("c", one("gpu")))
            .build();

    AllocationPlan plan = allocate(problem, expecting(claim("x", one("big"))));

    assertThat(only(plan.allocations().get(id("c")))).isEqualTo("small-0");
  }

  @Test
  void blocksNoPartitionThatIsExpected() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 1)
            .claims(MigFleet.claims(ImmutableMap.of("1g.10gb", 1)))
            .build();

    AllocationPlan beside = allocate(problem, expecting(Map.of("4g.40gb", 1, "2g.20gb", 1)));

    assertThat(given(beside)).containsExactly("gpu-0-mig-1g10gb-19-6");
  }

  @Test
  void breaksOneGpuForPartitionsThatGoTogether() {
    Claim pair = MigFleet.claim("pair", "1g.10gb", 2);
    AllocationProblem problem = MigFleet.nodes("8xH100-80GB", 1).addClaims(pair).build();

    AllocationPlan plan = allocate(problem, expecting(Map.of("7g.80gb", 1)));

    assertThat(plan.allocations().get(pair.id()).devices())
        .extracting(each -> each.device().device().substring(0, "gpu-0".length()))
        .containsExactly("gpu-0", "gpu-0");
  }

  @Test
  void goesOnWithABrokenGpuRatherThanBreakAnother() {
    AllocationProblem problem =
        MigFleet.nodes("8xH100-80GB", 2)
            .claims(MigFleet.claims(ImmutableMap.of("2g.20gb", 3)))
            .build();

    AllocationPlan plan = allocate(problem, expecting(Map.of("7g.80gb", 1)));

    assertThat(plan.allocations().values())
        .extracting(each -> each.node().orElseThrow() + " " + only(each).substring(0, 5))
        .containsOnly("node-0 gpu-0");
  }

  @Test
  void expectsClaimsLikeThosePendingUnlessTold() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 2)), slice("b", devices("small", 2)))
            .addClaims(claim("c", one("gpu")), claim("d", one("big")))
            .build();

    AllocationPlan plan = allocate(problem, OPTIONS);

    assertThat(only(plan.allocations().get(id("c")))).isEqualTo("small-0");
  }

  @Test
  void provesNothing() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 1)))
            .addClaims(claim("c", one("gpu")))
            .build();

    AllocationPlan plan =
        allocate(
            problem,
            AllocationOptions.builder().objectives(List.of(Objective.FRAGMENTATION)).build());

    assertThat(plan.allocator()).isEqualTo("fragmentation");
    assertThat(plan.status()).isEqualTo(PlanStatus.FEASIBLE);
    assertThat(plan.objectives())
        .extracting(each -> each.name() + " " + each.value())
        .containsExactly("admission 1", "fragmentation 1000000");
    assertThat(plan.objectives()).allMatch(each -> each.bound().isEmpty());
  }

  private static AllocationPlan allocate(AllocationProblem problem, AllocationOptions options) {
    return new FragmentationAllocator().allocate(problem, options);
  }

  private static AllocationOptions expecting(Map<String, Integer> claims) {
    return expecting(MigFleet.claims(claims).toArray(Claim[]::new));
  }

  private static AllocationOptions expecting(Claim... claims) {
    return AllocationOptions.builder()
        .from(OPTIONS)
        .expectedDemand(ExpectedDemand.of(List.of(claims)))
        .build();
  }

  private static List<String> given(AllocationPlan plan) {
    return plan.allocations().values().stream().map(FragmentationAllocatorTest::only).toList();
  }

  private static String only(Allocation allocation) {
    return Iterables.getOnlyElement(allocation.devices()).device().device();
  }
}
