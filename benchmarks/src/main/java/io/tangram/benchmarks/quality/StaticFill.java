package io.tangram.benchmarks.quality;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.PciSlot;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.benchmarks.MarkdownTable;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;

/**
 * How many partitions each allocator puts on 100 empty GPUs. Requests are drawn from a mix until
 * their memory slices are all that the GPUs have, and arrive in the order in which they are drawn.
 * Prints a Markdown table of the means over the seeds, and a line of JSON for each mix: requests
 * drawn and admitted, and the part of all compute slices that is used. The model of the GPUs may be
 * named, and the number of seeds.
 *
 * <pre>
 * mvn -q -Pjmh -Dtangram.fast -DskipTests package
 * java -cp benchmarks/target/fast/benchmarks.jar io.tangram.benchmarks.quality.StaticFill H100-80GB 10
 * </pre>
 *
 * <p>Requests admitted, means of ten seeds, the same on A100-40GB; all optima are proven:
 *
 * <pre>
 * mix      drawn  first-fit  best-fit  fragmentation  optimal  compute slices: first-fit  optimal
 * uniform  229.9      225.8     225.4          225.4    229.3                     95.8 %   97.4 %
 * small    331.8      319.8     319.9          320.3    331.1                     92.0 %   94.8 %
 * big      171.5      168.5     169.0          169.0    170.1                     97.7 %   98.6 %
 * ends     204.0      199.4     199.3          199.3    203.1                     97.4 %   99.0 %
 * served   318.7      307.4     308.2          308.1    317.9                     93.0 %   95.5 %
 * </pre>
 */
public final class StaticFill {

  private static final int GPUS = 100;

  private static final AllocationOptions OPTIONS =
      AllocationOptions.builder().timeLimit(Duration.ofMinutes(1)).build();

  private static final List<Allocator> ALLOCATORS =
      List.of(
          new FirstFitAllocator(),
          new BestFitAllocator(),
          new FragmentationAllocator(),
          new CpSatAllocator());

  private final GpuModel model;
  private final ImmutableList<MigProfile> profiles;
  private final int seeds;

  private StaticFill(GpuModel model, int seeds) {
    this.model = model;
    this.profiles =
        model.profiles().stream()
            .filter(MigProfile::isPlain)
            .collect(ImmutableList.toImmutableList());
    this.seeds = seeds;
  }

  /**
   * Fills GPUs.
   *
   * @param args the model, {@code H100-80GB} by default, and how many seeds, 10 by default
   */
  public static void main(String[] args) {
    GpuModel model = HardwareCatalog.standard().model(args.length > 0 ? args[0] : "H100-80GB");
    new StaticFill(model, args.length > 1 ? Integer.parseInt(args[1]) : 10).run();
  }

  private void run() {
    List<String> columns = new ArrayList<>(List.of("mix", "drawn"));
    ALLOCATORS.forEach(allocator -> columns.add(allocator.name()));
    columns.add("proven");
    ALLOCATORS.forEach(allocator -> columns.add(allocator.name() + " slices"));
    MarkdownTable table = new MarkdownTable(System.out, columns.toArray(String[]::new));
    List<String> json = new ArrayList<>();
    for (Mix mix : Mix.values()) {
      List<Means> means = ALLOCATORS.stream().map(allocator -> new Means()).toList();
      double drawn = 0;
      for (int seed = 0; seed < seeds; seed++) {
        List<MigProfile> requests = draw(mix, new Random(seed));
        drawn += (double) requests.size() / seeds;
        AllocationProblem problem = problem(requests);
        for (int i = 0; i < means.size(); i++) {
          means.get(i).add(ALLOCATORS.get(i).allocate(problem, OPTIONS), requests);
        }
      }
      print(mix, drawn, means, table, json);
    }
    json.forEach(System.out::println);
  }

  private void print(
      Mix mix, double drawn, List<Means> means, MarkdownTable table, List<String> json) {
    String name = mix.name().toLowerCase(Locale.ROOT);
    List<Object> cells = new ArrayList<>(List.of(name, oneDigit(drawn)));
    means.forEach(each -> cells.add(oneDigit(each.admitted())));
    cells.add(means.get(means.size() - 1).proven + " of " + seeds);
    means.forEach(each -> cells.add(oneDigit(100 * each.slices()) + " %"));
    table.row(cells.toArray());
    StringBuilder line =
        new StringBuilder("{\"mix\":\"" + name + "\",\"drawn\":" + oneDigit(drawn));
    for (int i = 0; i < means.size(); i++) {
      line.append(
          ",\"%s\":{\"admitted\":%s,\"computeSlices\":%.4f}"
              .formatted(
                  ALLOCATORS.get(i).name(),
                  oneDigit(means.get(i).admitted()),
                  means.get(i).slices()));
    }
    json.add(line.append('}').toString());
  }

  private static String oneDigit(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** What an allocator admits on the average. */
  private final class Means {
    private long claims;
    private long computeSlices;
    private int proven;

    void add(AllocationPlan plan, List<MigProfile> requests) {
      for (ClaimId claim : plan.allocations().keySet()) {
        claims++;
        computeSlices += requests.get(Integer.parseInt(claim.name())).computeSlices();
      }
      proven += plan.status() == PlanStatus.OPTIMAL ? 1 : 0;
    }

    double admitted() {
      return (double) claims / seeds;
    }

    double slices() {
      return (double) computeSlices / seeds / (GPUS * model.computeSlices().orElseThrow());
    }
  }

  private List<MigProfile> draw(Mix mix, Random random) {
    List<MigProfile> drawn = new ArrayList<>();
    for (int slices = 0; slices < GPUS * model.memorySlices().orElseThrow(); ) {
      MigProfile profile = mix.draw(profiles, random);
      drawn.add(profile);
      slices += profile.memorySlices().orElseThrow();
    }
    return drawn;
  }

  private AllocationProblem problem(List<MigProfile> requests) {
    MachineModel machine =
        MachineModel.builder()
            .name("one GPU")
            .gpuModel(model)
            .addGpus(PciSlot.onRoot(0, 0, OptionalInt.empty()))
            .build();
    NodeTemplate template =
        NodeTemplate.builder().machine(machine).partitioning(Partitioning.EVERY_PLACEMENT).build();
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder().addAllDeviceClasses(NvidiaDriver.deviceClasses());
    for (int gpu = 0; gpu < GPUS; gpu++) {
      PublishedNode node = template.publish("node-" + gpu);
      problem.addNodes(node.node()).addAllSlices(node.slices());
    }
    for (int i = 0; i < requests.size(); i++) {
      problem.addClaims(
          Claim.of(
              new ClaimId("quality", String.valueOf(i)),
              DeviceRequest.of(
                  "gpu",
                  NvidiaDriver.MIG_CLASS,
                  DeviceSelectors.attributeEquals(NvidiaDriver.PROFILE, requests.get(i).name()))));
    }
    return problem.build();
  }
}
