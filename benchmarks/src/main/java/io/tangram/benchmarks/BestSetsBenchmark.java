package io.tangram.benchmarks;

import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.PciePath;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkObjective;
import io.tangram.solver.links.BestSets;
import io.tangram.solver.links.ChosenSet;
import io.tangram.solver.links.SetRequest;
import io.tangram.solver.links.SizeMix;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to choose the best half of a node's free GPUs, and how long to prepare for
 * it once for a kind of node?
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -jar benchmarks/target/fast/benchmarks.jar BestSetsBenchmark
 * </pre>
 *
 * Medians in ms on two cores that other builds kept busy as well (load 5), JDK 17:
 *
 * <pre>
 * gpus            choose  prepare
 * DGX_1V           0.001     0.38
 * DGX_2            0.001     0.08
 * ALL_DIFFERENT    0.020      521
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, then calls the setup
public class BestSetsBenchmark {

  /** The GPUs of a node, and how they are joined. */
  public enum Gpus {
    /** 8 in a hybrid cube mesh. */
    DGX_1V,
    /** 16 that switches join, on two sockets. */
    DGX_2,
    /** 16 of which no two are joined alike. */
    ALL_DIFFERENT;

    LinkGraph<Integer> graph() {
      return switch (this) {
        case DGX_1V -> machine("DGX-1V");
        case DGX_2 -> machine("DGX-2");
        case ALL_DIFFERENT -> allDifferent();
      };
    }

    private static LinkGraph<Integer> machine(String name) {
      return LinkGraph.of(HardwareCatalog.standard().topology(name));
    }

    /** Few kinds of links, so that many sets are equally good. */
    private static LinkGraph<Integer> allDifferent() {
      Random random = new Random(1);
      PciePath[] paths = PciePath.values();
      return LinkGraph.among(
          IntStream.range(0, 16).boxed().toList(),
          (one, other) ->
              Link.ofNvLinks(random.nextInt(3)).withPath(paths[random.nextInt(paths.length)]));
    }
  }

  /** What there is to choose from. */
  @Param public Gpus gpus;

  private LinkGraph<Integer> graph;
  private BestSets<Integer> sets;
  private SetRequest<Integer> half;

  /** Prepares the choice, and makes sure that it gives as many GPUs as it is asked for. */
  @Setup
  public void prepareChoice() {
    graph = gpus.graph();
    sets = prepare();
    int size = graph.devices().size() / 2;
    half = SetRequest.of(graph.devices(), size);
    if (choose().orElseThrow().devices().size() != size) {
      throw new IllegalStateException("Not half of " + gpus + " was chosen.");
    }
  }

  /** The best half of all GPUs. */
  @Benchmark
  public Optional<ChosenSet<Integer>> choose() {
    return sets.choose(half);
  }

  /** The tables of a graph. */
  @Benchmark
  public BestSets<Integer> prepare() {
    return BestSets.of(graph, LinkObjective.AGGREGATE, SizeMix.UP_TO_8);
  }
}
