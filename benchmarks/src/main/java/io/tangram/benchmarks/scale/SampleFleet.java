package io.tangram.benchmarks.scale;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.MigInstance;
import io.tangram.api.catalog.MigLayout;
import io.tangram.api.catalog.MigProfile;
import io.tangram.api.catalog.NicDriver;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableWorkload;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/**
 * Makes problems in memory, as they would be after reading: each node has uuids of its own. What is
 * left to chance depends on the seed. Not thread-safe.
 */
final class SampleFleet {

  private static final String NAMESPACE = "ml";

  private final ImmutableAllocationProblem.Builder problem = AllocationProblem.builder();
  private final List<Claim> claims = new ArrayList<>();
  private final List<Workload> workloads = new ArrayList<>();
  private final Random random;
  private int nodes;
  private int held;

  SampleFleet(long seed) {
    this.random = new Random(seed);
    problem
        .addAllDeviceClasses(NvidiaDriver.deviceClasses())
        .addDeviceClasses(NicDriver.deviceClass());
  }

  /** Nodes of one kind, which the methods after it say more about. */
  final class Nodes {
    private final int count;
    private final NodeTemplate template;
    private double usedGpus;
    private double partOfUsed;
    private ImmutableList<Taint> taints = ImmutableList.of();
    private Optional<ImmutableMap<String, Quantity>> available = Optional.empty();

    private Nodes(int count, NodeTemplate template) {
      this.count = count;
      this.template = template;
    }

    /** So many of the GPUs hold earlier partitions: each of a random layout with a probability. */
    Nodes used(double gpus, double part) {
      this.usedGpus = gpus;
      this.partOfUsed = part;
      return this;
    }

    /** The devices have a taint. */
    Nodes taintedDevices(Taint taint) {
      this.taints = ImmutableList.of(taint);
      return this;
    }

    /** What pods can have of each. */
    Nodes available(ImmutableMap<String, Quantity> available) {
      this.available = Optional.of(available);
      return this;
    }

    /** Adds them. */
    void add() {
      List<MigLayout> layouts = usedGpus > 0 ? layouts(template.machine().gpuModel()) : List.of();
      for (int i = 0; i < count; i++) {
        PublishedNode published = template.publish("node-" + nodes++);
        problem
            .addNodes(ImmutableNode.copyOf(published.node()).withAvailable(available))
            .addAllSlices(tainted(published.slices()));
        for (int gpu = 0; gpu < template.machine().gpus().size() && usedGpus > 0; gpu++) {
          if (random.nextDouble() < usedGpus) {
            hold(published.node(), gpu, layouts.get(random.nextInt(layouts.size())));
          }
        }
      }
    }

    private List<ResourceSlice> tainted(List<ResourceSlice> slices) {
      return taints.isEmpty()
          ? slices
          : slices.stream()
              .<ResourceSlice>map(
                  slice ->
                      ImmutableResourceSlice.copyOf(slice)
                          .withDevices(
                              slice.devices().stream()
                                  .map(device -> ImmutableDevice.copyOf(device).withTaints(taints))
                                  .toList()))
              .toList();
    }

    private void hold(Node node, int gpu, MigLayout layout) {
      for (MigInstance instance : layout.instances()) {
        if (random.nextDouble() < partOfUsed) {
          SampleFleet.this.hold(node, NvidiaDriver.migName(gpu, instance));
        }
      }
    }
  }

  /** Nodes of a machine of the catalogue, every partition published. */
  Nodes partitionable(int count, String machine) {
    return partitionable(count, HardwareCatalog.standard().machine(machine), false);
  }

  /** Nodes of a machine, every partition published. */
  Nodes partitionable(int count, MachineModel machine, boolean nics) {
    return new Nodes(
        count,
        NodeTemplate.builder()
            .machine(machine)
            .partitioning(Partitioning.EVERY_PLACEMENT)
            .withNics(nics)
            .build());
  }

  /** Nodes of a machine of the catalogue, whole GPUs published. */
  Nodes whole(int count, String machine) {
    return new Nodes(
        count, NodeTemplate.builder().machine(HardwareCatalog.standard().machine(machine)).build());
  }

  /** Adds nodes with slices that are made from their names. */
  void nodes(int count, Function<String, ResourceSlice> slice) {
    for (int i = 0; i < count; i++) {
      String name = "node-" + nodes++;
      problem.addNodes(Node.of(name)).addSlices(slice.apply(name));
    }
  }

  private static List<MigLayout> layouts(GpuModel model) {
    List<MigProfile> plain = model.profiles().stream().filter(MigProfile::isPlain).toList();
    return model.maximalLayouts(plain);
  }

  private void hold(Node node, String device) {
    problem.addHeld(
        Allocation.builder()
            .claim(new ClaimId("held", "claim-" + held++))
            .addDevices(
                DeviceAllocation.builder()
                    .request("gpu")
                    .device(new DeviceId(NvidiaDriver.NAME, node.name(), device))
                    .build())
            .nodeSelector(NodeSelector.ofNode(node.name()))
            .build());
  }

  /** Adds pending claims that differ in name only. */
  void claims(int count, ImmutableClaim shape) {
    for (int i = 0; i < count; i++) {
      claims.add(shape.withId(new ClaimId(NAMESPACE, "claim-" + claims.size())));
    }
  }

  /** Adds a pod with a claim of its own. */
  void pod(Workload shape, ImmutableClaim claim) {
    claims(1, claim);
    workloads.add(
        ImmutableWorkload.copyOf(shape)
            .withId(new WorkloadId(NAMESPACE, "pod-" + workloads.size()))
            .withClaims(claims.get(claims.size() - 1).id()));
  }

  /** Returns the problem; claims come in random order. */
  AllocationProblem problem() {
    Collections.shuffle(claims, random);
    return problem.claims(claims).workloads(workloads).build();
  }
}
