package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationProblem;
import io.tangram.solver.Fleet;
import io.tangram.solver.limit.Deadline;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnusablePoolsTest {

  private static List<String> warnings(AllocationProblem problem) {
    return UnusablePools.warnings(PoolViews.of(problem, Deadline.never()), problem.nodes().size());
  }

  @Test
  void saysNothingOfPoolsWhoseDevicesAreGiven() {
    AllocationProblem problem = Fleet.of("n").addSlices(slice("n", devices("big", 1))).build();

    assertThat(warnings(problem)).isEmpty();
  }

  @Test
  void saysOfEachPoolWhyItIsNotUsed() {
    AllocationProblem problem =
        Fleet.of("few", "many", "twice")
            .addSlices(
                slice("few", devices("big", 1)).withResourceSliceCount(2),
                slice("many", devices("big", 1)),
                slice("many", devices("small", 1)).withName("another"),
                slice("twice", device("gpu", "big"), device("gpu", "small")))
            .build();

    assertThat(warnings(problem))
        .containsExactly(
            "pool gpu.example.com/few is incomplete: 1 slice is there, 2 announced; none of its"
                + " devices is given (R12)",
            "pool gpu.example.com/many is incomplete: 2 slices are there, 1 announced; none of its"
                + " devices is given (R12)",
            "pool gpu.example.com/twice is invalid: device gpu is published twice (R16); none of"
                + " its devices is given");
  }

  @Test
  void countsPoolsWhereThereAreMany() {
    assertThat(warnings(incomplete(5))).hasSize(5).allMatch(line -> line.contains("announced"));
    assertThat(warnings(incomplete(6)))
        .hasSize(6)
        .last()
        .isEqualTo("1 more pool is incomplete or invalid; none of its devices is given");
    assertThat(warnings(incomplete(9)))
        .hasSize(6)
        .last()
        .isEqualTo("4 more pools are incomplete or invalid; none of their devices is given");
  }

  private static AllocationProblem incomplete(int pools) {
    String[] nodes = IntStream.range(0, pools).mapToObj(i -> "n" + i).toArray(String[]::new);
    var problem = Fleet.of(nodes);
    for (String node : nodes) {
      problem.addSlices(slice(node, devices("big", 1)).withResourceSliceCount(2));
    }
    return problem.build();
  }
}
