package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes on which CPU, memory and partitions are short for many workloads. */
class CrowdedNodesTest {

  private static final AllocationOptions LONG =
      AllocationOptions.builder()
          .timeLimit(Duration.ofMinutes(5))
          .deterministicLimit(10)
          .objectives(ImmutableList.of())
          .build();

  @Test
  void improvesOnFirstFitWhereEveryShapeIsAnother() {
    AllocationProblem problem = CrowdedFleet.of(8, 100, 100, 7);

    AllocationPlan greedy = new FirstFitAllocator().allocate(problem, LONG);
    AllocationPlan plan = new CpSatAllocator().allocate(problem, LONG);

    assertThat(plan.objectives().get(0).status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations().size()).isGreaterThan(greedy.allocations().size());
    assertThat(plan.objectives())
        .allSatisfy(
            result ->
                assertThat(result.bound().orElseThrow()).isGreaterThanOrEqualTo(result.value()));
  }

  @Test
  void provesEveryTier() {
    AllocationProblem problem = CrowdedFleet.of(20, 200, 200, 4);

    AllocationPlan plan = new CpSatAllocator().allocate(problem, LONG);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.placements().size()).isBetween(100, 190);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0001, 0.001, 0.01, 0.1})
  void isNoWorseThanFirstFitHoweverSoonItEnds(double deterministicLimit) {
    AllocationProblem problem = CrowdedFleet.of(20, 200, 200, 4);
    AllocationOptions brief =
        ImmutableAllocationOptions.copyOf(LONG)
            .withDeterministicLimit(deterministicLimit)
            .withObjectives(Objective.FIT, Objective.PACKING);

    AllocationPlan greedy = new FirstFitAllocator().allocate(problem, brief);
    AllocationPlan plan = new CpSatAllocator().allocate(problem, brief);

    assertThat(
            Comparators.lexicographical(Comparator.<Long>naturalOrder())
                .compare(admission(plan), admission(greedy)))
        .isNotNegative();
  }

  @Test
  void arrangesManyNodesAFewAtATimeWhateverTheNumberOfWorkers() {
    AllocationProblem problem = CrowdedFleet.of(52, 900, 900, 3);
    ImmutableAllocationOptions some =
        ImmutableAllocationOptions.copyOf(LONG).withDeterministicLimit(2);

    AllocationPlan greedy = new FirstFitAllocator().allocate(problem, some);
    AllocationPlan alone = new CpSatAllocator().allocate(problem, some.withWorkers(1));
    AllocationPlan together = new CpSatAllocator().allocate(problem, some.withWorkers(4));

    assertThat(together.allocations()).isEqualTo(alone.allocations());
    assertThat(alone.allocations().size()).isGreaterThan(greedy.allocations().size());
  }

  /** What is admitted of each tier, highest first. */
  private static List<Long> admission(AllocationPlan plan) {
    return plan.objectives().stream()
        .filter(result -> result.name().equals(ObjectiveResult.ADMISSION))
        .map(ObjectiveResult::value)
        .toList();
  }
}
