package io.tangram.solver.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.catalog.MachineTopology;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkObjective;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sets chosen here beside those of NVIDIA's best-effort policy.
 *
 * <p>The two measure differently: the policy adds the points of NVLinks and of PCIe, and here a
 * pair has the bandwidth of one of them. So the policy's {0, 1, 3} of a DGX-1V, three single or
 * double NVLinks with 100 GB/s and 510 points, is less than {0, 3, 4}, two double ones and a way
 * between sockets with 103.2 GB/s, but has more than its 450 points. What can be compared is a
 * choice by one measure with the policy's by the same: by bandwidth, by its own points, and by the
 * slowest pair.
 */
class AgainstBestEffortTest {

  private static final int STREAMS = 1_000;

  static Stream<LinkGraph<Integer>> machinesOfUpToEightGpus() {
    return Machines.all().stream()
        .filter(topology -> topology.gpus() <= 8)
        .map((MachineTopology topology) -> LinkGraph.of(topology));
  }

  /** Of a DGX-1V all 255 sets of free GPUs, and likewise of all others. */
  @ParameterizedTest
  @MethodSource("machinesOfUpToEightGpus")
  void isNeverWorse(LinkGraph<Integer> graph) {
    BestEffort policy = new BestEffort(graph);
    BestSets<Integer> byBandwidth = by(graph, LinkObjective.AGGREGATE, Link::mbPerSecond);
    BestSets<Integer> byWorstPair = by(graph, LinkObjective.WORST_PAIR, Link::mbPerSecond);
    BestSets<Integer> byPoints = by(graph, LinkObjective.AGGREGATE, BestEffort::points);

    for (Set<Integer> free : Sets.powerSet(ImmutableSet.copyOf(graph.devices()))) {
      for (int size = 1; size <= free.size(); size++) {
        Set<Integer> theirs = policy.choose(free, Set.of(), size).orElseThrow();
        SetRequest<Integer> request = SetRequest.of(free, size);

        assertThat(byBandwidth.choose(request).orElseThrow().aggregateMbPerSecond())
            .as("bandwidth of %s out of %s", size, free)
            .isGreaterThanOrEqualTo(graph.aggregateMbPerSecond(theirs));
        assertThat(policy.points(byPoints.choose(request).orElseThrow().devices()))
            .as("points of %s out of %s", size, free)
            .isGreaterThanOrEqualTo(policy.points(theirs));
        assertThat(byWorstPair.choose(request).orElseThrow().worstPairMbPerSecond().orElse(0))
            .as("slowest pair of %s out of %s", size, free)
            .isGreaterThanOrEqualTo(graph.worstPairMbPerSecond(theirs).orElse(0));
      }
    }
  }

  /** With GPUs that must be in the set, as a restarted container's are. */
  @ParameterizedTest
  @CsvSource({"DGX-1", "DGX-1V", "8xA100-PCIe"})
  void isNeverWorseWithGpusThatMustBeIn(String machine) {
    LinkGraph<Integer> graph = Machines.named(machine);
    BestEffort policy = new BestEffort(graph);
    BestSets<Integer> byBandwidth = by(graph, LinkObjective.AGGREGATE, Link::mbPerSecond);

    for (Set<Integer> free : Sets.powerSet(ImmutableSet.copyOf(graph.devices()))) {
      for (int size = 1; size <= free.size(); size++) {
        for (int gpu : free) {
          Set<Integer> theirs = policy.choose(free, Set.of(gpu), size).orElseThrow();

          ChosenSet<Integer> ours =
              byBandwidth.choose(SetRequest.of(free, size).holding(Set.of(gpu))).orElseThrow();

          assertThat(ours.devices()).contains(gpu);
          assertThat(ours.aggregateMbPerSecond())
              .as("bandwidth of %s out of %s with %s", size, free, gpu)
              .isGreaterThanOrEqualTo(graph.aggregateMbPerSecond(theirs));
        }
      }
    }
  }

  /** Both get the same requests; what fits in one fits in the other, since only numbers count. */
  @ParameterizedTest
  @CsvSource({
    "DGX-1V, 8, 0.5",
    "DGX-1V, 4, 0.5",
    "DGX-1V, 2, 0.5",
    "DGX-1V, 4, 0.6",
    "DGX-1, 4, 0.5",
    "8xA100-PCIe, 4, 0.5"
  })
  void isBetterOverStreamsOfRequests(String machine, int largest, double arriving) {
    LinkGraph<Integer> graph = Machines.named(machine);
    BestEffort policy = new BestEffort(graph);
    BestSets<Integer> sets = by(graph, LinkObjective.AGGREGATE, Link::mbPerSecond);
    RequestStream ours =
        new RequestStream(
            (free, size) -> sets.choose(SetRequest.of(free, size)).orElseThrow().devices());
    RequestStream theirs =
        new RequestStream((free, size) -> policy.choose(free, Set.of(), size).orElseThrow());

    long sumOfOurs = 0;
    long sumOfTheirs = 0;
    for (int seed = 0; seed < STREAMS; seed++) {
      sumOfOurs += bandwidth(graph, ours.run(seed, largest, arriving));
      sumOfTheirs += bandwidth(graph, theirs.run(seed, largest, arriving));
    }

    assertThat(sumOfOurs).isGreaterThan(sumOfTheirs);
  }

  private static long bandwidth(LinkGraph<Integer> graph, List<Set<Integer>> given) {
    return given.stream().mapToLong(graph::aggregateMbPerSecond).sum();
  }

  private static BestSets<Integer> by(
      LinkGraph<Integer> graph, LinkObjective objective, ToLongFunction<Link> rate) {
    return BestSets.of(graph, objective, SizeMix.UP_TO_8, rate);
  }
}
