package io.tangram.benchmarks.scale;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.solver.CpSatAllocator;
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
 * The rows of {@link ScaleTable} one by one, with what they allocate of the heap: from the problem
 * in memory to the checked plan. {@code -p row=PARTITIONS_100} chooses a row, {@code -prof gc} adds
 * the bytes allocated.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -jar benchmarks/target/fast/benchmarks.jar ScaleBenchmark -prof gc
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

  /** What is allocated. */
  @Param public ScaleRow row;

  private final CpSatAllocator allocator = new CpSatAllocator();
  private AllocationProblem problem;
  private AllocationOptions options;

  /** Makes the problem. */
  @Setup
  public void prepare() {
    problem = row.problem();
    options = row.options();
  }

  /** From the problem to the checked plan. */
  @Benchmark
  public AllocationPlan allocate() {
    return allocator.allocate(problem, options);
  }
}
