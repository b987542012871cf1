package io.tangram.benchmarks.scale;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.ImmutableMachineModel;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.PciSlot;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Clusters with their queues, of any size. The same arguments give the same problem. */
final class SampleProblems {

  private SampleProblems() {}

  /** Nodes of 8 x H100, and claims of one partition each; so many of the GPUs are half used. */
  static AllocationProblem partitions(int nodes, int claims, double used) {
    SampleFleet fleet = new SampleFleet(1);
    fleet.partitionable(nodes, "8xH100-80GB").used(used, 0.5).add();
    addPartitionClaims(fleet, claims);
    return fleet.problem();
  }

  private static void addPartitionClaims(SampleFleet fleet, int claims) {
    PartitionQueue.of(claims)
        .forEach((profile, count) -> fleet.claims(count, ClaimShapes.partition(profile)));
  }

  /** Claims bound to nodes, of GPUs and NICs, beside partitions; a third of the GPUs half used. */
  static AllocationProblem nodeBound(int nodes, int claims) {
    SampleFleet fleet = new SampleFleet(1);
    fleet.partitionable(nodes, twoOnARoot(), true).used(1.0 / 3, 0.5).add();
    fleet.claims(claims * 6 / 100, ClaimShapes.gpuAndNicOnARoot());
    fleet.claims(claims * 3 / 100, ClaimShapes.gpusOnARoot(2));
    fleet.claims(claims * 2 / 100, ClaimShapes.gpus(3));
    fleet.claims(claims * 3 / 100, ClaimShapes.gpus(4));
    fleet.claims(claims / 100, ClaimShapes.gpus(8));
    addPartitionClaims(fleet, claims * 85 / 100);
    return fleet.problem();
  }

  /** A machine of 8 H100 and 8 NICs, two of each on one of four roots. */
  private static MachineModel twoOnARoot() {
    GpuModel model = HardwareCatalog.standard().machine("8xH100-80GB").gpuModel();
    ImmutableMachineModel.Builder machine =
        MachineModel.builder().name("8xH100 on 4 roots").gpuModel(model);
    for (int i = 0; i < 8; i++) {
      machine.addGpus(PciSlot.onRoot(i / 2, i % 2, OptionalInt.empty()));
      machine.addNics(PciSlot.onRoot(i / 2, 2 + i % 2, OptionalInt.empty()));
    }
    return machine.build();
  }

  /** Four GPU models, one of them tainted; claims by memory and compute, and lists of them. */
  static AllocationProblem heterogeneous(int nodesOfEach, int claims) {
    SampleFleet fleet = new SampleFleet(1);
    Taint reserved = new Taint("team", "research", Taint.Effect.NO_SCHEDULE, Optional.empty());
    for (String machine : List.of("8xA100-40GB", "8xA100-80GB", "8xH100-80GB")) {
      fleet.partitionable(nodesOfEach, machine).used(0.3, 0.5).add();
    }
    fleet.partitionable(nodesOfEach, "8xH200-141GB").taintedDevices(reserved).used(0.3, 0.5).add();
    Random random = new Random(2);
    List<ImmutableClaim> shapes = new ArrayList<>();
    for (long memory : new long[] {4, 9, 19, 35, 60}) {
      for (long multiprocessors : new long[] {14, 28, 42}) {
        shapes.add(ClaimShapes.partition(memory, multiprocessors));
      }
    }
    shapes.add(ClaimShapes.partitionsByPreference());
    shapes.add(ClaimShapes.partitionsByPreference());
    shapes.add(ClaimShapes.gpus(2));
    for (int i = 0; i < claims; i++) {
      fleet.claims(1, shapes.get(random.nextInt(shapes.size())));
    }
    return fleet.problem();
  }

  /** Nodes of eight shared GPUs, and claims of so many sizes in one dimension or two. */
  static AllocationProblem shared(int nodes, int claims, int sizes, int dimensions) {
    SampleFleet fleet = new SampleFleet(1);
    fleet.nodes(nodes, SharedGpus::on);
    Random random = new Random(3);
    List<ImmutableClaim> shapes = new ArrayList<>();
    for (int i = 0; i < sizes; i++) {
      shapes.add(SharedGpus.part(random, dimensions));
    }
    for (int i = 0; i < claims; i++) {
      fleet.claims(1, shapes.get(random.nextInt(shapes.size())));
    }
    return fleet.problem();
  }

  /** Nodes of 8 x H100, and pods of so many shapes that ask for CPU, memory and devices. */
  static AllocationProblem pods(int nodes, int pods, int shapes) {
    SampleFleet fleet = new SampleFleet(1);
    fleet
        .partitionable(nodes, "8xH100-80GB")
        .available(
            ImmutableMap.of(
                "cpu",
                Quantity.of(96),
                "memory",
                Quantity.gibibytes(512),
                "pods",
                Quantity.of(110)))
        .add();
    Random random = new Random(4);
    List<Workload> workloads = new ArrayList<>();
    List<ImmutableClaim> claims = new ArrayList<>();
    for (int i = 0; i < shapes; i++) {
      workloads.add(
          Workload.builder()
              .id(new WorkloadId("ml", "shape"))
              .putResources("cpu", Quantity.of(1 + random.nextInt(24)))
              .putResources("memory", Quantity.gibibytes(4L * (1 + random.nextInt(32))))
              .build());
      claims.add(
          random.nextInt(4) == 0
              ? ClaimShapes.gpus(1 + random.nextInt(4))
              : ClaimShapes.partition(PartitionQueue.PROFILES.get(random.nextInt(6))));
    }
    for (int i = 0; i < pods; i++) {
      int shape = random.nextInt(shapes);
      fleet.pod(workloads.get(shape), claims.get(shape));
    }
    return fleet.problem();
  }
}
