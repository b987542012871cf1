package io.tangram.solver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.symmetry.Expectation;
import io.tangram.solver.symmetry.Measures;
import io.tangram.solver.symmetry.SupplyLoss;
import io.tangram.solver.symmetry.SupplyLoss.Given;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SupplyLossTest {

  private static final long SEVENTH = 142_857;

  @Test
  void losesWhatAPlacementBlocks() {
    CompiledProblem problem = expecting(ImmutableMap.of("7g.80gb", 1));

    assertThat(lossOf(problem, "gpu-0-mig-1g10gb-19-6")).isEqualTo(1_000_000);
    assertThat(lossOf(problem, "gpu-0-mig-1g10gb-19-6", "gpu-0-mig-1g10gb-19-0"))
        .isEqualTo(1_000_000);
    assertThat(lossOf(problem, "gpu-0-mig-1g10gb-19-6", "gpu-1-mig-1g10gb-19-0"))
        .isEqualTo(2_000_000);
  }

  @Test
  void losesNothingWhereThePlacementIsOutOfTheWay() {
    CompiledProblem problem = expecting(ImmutableMap.of("4g.40gb", 1));

    assertThat(lossOf(problem, "gpu-0-mig-1g10gb-19-6")).isZero();
    assertThat(lossOf(problem, "gpu-0-mig-1g10gb-19-0")).isEqualTo(4 * SEVENTH + 1);
  }

  @Test
  void weighsRequests() {
    CompiledProblem problem = expecting(ImmutableMap.of("1g.10gb", 5, "7g.80gb", 2));

    assertThat(lossOf(problem, "gpu-0-mig-1g10gb-19-3")).isEqualTo(5 * SEVENTH + 2_000_000);
    assertThat(lossOf(problem, "gpu-0-mig-7g80gb-0-0")).isEqualTo(5 * 7 * SEVENTH + 2_000_000);
  }

  @Test
  void losesNothingWhereNothingIsExpected() {
    CompiledProblem problem = expecting(ImmutableMap.of());

    assertThat(lossOf(problem, "gpu-0-mig-7g80gb-0-0")).isZero();
  }

  private static CompiledProblem expecting(Map<String, Integer> mix) {
    AllocationProblem problem = MigFleet.nodes("8xH100-80GB", 1).build();
    AllocationOptions options =
        AllocationOptions.builder()
            .objectives(List.of(Objective.FRAGMENTATION))
            .expectedDemand(ExpectedDemand.of(MigFleet.claims(mix)))
            .build();
    return CompiledProblem.of(problem, options, Deadline.never());
  }

  private static long lossOf(CompiledProblem problem, String... names) {
    Expectation expectation = new Expectation(problem, new Measures(problem));
    List<Given> given =
        Arrays.stream(names).map(name -> new Given(number(problem, name), Map.of())).toList();
    return new SupplyLoss(problem, expectation).of(given);
  }

  private static int number(CompiledProblem problem, String name) {
    return IntStream.range(0, problem.devices().size())
        .filter(device -> problem.devices().device(device).name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    name
                        + " is not one of "
                        + IntStream.range(0, problem.devices().size())
                            .mapToObj(device -> problem.devices().device(device).name())
                            .toList()));
  }
}
