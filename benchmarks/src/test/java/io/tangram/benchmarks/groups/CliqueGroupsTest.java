package io.tangram.benchmarks.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.BestFitAllocator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliqueGroupsTest {

  private static final String CLIQUE = "nvidia.com/gpu.clique";
  private static final int LARGE = 16;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void placesAGroupInEachCliqueThatHasRoomForOne(long seed) {
    AllocationProblem problem = CliqueGroups.problem(CliqueGroups.Queue.LARGE, seed);
    Set<String> used = new HashSet<>();
    for (Allocation held : problem.held()) {
      used.add(held.devices().get(0).device().pool());
    }
    Map<String, Long> free =
        problem.nodes().stream()
            .filter(node -> !used.contains(node.name()))
            .collect(
                Collectors.groupingBy(
                    node -> node.labels().getOrDefault(CLIQUE, ""), Collectors.counting()));

    CliqueGroups.Result result = CliqueGroups.run(new CpSatAllocator(), problem);

    assertThat(problem.nodes()).hasSize(178);
    assertThat(free).hasSize(10);
    assertThat((long) result.groups())
        .isEqualTo(free.values().stream().filter(nodes -> nodes >= LARGE).count());
    assertThat(result.pods()).isEqualTo(LARGE * result.groups());
    assertThat(result.proven()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void placesAsManyPodsAsBestFitOrMore(long seed) {
    AllocationProblem problem = CliqueGroups.problem(CliqueGroups.Queue.MIXED, seed);

    assertThat(CliqueGroups.run(new CpSatAllocator(), problem).pods())
        .isGreaterThanOrEqualTo(CliqueGroups.run(new BestFitAllocator(), problem).pods());
  }
}
