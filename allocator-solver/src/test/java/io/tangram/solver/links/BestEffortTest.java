package io.tangram.solver.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that NVIDIA expects of its policy on a DGX-1V. */
class BestEffortTest {

  private final BestEffort policy = new BestEffort(Machines.named("DGX-1V"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 4 5         |   | 2 | 4 5
          0 4 5 6         |   | 2 | 5 6
          0 3 1           |   | 2 | 0 3
          0 1 4           |   | 2 | 0 4
          0 1 2 3 4 5 6 7 | 4 | 2 | 4 7
          0 1 2 3 4 5 6 7 | 4 | 4 | 4 5 6 7
          """)
  void givesWhatIsExpected(String free, String holding, int size, String expected) {
    assertThat(policy.choose(gpus(free), gpus(holding), size)).contains(gpus(expected));
  }

  @Test
  void countsNvLinksAndTheWayOverPcie() {
    assertThat(policy.points(Set.of(0, 3))).isEqualTo(230);
    assertThat(policy.points(Set.of(0, 4))).isEqualTo(210);
    assertThat(policy.points(Set.of(0, 1, 6))).isEqualTo(150 + 10 + 10);
  }

  @Test
  void givesNothingIfTooFewAreFree() {
    assertThat(policy.choose(Set.of(0, 1), Set.of(), 3)).isEmpty();
  }

  private static Set<Integer> gpus(String text) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.strip().split(" +")).map(Integer::valueOf).collect(Collectors.toSet());
  }
}
