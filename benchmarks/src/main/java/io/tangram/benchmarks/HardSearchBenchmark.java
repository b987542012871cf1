package io.tangram.benchmarks;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long does each allocator take to answer what a search that tries one device after the other
 * takes seconds or forever for? From the problem to the checked plan, explanation included, warm.
 * Prints the median in ms of each {@link HardSearch} as a Markdown table, then as one line of JSON.
 * It is the processor time of the calling thread, which does all the work: what else the machine
 * has to do changes little. An optional argument says how many runs are measured; as many go
 * before.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.HardSearchBenchmark
 * </pre>
 */
public final class HardSearchBenchmark {

  private static final int RUNS = 101;
  private static final double NANOS_PER_MILLI = 1e6;

  private static final AllocationOptions OPTIONS = AllocationOptions.builder().workers(1).build();

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private HardSearchBenchmark() {}

  /**
   * Measures.
   *
   * @param args how many runs, 101 by default. The process ends with 2 if that is no number
   * @throws IllegalStateException if an answer is wrong
   */
  public static void main(String[] args) {
    int runs = args.length == 0 ? RUNS : Arguments.orExit(() -> Arguments.count("runs", args[0]));
    List<Allocator> allocators =
        List.of(
            new FirstFitAllocator(),
            new BestFitAllocator(),
            new FragmentationAllocator(),
            new CpSatAllocator());
    List<String> header = new ArrayList<>(List.of("search", "fits"));
    allocators.forEach(allocator -> header.add(allocator.name() + " ms"));
    MarkdownTable table = new MarkdownTable(System.out, header.toArray(String[]::new));
    List<String> json = new ArrayList<>();
    for (HardSearch search : HardSearch.values()) {
      String name = search.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      List<Object> cells = new ArrayList<>(List.of(name, search.fits() ? "yes" : "no"));
      for (Allocator allocator : allocators) {
        String millis = String.format(Locale.ROOT, "%.2f", medianMillis(search, allocator, runs));
        cells.add(millis);
        json.add(
            "{\"search\": \"%s\", \"allocator\": \"%s\", \"fits\": %s, \"medianMillis\": %s}"
                .formatted(name, allocator.name(), search.fits(), millis));
      }
      table.row(cells.toArray());
    }
    System.out.println();
    System.out.println("[" + String.join(", ", json) + "]");
  }

  private static double medianMillis(HardSearch search, Allocator allocator, int runs) {
    AllocationProblem problem = search.problem();
    long[] nanos = new long[runs];
    for (int run = -runs; run < runs; run++) {
      long start = THREADS.getCurrentThreadCpuTime();
      AllocationPlan plan = allocator.allocate(problem, OPTIONS);
      nanos[Math.max(run, 0)] = THREADS.getCurrentThreadCpuTime() - start;
      if (plan.unallocated().isEmpty() != search.fits()) {
        throw new IllegalStateException(
            "The answer of %s to %s is wrong: %s."
                .formatted(allocator.name(), search, plan.unallocated()));
      }
    }
    Arrays.sort(nanos);
    return nanos[runs / 2] / NANOS_PER_MILLI;
  }
}
