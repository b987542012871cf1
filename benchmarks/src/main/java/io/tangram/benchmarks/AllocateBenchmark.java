package io.tangram.benchmarks;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.check.PlanChecker;
import io.tangram.api.check.Violation;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.search.Planner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * How long does it take to find and prove the best plan, and how much of that is compiling and
 * checking? The rest is the solver's. Everything is warm: selectors have seen the devices before.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -jar benchmarks/target/fast/benchmarks.jar AllocateBenchmark
 * </pre>
 *
 * Medians in ms on two cores that other builds kept busy as well (load 10 to 25), JDK 17:
 *
 * <pre>
 * fleet                    allocate  compile  check
 * TEN_NODES                     120      182    162
 * TEN_NODES_HALF_USED           179      144    132
 * HUNDRED_NODES                1941     1024    485
 * HUNDRED_NODES_HALF_USED      3020      964   2458
 * CAPABILITIES                 4454      633     36
 * PCIE_ROOTS                    535       58      1
 * </pre>
 *
 * <p>The load differed between the columns by more than they do; a check that takes longer than its
 * allocation is noise.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, then calls the setup
public class AllocateBenchmark {

  private static final AllocationOptions OPTIONS =
      AllocationOptions.builder().timeLimit(Duration.ofMinutes(1)).build();

  /** What is allocated. */
  @Param public Fleet fleet;

  private final CpSatAllocator allocator = new CpSatAllocator();
  private AllocationProblem problem;
  private AllocationPlan plan;

  /** Reads the cluster, and makes sure that the plan is what is known to be the best. */
  @Setup
  public void prepare() {
    problem = fleet.problem();
    plan = allocator.allocate(problem, OPTIONS);
    if (plan.status() != PlanStatus.OPTIMAL || plan.allocations().size() != fleet.most()) {
      throw new IllegalStateException(
          "The plan of %s is %s with %d claims; %d were to be proven."
              .formatted(fleet, plan.status(), plan.allocations().size(), fleet.most()));
    }
  }

  /** The whole of it. */
  @Benchmark
  public AllocationPlan allocate() {
    return allocator.allocate(problem, OPTIONS);
  }

  /** From the problem to the models. */
  @Benchmark
  public Planner compile() {
    return new Planner(
        CompiledProblem.of(problem, Deadline.never()), OPTIONS, true, Deadline.never());
  }

  /** The check that no plan is returned without. */
  @Benchmark
  public List<Violation> check() {
    return PlanChecker.of(problem).check(plan, OPTIONS);
  }
}
