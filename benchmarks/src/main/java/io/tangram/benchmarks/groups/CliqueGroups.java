package io.tangram.benchmarks.groups;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.benchmarks.Arguments;
import io.tangram.benchmarks.MarkdownTable;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How many groups does each allocator place in NVLink cliques, and how many cliques does it leave
 * whole? The cluster is one that was reported to Kueue (issue 10815): ten NVL72 racks of 18 nodes
 * of 4 GPUs, two nodes broken, so that eight cliques have 18 nodes and two have 17; about one node
 * in twenty is in use. Each pod takes a whole node. There are three queues, in an order that is
 * drawn: twelve groups of 16 pods; eight of 2, of 4 and of 16 each; six of 2, of 4 and of 8 each.
 *
 * <p>Prints a Markdown table of means over seeds, 10 by default: groups admitted, pods in them,
 * cliques without a new pod, the median of the time in ms from the problem to the checked plan, and
 * how many plans were proven. A first run of each warms up.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.groups.CliqueGroups 10
 * </pre>
 *
 * <p>Ten seeds; two cores that other builds kept busy (load 7), JDK 17, 22 November 2026. Of the
 * groups of 16 as many are placed as there are cliques with room for one. Of mixed groups the
 * optimum has the most pods, as it counts claims. The longest time of an optimal plan was 0.3 to
 * 1.8 s, by what else the machine did.
 *
 * <pre>
 * queue  allocator      groups  pods   whole cliques   ms  proven
 * large  first-fit         9.0  144.0            1.0  567       0
 * large  best-fit          9.0  144.0            1.0   73       0
 * large  fragmentation     9.0  144.0            1.0   81       0
 * large  optimal           9.0  144.0            1.0  106      10
 * mixed  first-fit        22.6  154.8            0.3   43       0
 * mixed  best-fit         22.7  157.6            0.0   59       0
 * mixed  fragmentation    22.7  157.6            0.0   68       0
 * mixed  optimal          21.3  162.8            0.0  344      10
 * light  first-fit        18.0   84.0            4.2   21       0
 * light  best-fit         18.0   84.0            4.0   37       0
 * light  fragmentation    18.0   84.0            4.0   14       0
 * light  optimal          18.0   84.0            4.0   36      10
 * </pre>
 */
public final class CliqueGroups {

  private static final String CLIQUE = "nvidia.com/gpu.clique";
  private static final String DRIVER = "gpu.nvidia.com";
  private static final String GPU = "gpu";
  private static final int CLIQUES = 10;
  private static final int TRAYS = 18;
  private static final int GPUS = 4;
  private static final double IN_USE = 0.05;
  private static final double NANOS_PER_MILLI = 1e6;

  private static final AllocationOptions OPTIONS =
      AllocationOptions.builder().timeLimit(Duration.ofMinutes(1)).build();

  private static final List<Allocator> ALLOCATORS =
      List.of(
          new FirstFitAllocator(),
          new BestFitAllocator(),
          new FragmentationAllocator(),
          new CpSatAllocator());

  private CliqueGroups() {}

  /** What a queue is made of. */
  enum Queue {
    LARGE(12, 16),
    MIXED(8, 2, 4, 16),
    LIGHT(6, 2, 4, 8);

    private final int ofEach;
    private final ImmutableIntArray sizes;

    Queue(int ofEach, int... sizes) {
      this.ofEach = ofEach;
      this.sizes = ImmutableIntArray.copyOf(sizes);
    }

    /** The sizes of the groups, in order. */
    List<Integer> drawn(Random random) {
      List<Integer> drawn = new ArrayList<>();
      sizes.forEach(size -> drawn.addAll(Collections.nCopies(ofEach, size)));
      Collections.shuffle(drawn, random);
      return drawn;
    }
  }

  /** What came of a queue. */
  record Result(int groups, int pods, int wholeCliques, double millis, boolean proven) {}

