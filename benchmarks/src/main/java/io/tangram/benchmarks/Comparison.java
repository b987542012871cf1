package io.tangram.benchmarks;

import com.google.common.base.Stopwatch;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;

/**
 * How many more claims get devices than with greedy allocators, which take one claim after the
 * other: first-fit gives each the devices that kube-scheduler would, best-fit the tightest ones,
 * fragmentation those that leave the rest most useful. Claims arrive in several orders; where GPUs
 * are half used, other partitions are held in each. Prints a Markdown table; "more" is what the
 * optimal plan has beyond the best of the others, on the average. The optimal allocator comes first
 * and pays for what is evaluated once, so its times are not to be set against the others'. An
 * optional argument says how many orders.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.Comparison
 * </pre>
 *
 * <p>Five orders:
 *
 * <pre>
 * cluster                  claims  first-fit   best-fit  fragmentation    optimal  proven    more
 * ten nodes                   303    262-271    262-267        262-266        295  5 of 5   10.9 %
 * ten nodes half used         303    215-226    216-226        217-226    265-271  5 of 5   20.3 %
 * hundred nodes              2848  2492-2517  2484-2514      2487-2514       2767  5 of 5   10.6 %
 * hundred nodes half used    2848  2064-2077  2073-2089      2072-2093  2520-2534  5 of 5   21.4 %
 * capabilities                700    282-285    290-301        290-304        617  5 of 5  107.9 %
 * pcie roots                   48      40-46      40-46          40-46         46  5 of 5    5.0 %
 * </pre>
 *
 * <p>The greedy allocators take 0.1 to 0.5 s of one core's time for a hundred nodes, compiling and
 * checking included; JDK 17, 21 November 2026.
 */
public final class Comparison {

  private static final int ORDERS = 5;

  private static final AllocationOptions OPTIONS =
      AllocationOptions.builder().timeLimit(Duration.ofMinutes(1)).build();

  private static final List<String> NAMES =
      List.of(
          FirstFitAllocator.NAME,
          BestFitAllocator.NAME,
          FragmentationAllocator.NAME,
          CpSatAllocator.NAME);

  private Comparison() {}

  /**
   * Compares.
   *
   * @param args how many orders, 5 by default. The process ends with 2 if that is no number
   */
  public static void main(String[] args) {
    int orders =
        args.length == 0 ? ORDERS : Arguments.orExit(() -> Arguments.count("orders", args[0]));
    List<String> header = new ArrayList<>(List.of("cluster", "claims"));
    header.addAll(NAMES);
    header.addAll(List.of("proven", "more"));
    NAMES.forEach(name -> header.add(name + " ms"));
    MarkdownTable table = new MarkdownTable(System.out, header.toArray(String[]::new));
    for (Fleet fleet : Fleet.values()) {
      compare(fleet, orders, table);
    }
  }

  private static void compare(Fleet fleet, int orders, MarkdownTable table) {
    Series optimal = new Series(new CpSatAllocator());
    List<Series> greedy =
        List.of(
            new Series(new FirstFitAllocator()),
            new Series(new BestFitAllocator()),
            new Series(new FragmentationAllocator()));
    for (int seed = 1; seed <= orders; seed++) {
      AllocationProblem problem = fleet.problem(seed);
      optimal.add(problem);
      greedy.forEach(each -> each.add(problem));
    }
    double best = greedy.stream().mapToDouble(Series::averageClaims).max().orElseThrow();
    List<Object> cells = new ArrayList<>();
    cells.add(fleet.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    cells.add(fleet.cluster().pending().size());
    greedy.forEach(each -> cells.add(each.claims()));
    cells.add(optimal.claims());
    cells.add(optimal.proven + " of " + orders);
    cells.add(String.format(Locale.ROOT, "%.1f %%", 100 * (optimal.averageClaims() / best - 1)));
    greedy.forEach(each -> cells.add(each.medianMillis()));
    cells.add(optimal.medianMillis());
    table.row(cells.toArray());
  }

  /** One allocator on the same cluster in several orders. */
  private static final class Series {
    private final Allocator allocator;
    private final LongSummaryStatistics claims = new LongSummaryStatistics();
    private final List<Long> millis = new ArrayList<>();
    private int proven;

    Series(Allocator allocator) {
      this.allocator = allocator;
    }

    void add(AllocationProblem problem) {
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
