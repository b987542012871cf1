package io.tangram.benchmarks;

import com.google.common.base.Stopwatch;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;

/**
 * How many more claims get devices than with first-fit, which gives each claim in turn the devices
 * that kube-scheduler would? Claims arrive in several orders; where GPUs are half used, other
 * partitions are held in each. Prints a Markdown table. The optimal allocator comes first and pays
 * for what is evaluated once, so its times are not to be set against the others'. An optional
 * argument says how many orders.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.Comparison
 * </pre>
 *
 * Three orders, on two cores that other builds kept busy as well (load 12 to 18), JDK 17:
 *
 * <pre>
 * cluster                  claims  first-fit    optimal  proven   more  first-fit ms  optimal ms
 * ten nodes                   303    263-271        295  3 of 3   10 %          1701        2779
 * ten nodes half used         303    223-226    265-271  3 of 3   19 %           424         863
 * hundred nodes              2848  2492-2517       2767  3 of 3   10 %          1556        2298
 * hundred nodes half used    2848  2064-2077  2520-2534  3 of 3   22 %          1186        2551
 * capabilities                700    282-285        617  3 of 3  117 %           369        2158
 * pcie roots                   48      40-45         46  3 of 3    9 %            77         308
 * </pre>
 */
public final class Comparison {

  private static final int ORDERS = 5;

  private static final AllocationOptions OPTIONS =
      AllocationOptions.builder().timeLimit(Duration.ofMinutes(1)).build();

  private Comparison() {}

  /**
   * Compares.
   *
   * @throws IllegalArgumentException if the argument is not a positive number
   */
  public static void main(String[] args) {
    int orders = args.length == 0 ? ORDERS : Integer.parseInt(args[0]);
    if (orders < 1) {
      throw new IllegalArgumentException(orders + " orders can't be compared; ask for 1 or more.");
    }
    MarkdownTable table =
        new MarkdownTable(
            System.out,
            "cluster",
            "claims",
            "first-fit",
            "optimal",
            "proven",
            "more",
            "first-fit ms",
            "optimal ms");
    for (Fleet fleet : Fleet.values()) {
      compare(fleet, orders, table);
    }
  }

  private static void compare(Fleet fleet, int orders, MarkdownTable table) {
    Series greedy = new Series();
    Series optimal = new Series();
    for (int seed = 1; seed <= orders; seed++) {
      AllocationProblem problem = fleet.problem(seed);
      optimal.add(new CpSatAllocator(), problem);
      greedy.add(new FirstFitAllocator(), problem);
    }
    table.row(
        fleet.name().toLowerCase(Locale.ROOT).replace('_', ' '),
        fleet.cluster().pending().size(),
        greedy.claims(),
        optimal.claims(),
        optimal.proven + " of " + orders,
        String.format(
            Locale.ROOT, "%.1f %%", 100 * (optimal.averageClaims() / greedy.averageClaims() - 1)),
        greedy.medianMillis(),
        optimal.medianMillis());
  }

  /** One allocator on the same cluster in several orders. */
  private static final class Series {
    private final LongSummaryStatistics claims = new LongSummaryStatistics();
    private final List<Long> millis = new ArrayList<>();
    private int proven;

    void add(Allocator allocator, AllocationProblem problem) {
      Stopwatch watch = Stopwatch.createStarted();
      AllocationPlan plan = allocator.allocate(problem, OPTIONS);
      millis.add(watch.elapsed().toMillis());
      claims.accept(plan.allocations().size());
      proven += plan.status() == PlanStatus.OPTIMAL ? 1 : 0;
    }

    String claims() {
      return claims.getMin() == claims.getMax()
          ? String.valueOf(claims.getMin())
          : claims.getMin() + "-" + claims.getMax();
    }

    double averageClaims() {
      return claims.getAverage();
    }

    long medianMillis() {
      return millis.stream().sorted().toList().get(millis.size() / 2);
    }
  }
}