  /**
   * Measures.
   *
   * @param args how many seeds, 10 by default. The process ends with 2 if that is no number
   */
  public static void main(String[] args) {
    int seeds = args.length == 0 ? 10 : Arguments.orExit(() -> Arguments.count("seeds", args[0]));
    MarkdownTable table =
        new MarkdownTable(
            System.out, "queue", "allocator", "groups", "pods", "whole cliques", "ms", "proven");
    for (Queue queue : Queue.values()) {
      for (Allocator allocator : ALLOCATORS) {
        run(allocator, problem(queue, 0));
        List<Result> results =
            IntStream.range(0, seeds)
                .mapToObj(seed -> run(allocator, problem(queue, seed)))
                .toList();
        table.row(
            queue.name().toLowerCase(Locale.ROOT),
            allocator.name(),
            oneDigit(results.stream().mapToInt(Result::groups).average().orElse(0)),
            oneDigit(results.stream().mapToInt(Result::pods).average().orElse(0)),
            oneDigit(results.stream().mapToInt(Result::wholeCliques).average().orElse(0)),
            oneDigit(median(results)),
            results.stream().filter(Result::proven).count());
      }
    }
  }

  private static double median(List<Result> results) {
    return results.stream().mapToDouble(Result::millis).sorted().toArray()[results.size() / 2];
  }

  private static String oneDigit(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Lets an allocator place a queue. */
  static Result run(Allocator allocator, AllocationProblem problem) {
    long start = System.nanoTime();
    AllocationPlan plan = allocator.allocate(problem, OPTIONS);
    double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
    Set<WorkloadId> placed = plan.placements().keySet();
    long groups =
        problem.groups().stream().map(WorkloadGroup::members).filter(placed::containsAll).count();
    Set<String> broken = new HashSet<>();
    plan.placements().values().forEach(node -> broken.add(clique(problem, node)));
    return new Result(
        (int) groups,
        placed.size(),
        CLIQUES - broken.size(),
        millis,
        plan.status() == PlanStatus.OPTIMAL);
  }

  private static String clique(AllocationProblem problem, String node) {
    return problem.nodes().stream()
        .filter(each -> each.name().equals(node))
        .findFirst()
        .map(each -> each.labels().getOrDefault(CLIQUE, ""))
        .orElseThrow();
  }

  /** Returns the cluster with a queue. */
  static AllocationProblem problem(Queue queue, long seed) {
    Random random = new Random(seed);
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder().addDeviceClasses(DeviceClass.builder().name(GPU).build());
    Set<Integer> bad = ImmutableSet.of(3 * TRAYS + 5, 7 * TRAYS + 11);
    for (int number = 0; number < CLIQUES * TRAYS; number++) {
      if (!bad.contains(number)) {
        String name = String.format(Locale.ROOT, "node-%03d", number);
        problem.addNodes(
            Node.builder()
                .name(name)
                .labels(ImmutableMap.of(CLIQUE, "cluster." + number / TRAYS))
                .build());
        ImmutableAllocation.Builder held =
            Allocation.builder()
                .claim(new ClaimId("held", name))
                .nodeSelector(NodeSelector.ofNode(name));
        addGpus(name, problem, held);
        if (random.nextDouble() < IN_USE) {
          problem.addHeld(held.build());
        }
      }
    }
    GroupQueue groups = new GroupQueue(problem, CLIQUE);
    queue.drawn(random).forEach(pods -> groups.addOfGpus(pods, GPU, GPUS));
    return problem.build();
  }

  private static void addGpus(
      String node, ImmutableAllocationProblem.Builder problem, ImmutableAllocation.Builder held) {
    List<Device> devices = new ArrayList<>();
    for (int gpu = 0; gpu < GPUS; gpu++) {
      devices.add(Device.builder().name("gpu-" + gpu).build());
      held.addDevices(
          DeviceAllocation.builder()
              .request("gpus")
              .device(new DeviceId(DRIVER, node, "gpu-" + gpu))
              .build());
    }
    problem.addSlices(
        ResourceSlice.builder()
            .name(node)
            .pool(new PoolId(DRIVER, node))
            .nodes(NodeSelection.node(node))
            .devices(devices)
            .build());
  }
}
