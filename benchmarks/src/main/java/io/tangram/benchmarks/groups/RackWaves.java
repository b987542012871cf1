package io.tangram.benchmarks.groups;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.benchmarks.Arguments;
import io.tangram.benchmarks.MarkdownTable;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * How long does it take to place 15,000 groups in racks? The cluster and the groups have the shape
 * of Kueue's performance test of topology-aware scheduling: one block of ten racks of 64 nodes of
 * 96 cores, and of ten groups five small ones, of 4 pods of 2 cores, three medium ones, 8 of 4, and
 * two large ones, 16 of 8, each in one rack. So many are 588,000 cores; they come in ten waves,
 * each of which fills the empty cluster to 96 %, in an order that is drawn.
 *
 * <p>Prints a Markdown table: groups admitted, pods in them, groups that cross racks, the time in
 * ms from the problems to the checked plans, of all waves, and how many plans were proven.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.groups.RackWaves
 * </pre>
 *
 * <p>Two cores that other builds kept busy (load 5 to 8), JDK 17, 22 November 2026; times of two
 * runs, which differ by what else the machine did.
 *
 * <pre>
 * allocator  groups   pods  crossing      ms, all waves  proven
 * first-fit   14978  114624        0   6,462 and 15,558       0
 * best-fit    14978  114624        0   6,022 and 12,134       0
 * optimal     14986  114652        0   6,342 and 18,923      10
 * </pre>
 */
public final class RackWaves {

  private static final String RACK = "cloud.example.com/rack";
  private static final int RACKS = 10;
  private static final int NODES_PER_RACK = 64;
  private static final int CORES = 96;
  private static final int WAVES = 10;
  private static final int GROUPS_PER_WAVE = 1500;
  private static final double NANOS_PER_MILLI = 1e6;

  private static final AllocationOptions OPTIONS =
      AllocationOptions.builder().timeLimit(Duration.ofMinutes(1)).build();

  private static final List<Allocator> ALLOCATORS =
      List.of(new FirstFitAllocator(), new BestFitAllocator(), new CpSatAllocator());

  private RackWaves() {}

  /** A size of groups. */
  private record Size(int pods, int cores) {

    private static final Size SMALL = new Size(4, 2);
    private static final Size MEDIUM = new Size(8, 4);
    private static final Size LARGE = new Size(16, 8);

    /** Five in ten are small, three medium, two large. */
    static Size drawn(Random random) {
      int die = random.nextInt(10);
      return die < 5 ? SMALL : die < 8 ? MEDIUM : LARGE;
    }
  }

  /**
   * What came of a wave.
   *
   * @param crossing how many groups have pods in several racks
   */
  record Result(int groups, int pods, int crossing, double millis, boolean proven) {}

  /**
   * Measures.
   *
   * @param args how many waves, 10 by default. The process ends with 2 if that is no number
   */
  public static void main(String[] args) {
    int waves =
        args.length == 0 ? WAVES : Arguments.orExit(() -> Arguments.count("waves", args[0]));
    MarkdownTable table =
        new MarkdownTable(System.out, "allocator", "groups", "pods", "crossing", "ms", "proven");
    for (Allocator allocator : ALLOCATORS) {
      run(allocator, problem(0));
      int groups = 0;
      int pods = 0;
      int crossing = 0;
      double millis = 0;
      int proven = 0;
      for (int wave = 0; wave < waves; wave++) {
        Result result = run(allocator, problem(wave));
        groups += result.groups();
        pods += result.pods();
        crossing += result.crossing();
        millis += result.millis();
        proven += result.proven() ? 1 : 0;
      }
      table.row(allocator.name(), groups, pods, crossing, Math.round(millis), proven);
    }
  }

  /** Lets an allocator place a wave. */
  static Result run(Allocator allocator, AllocationProblem problem) {
    long start = System.nanoTime();
    AllocationPlan plan = allocator.allocate(problem, OPTIONS);
    double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
    Map<String, String> rackOf = new HashMap<>();
    problem.nodes().forEach(node -> rackOf.put(node.name(), node.labels().getOrDefault(RACK, "")));
    int groups = 0;
    int crossing = 0;
    for (WorkloadGroup group : problem.groups()) {
      Set<String> racks = new HashSet<>();
      for (WorkloadId member : group.members()) {
        String node = plan.placements().get(member);
        if (node != null) {
          racks.add(rackOf.getOrDefault(node, ""));
        }
      }
      groups += racks.isEmpty() ? 0 : 1;
      crossing += racks.size() > 1 ? 1 : 0;
    }
    return new Result(
        groups, plan.placements().size(), crossing, millis, plan.status() == PlanStatus.OPTIMAL);
  }

  /** Returns the empty cluster with a wave. */
  static AllocationProblem problem(long wave) {
    Random random = new Random(wave);
    ImmutableAllocationProblem.Builder problem = AllocationProblem.builder();
    for (int number = 0; number < RACKS * NODES_PER_RACK; number++) {
      problem.addNodes(
          Node.builder()
              .name(String.format(Locale.ROOT, "node-%03d", number))
              .labels(ImmutableMap.of(RACK, "rack-" + number / NODES_PER_RACK))
              .available(ImmutableMap.of("cpu", Quantity.of(CORES)))
              .build());
    }
    GroupQueue groups = new GroupQueue(problem, RACK);
    for (int group = 0; group < GROUPS_PER_WAVE; group++) {
      Size size = Size.drawn(random);
      groups.addOfCores(size.pods(), size.cores());
    }
    return problem.build();
  }
}
