package io.tangram.solver;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.topology.LinkObjective;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link Objective#BANDWIDTH}, mostly on the hybrid cube mesh of a DGX-1V. */
class BandwidthTest {

  /** Of a DGX-1V: two NVLinks, and one, between two GPUs. */
  private static final long TWO_LINKS = 50_000;

  private static final long ONE_LINK = 25_000;

  private static final AllocationOptions OPTIONS =
      AllocationOptions.builder().objectives(ImmutableList.of(Objective.BANDWIDTH)).build();

  private static ObjectiveResult bandwidth(AllocationPlan plan) {
    return Iterables.getOnlyElement(
        plan.objectives().stream().filter(each -> each.name().equals("bandwidth")).toList());
  }

  @Test
  void fourPairsGetTwoLinksEach() {
    ImmutableAllocationProblem.Builder problem = JoinedFleet.machine("DGX-1V", "n");
    IntStream.range(0, 4).forEach(i -> problem.addClaims(claim("c" + i, some("gpu", 2))));

    AllocationPlan plan = new CpSatAllocator().allocate(problem.build(), OPTIONS);
    AllocationPlan firstFit = new FirstFitAllocator().allocate(problem.build(), OPTIONS);

    assertThat(bandwidth(plan).value()).isEqualTo(4 * TWO_LINKS);
    assertThat(bandwidth(plan).status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(bandwidth(firstFit).value()).isEqualTo(2 * ONE_LINK + 2 * TWO_LINKS);
    assertThat(bandwidth(firstFit).bound()).isEmpty();
  }

  @Test
  void greedyAllocatorsChooseAmongEqualDevices() {
    AllocationProblem problem =
        JoinedFleet.machine("DGX-1V", "n")
            .addClaims(claim("pair", some("gpu", 2)), claim("four", some("gpu", 4)))
            .build();

    for (Allocator allocator : List.of(new BestFitAllocator(), new FragmentationAllocator())) {
      AllocationPlan plan = allocator.allocate(problem, OPTIONS);
      AllocationPlan unasked =
          allocator.allocate(problem, ImmutableAllocationOptions.copyOf(OPTIONS).withObjectives());

      assertThat(bandwidth(plan).value()).isEqualTo(TWO_LINKS + ONE_LINK);
      assertThat(unasked.allocations().get(Fleet.id("pair")).devices())
          .extracting(each -> each.device().device())
          .containsExactly("gpu-0", "gpu-1");
    }
  }

  @ParameterizedTest
  @CsvSource({"WORST_PAIR, 25000", "AGGREGATE, 225000"})
  void fourGpusAreMeasuredAsAsked(LinkObjective objective, long value) {
    AllocationProblem problem =
        JoinedFleet.machine("DGX-1V", "n").addClaims(claim("four", some("gpu", 4))).build();
    AllocationOptions options =
        AllocationOptions.builder().from(OPTIONS).linkObjective(objective).build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, options);

    assertThat(bandwidth(plan).value()).isEqualTo(value);
    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
  }

  @Test
  void oneDeviceHasNoBandwidth() {
    AllocationProblem problem =
        JoinedFleet.machine("DGX-1V", "n").addClaims(claim("c", one("gpu"))).build();

    AllocationPlan plan = new CpSatAllocator().allocate(problem, OPTIONS);

    assertThat(bandwidth(plan).value()).isZero();
    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
  }

  @Test
  void allSetsAreEqualBehindSwitches() {
    String[] nodes = IntStream.range(0, 100).mapToObj(i -> "n" + i).toArray(String[]::new);
    ImmutableAllocationProblem.Builder problem = JoinedFleet.machine("HGX-H100", nodes);
    IntStream.range(0, 300).forEach(i -> problem.addClaims(claim("c" + i, some("gpu", 2))));

    AllocationPlan plan = new CpSatAllocator().allocate(problem.build(), OPTIONS);

    assertThat(bandwidth(plan).value()).isEqualTo(300 * 18 * 26_560L);
    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
  }

  @Test
  void countsOfManyNodesAreImprovedNodeByNode() {
    String[] nodes = IntStream.range(0, 60).mapToObj(i -> "n" + i).toArray(String[]::new);
    ImmutableAllocationProblem.Builder problem = JoinedFleet.machine("DGX-1V", nodes);
    IntStream.range(0, 245).forEach(i -> problem.addClaims(claim("c" + i, some("gpu", 2))));

    AllocationPlan plan = new CpSatAllocator().allocate(problem.build(), OPTIONS);

    assertThat(plan.allocations()).hasSize(240);
    assertThat(bandwidth(plan).value()).isEqualTo(240 * TWO_LINKS);
    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
  }
}
