package io.tangram.benchmarks.scale;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.CpSatAllocator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The rows of {@link ScaleTable} one by one, with what they allocate of the heap: from the problem
 * in memory to the checked plan. {@code -p row=PARTITIONS_100} chooses a row, {@code -prof gc} adds
 * the bytes allocated.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -jar benchmarks/target/fast/benchmarks.jar ScaleBenchmark -prof gc
 * </pre>
 *
 * <p>The first run and the mean of three after it on two idle cores of an AMD EPYC, JDK 17, 22
 * November 2026:
 *
 * <pre>
 * row                       first ms mean ms  may take ms  MB allocated
 * PARTITIONS_100                1192     371         4000            63
 * PARTITIONS_1000               3441    1256         8000           567
 * PARTITIONS_1250_USED          3550    1506         8000           601
 * PARTITIONS_5000               8970    4062         8000          2552
 * PARTITIONS_12500_USED        15960   10961        20000          5787
 * NODE_BOUND_1000               3736    1401         3000           600
 * NODE_BOUND_5000               9685    4643        15000          2861
 * NODE_BOUND_1000_IN_ORDER      4567    2667        30000           577
 * NODE_BOUND_1000_PACKED        9357    4365        20000          3329
 * HETEROGENEOUS_500             3821    1895        10000           307
 * SHARED_500_12_SIZES           3289    1534        10000          1315
 * SHARED_500_1000_SIZES         7564    5238        20000          1836
 * PODS_1000                     8645    5291        20000          3424
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx8g")
@SuppressWarnings("NullAway.Init") // JMH sets parameters, then calls the setup
public class ScaleBenchmark {

  /** How far the admitted claims may be from the most that can be, as a part of these. */
  private static final double WIDEST_GAP = 0.01;

  /** How many times its own limit a row may take: a cold or busy machine is no reason to stop. */
  private static final int PATIENCE = 20;

  /** What is allocated. */
  @Param public ScaleRow row;

  private final CpSatAllocator allocator = new CpSatAllocator();
  private AllocationProblem problem;
  private AllocationOptions options;
  private AllocationPlan plan;

  /** Makes the problem. */
  @Setup
  public void prepare() {
    problem = row.problem();
    options =
        ImmutableAllocationOptions.copyOf(row.options())
            .withTimeLimit(row.allowance().time().multipliedBy(PATIENCE));
  }

  /** From the problem to the checked plan. */
  @Benchmark
  public AllocationPlan allocate() {
    plan = allocator.allocate(problem, options);
    return plan;
  }

  /** A last plan that is quick because it leaves claims out that it could admit is no answer. */
  @TearDown(Level.Trial)
  public void requireMostClaims() {
    ObjectiveResult admission = plan.objectives().get(0);
    if (admission.gap().orElse(1) > WIDEST_GAP) {
      throw new IllegalStateException(
          "Row %s admitted %d of %d claims, which is not shown to be within %s of the most: %s."
              .formatted(
                  row, plan.allocations().size(), problem.claims().size(), WIDEST_GAP, admission));
    }
  }
}
