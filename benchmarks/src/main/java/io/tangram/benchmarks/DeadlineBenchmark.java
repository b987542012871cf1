package io.tangram.benchmarks;

import com.google.common.base.Stopwatch;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.DeadlineExceededException;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.solver.CpSatAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Are deadlines kept? An allocation may take a tenth and 250 ms more than its time limit, whatever
 * the problem. Prints a Markdown table, and ends with 1 if a median is over.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.DeadlineBenchmark
 * </pre>
 *
 * Times in ms on two cores of an AMD EPYC that other builds kept busy as well, this process
 * preferred to them; JDK 17.0.15, 21 November 2026:
 *
 * <pre>
 * problem                       limit  median  worst  allowed
 * 20 nodes, 160 odd claims         50      56     66      305
 * 20 nodes, 160 odd claims        250     212    225      525
 * 20 nodes, 160 odd claims       1000     828    909     1350
 * 20 nodes, 160 odd claims       5000    4047   4147     5750
 * 60 nodes, 480 odd claims         50      58    354      305
 * 60 nodes, 480 odd claims        250     187    319      525
 * 60 nodes, 480 odd claims       1000     635    718     1350
 * 60 nodes, 480 odd claims       5000    3017   3026     5750
 * 100 nodes, 2,848 partitions      50      52     54      305
 * 100 nodes, 2,848 partitions     250     288    329      525
 * 100 nodes, 2,848 partitions    1000     438    807     1350
 * 100 nodes, 2,848 partitions    5000     354    495     5750
 * </pre>
 */
public final class DeadlineBenchmark {

  private static final int RUNS = 5;

  private static final List<Duration> LIMITS =
      List.of(
          Duration.ofMillis(50),
          Duration.ofMillis(250),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5));

  /** What one run came to. */
  private record Run(Duration took, String outcome) {}

  private DeadlineBenchmark() {}

  /** Measures. */
  public static void main(String[] args) {
    MarkdownTable table =
        new MarkdownTable(
            System.out, "problem", "limit ms", "median ms", "worst ms", "allowed ms", "outcomes");
    boolean kept = measure("20 nodes, 160 odd claims", OddClaims.on(20), table);
    kept &= measure("60 nodes, 480 odd claims", OddClaims.on(60), table);
    kept &= measure("100 nodes, 2,848 partitions", Fleet.HUNDRED_NODES.problem(), table);
    System.exit(kept ? 0 : 1);
  }

  private static boolean measure(String name, AllocationProblem problem, MarkdownTable table) {
    run(problem, Duration.ofSeconds(2)); // loads classes and the native library
    boolean kept = true;
    for (Duration limit : LIMITS) {
      List<Duration> times = new ArrayList<>();
      Map<String, Integer> outcomes = new TreeMap<>();
      for (int i = 0; i < RUNS; i++) {
        Run run = run(problem, limit);
        times.add(run.took());
        outcomes.merge(run.outcome(), 1, Integer::sum);
      }
      Collections.sort(times);
      Duration median = times.get(RUNS / 2);
      Duration allowed = limit.plus(limit.dividedBy(10)).plusMillis(250);
      kept &= median.compareTo(allowed) <= 0;
      table.row(
          name,
          limit.toMillis(),
          median.toMillis(),
          times.get(RUNS - 1).toMillis(),
          allowed.toMillis(),
          outcomes);
    }
    return kept;
  }

  private static Run run(AllocationProblem problem, Duration limit) {
    AllocationOptions options = AllocationOptions.builder().timeLimit(limit).build();
    Stopwatch watch = Stopwatch.createStarted();
    String outcome;
    try {
      AllocationPlan plan = new CpSatAllocator().allocate(problem, options);
      outcome = plan.status().toString();
    } catch (DeadlineExceededException e) {
      outcome = "not compiled";
    }
    return new Run(watch.elapsed(), outcome);
  }
}
