package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Comparators;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes on which CPU, memory and partitions are short for many workloads. */
class CrowdedNodesTest {

  private static final ImmutableList<String> PROFILES =
      ImmutableList.of("1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb");
  private static final AllocationOptions LONG =
      AllocationOptions.builder()
          .timeLimit(Duration.ofMinutes(5))
          .deterministicLimit(10)
          .objectives(ImmutableList.of())
          .build();

  /** What a workload asks for. */
  private record Shape(int cpus, int gibibytes, ImmutableList<String> profiles) {

    static Shape random(Random random) {
      return new Shape(
          1 << random.nextInt(5),
          8 << random.nextInt(5),
          IntStream.rangeClosed(0, random.nextInt(3))
              .mapToObj(i -> PROFILES.get(random.nextInt(PROFILES.size())))
              .collect(ImmutableList.toImmutableList()));
    }
  }

  @Test
  void improvesOnFirstFitWhereEveryShapeIsAnother() {
    AllocationProblem problem = crowd(8, 100, 100, 7);

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
    AllocationProblem problem = crowd(20, 200, 200, 4);

    AllocationPlan plan = new CpSatAllocator().allocate(problem, LONG);

    assertThat(plan.status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.placements().size()).isBetween(100, 190);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0001, 0.001, 0.01, 0.1})
  void isNoWorseThanFirstFitHoweverSoonItEnds(double deterministicLimit) {
    AllocationProblem problem = crowd(20, 200, 200, 4);
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
    AllocationProblem problem = crowd(52, 900, 900, 3);
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

  /**
   * So many nodes of 8 x H100 and workloads of one to three partitions in two tiers.
   *
   * @param shapes how many shapes the workloads are drawn from
   */
  private static AllocationProblem crowd(int nodes, int workloads, int shapes, long seed) {
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
                  ImmutableMap.of("cpu", Quantity.of(56), "memory", Quantity.gibibytes(448))));
    }
    List<Shape> catalogue = new ArrayList<>();
    IntStream.range(0, shapes).forEach(i -> catalogue.add(Shape.random(random)));
    for (int i = 0; i < workloads; i++) {
      Shape shape = catalogue.get(random.nextInt(shapes));
      ImmutableWorkload.Builder workload =
          Workload.builder()
              .id(new WorkloadId("default", "w" + i))
              .priority(random.nextInt(2))
              .putResources("cpu", Quantity.of(shape.cpus()))
              .putResources("memory", Quantity.gibibytes(shape.gibibytes()));
      for (int c = 0; c < shape.profiles().size(); c++) {
        Claim claim = MigFleet.claim("w" + i + "-" + c, shape.profiles().get(c));
        problem.addClaims(claim);
        workload.addClaims(claim.id());
      }
      problem.addWorkloads(workload.build());
    }
    return problem.build();
  }
}
