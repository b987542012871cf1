package io.tangram.solver;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Nodes on which CPU, memory and partitions are short for many workloads. */
public final class CrowdedFleet {

  private static final ImmutableList<String> PROFILES =
      ImmutableList.of("1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb");

  private CrowdedFleet() {}

  /** What a workload asks for. */
  private record Shape(int cpus, int gibibytes, ImmutableList<String> profiles) {

    static Shape random(Random random) {
      return new Shape(
          1 << random.nextInt(5),
          8 << random.nextInt(5),
          IntStream.rangeClosed(0, random.nextInt(3))
              .mapToObj(i -> PROFILES.get(random.nextInt(PROFILES.size())))
              .collect(ImmutableList.toImmutableList()));
    }
  }

  /**
   * So many nodes of 8 x H100 and workloads of one to three partitions in two tiers.
   *
   * @param shapes how many shapes the workloads are drawn from
   */
  public static AllocationProblem of(int nodes, int workloads, int shapes, long seed) {
    return of(nodes, workloads, shapes, 2, seed);
  }

  /** The same in so many tiers. */
  public static AllocationProblem of(int nodes, int workloads, int shapes, int tiers, long seed) {
    Random random = new Random(seed);
    AllocationProblem fleet = MigFleet.nodes("8xH100-80GB", nodes).build();
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder()
            .addAllSlices(fleet.slices())
            .addAllDeviceClasses(fleet.deviceClasses());
    for (Node node : fleet.nodes()) {
      problem.addNodes(
          ImmutableNode.copyOf(node)
              .withAvailable(
                  ImmutableMap.of("cpu", Quantity.of(56), "memory", Quantity.gibibytes(448))));
    }
    List<Shape> catalogue = new ArrayList<>();
    IntStream.range(0, shapes).forEach(i -> catalogue.add(Shape.random(random)));
    for (int i = 0; i < workloads; i++) {
      Shape shape = catalogue.get(random.nextInt(shapes));
      ImmutableWorkload.Builder workload =
          Workload.builder()
              .id(new WorkloadId("default", "w" + i))
              .priority(random.nextInt(tiers))
              .putResources("cpu", Quantity.of(shape.cpus()))
              .putResources("memory", Quantity.gibibytes(shape.gibibytes()));
      for (int c = 0; c < shape.profiles().size(); c++) {
        Claim claim = MigFleet.claim("w" + i + "-" + c, shape.profiles().get(c));
        problem.addClaims(claim);
        workload.addClaims(claim.id());
      }
      problem.addWorkloads(workload.build());
    }
    return problem.build();
  }
}
