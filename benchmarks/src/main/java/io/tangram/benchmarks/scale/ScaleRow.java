package io.tangram.benchmarks.scale;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.catalog.GpuModel;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.ImmutableMachineModel;
import io.tangram.api.catalog.MachineModel;
import io.tangram.api.catalog.NicDriver;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.PciSlot;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;

/** Problems in memory. Each is made from seeds, the same on every machine. */
public enum ScaleRow implements MeasuredRow {
  /** 100 nodes of 8 x H100, 2,848 claims of one partition each. */
  PARTITIONS_100(() -> partitions(100, 2_848, 0), preferenceAndFit(), 4, 4),

  /** 1,000 nodes of 8 x H100, 28,480 claims of one partition each. */
  PARTITIONS_1000(() -> partitions(1_000, 28_480, 0), preferenceAndFit(), 8, 4),

  /** 10,000 GPUs in random half-used states: where growth is measured from. */
  PARTITIONS_1250_USED(() -> partitions(1_250, 31_600, 1), preferenceAndFit(), 8, 4),

  /** 5,000 nodes, the most that Kubernetes supports. */
  PARTITIONS_5000(() -> partitions(5_000, 140_000, 0), preferenceAndFit(), 8, 4),

  /** 100,000 GPUs, each in a random half-used state. */
  PARTITIONS_12500_USED(() -> partitions(12_500, 316_000, 1), preferenceAndFit(), 20, 8),

  /** Claims bound to nodes beside partitions; a third of the GPUs half used. */
  NODE_BOUND_1000(() -> nodeBound(1_000, 20_000), preferenceAndFit(), 3, 4),

  /** The same at five times the size. */
  NODE_BOUND_5000(() -> nodeBound(5_000, 100_000), preferenceAndFit(), 15, 4),

  /** The 20,000 claims one after the other. */
  NODE_BOUND_1000_IN_ORDER(
      () -> nodeBound(1_000, 20_000),
      ImmutableAllocationOptions.copyOf(preferenceAndFit()).withAdmission(Admission.IN_ORDER),
      30,
      4),

  /** The 20,000 claims, with the node objectives. */
  NODE_BOUND_1000_PACKED(
      () -> nodeBound(1_000, 20_000),
      ImmutableAllocationOptions.copyOf(preferenceAndFit())
          .withObjectives(Objective.FRAGMENTATION, Objective.PACKING)
          .withGap(0.01),
      20,
      4),

  /** Four GPU models; claims by memory and compute, prioritized lists, taints. */
  HETEROGENEOUS_500(() -> heterogeneous(125, 10_000), preferenceAndFit(), 10, 4),

  /** 4,000 shared GPUs, claims of 12 sizes. */
  SHARED_500_12_SIZES(() -> shared(500, 30_000, 12, 1), preferenceAndFit(), 10, 4),

  /** 4,000 shared GPUs, claims of 1,000 sizes in two dimensions. */
  SHARED_500_1000_SIZES(() -> shared(500, 30_000, 1_000, 2), preferenceAndFit(), 20, 4),

  /** Pods with CPU and memory beside devices. */
  PODS_1000(() -> pods(1_000, 10_000, 200), preferenceAndFit(), 20, 4);

  private static final QualifiedName ROOT = QualifiedName.of("resource.kubernetes.io", "pcieRoot");
  private static final QualifiedName MEMORY = QualifiedName.of("", "memory");
  private static final QualifiedName CORES = QualifiedName.of("", "cores");

  @SuppressWarnings("ImmutableEnumChecker") // it makes the same each time
  private final Supplier<AllocationProblem> problem;

  @SuppressWarnings("ImmutableEnumChecker") // they are immutable
  private final AllocationOptions options;

  private final int seconds;

  private final int heapGibibytes;

  ScaleRow(
      Supplier<AllocationProblem> problem,
      AllocationOptions options,
      int seconds,
      int heapGibibytes) {
    this.problem = problem;
    this.options = options;
    this.seconds = seconds;
    this.heapGibibytes = heapGibibytes;
  }

  /** Makes the problem. */
  AllocationProblem problem() {
    return problem.get();
  }

  /** What is optimised; the time limit is what the row may take. */
  AllocationOptions options() {
    return ImmutableAllocationOptions.copyOf(options).withTimeLimit(Duration.ofSeconds(seconds));
  }

  /** From the problem to the checked plan. */
  @Override
  public int seconds() {
    return seconds;
  }

  @Override
  public int heapGibibytes() {
    return heapGibibytes;
  }

  @Override
  public List<ScaleRun> run(int times) throws IOException {
    return ScaleProcess.run(this, times);
  }

  private static AllocationOptions preferenceAndFit() {
    return AllocationOptions.builder().addObjectives(Objective.PREFERENCE, Objective.FIT).build();
  }

  private static AllocationProblem partitions(int nodes, int claims, double used) {
    SampleFleet fleet = new SampleFleet(1);
    fleet.partitionable(nodes, "8xH100-80GB").used(used, 0.5).add();
    addPartitionClaims(fleet, claims);
    return fleet.problem();
  }

  private static void addPartitionClaims(SampleFleet fleet, int claims) {
    PartitionQueue.of(claims)
        .forEach(
            (profile, count) ->
                fleet.claims(count, one(NvidiaDriver.MIG_CLASS, profileIs(profile))));
  }

  private static AllocationProblem nodeBound(int nodes, int claims) {
    SampleFleet fleet = new SampleFleet(1);
    fleet.partitionable(nodes, twoOnARoot(), true).used(1.0 / 3, 0.5).add();
    fleet.claims(claims * 6 / 100, pairOnARoot());
    fleet.claims(claims * 3 / 100, gpusOnARoot(2));
    fleet.claims(claims * 2 / 100, gpus(3));
    fleet.claims(claims * 3 / 100, gpus(4));
    fleet.claims(claims / 100, gpus(8));
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

  private static AllocationProblem heterogeneous(int nodesOfEach, int claims) {
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
        shapes.add(
            one(
                NvidiaDriver.MIG_CLASS,
                DeviceSelectors.capacityAtLeast(NvidiaDriver.MEMORY, Quantity.gibibytes(memory)),
                DeviceSelectors.capacityAtLeast(
                    NvidiaDriver.MULTIPROCESSORS, Quantity.of(multiprocessors))));
      }
    }
    shapes.add(list());
    shapes.add(list());
    shapes.add(gpus(2));
    for (int i = 0; i < claims; i++) {
      fleet.claims(1, shapes.get(random.nextInt(shapes.size())));
    }
    return fleet.problem();
  }

  private static AllocationProblem shared(int nodes, int claims, int sizes, int dimensions) {
    SampleFleet fleet = new SampleFleet(1);
    fleet.nodes(nodes, ScaleRow::sharedGpus);
    Random random = new Random(3);
    List<ImmutableClaim> shapes = new ArrayList<>();
    for (int i = 0; i < sizes; i++) {
      ImmutableMap.Builder<QualifiedName, Quantity> wanted = ImmutableMap.builder();
      wanted.put(MEMORY, Quantity.mebibytes(512L * (1 + random.nextInt(48))));
      if (dimensions > 1) {
        wanted.put(CORES, Quantity.of(1 + random.nextInt(33)));
      }
      shapes.add(
          claim(
              new Request.Exactly(
                  DeviceRequest.builder()
                      .name("gpu")
                      .deviceClass(NvidiaDriver.GPU_CLASS)
                      .capacityRequests(wanted.build())
                      .build())));
    }
    for (int i = 0; i < claims; i++) {
      fleet.claims(1, shapes.get(random.nextInt(shapes.size())));
    }
    return fleet.problem();
  }

  private static ResourceSlice sharedGpus(String node) {
    ImmutableList.Builder<Device> devices = ImmutableList.builder();
    for (int gpu = 0; gpu < 8; gpu++) {
      devices.add(
          Device.builder()
              .name("gpu-" + gpu)
              .putAttributes(NvidiaDriver.TYPE, new AttributeValue.StringValue("gpu"))
              .putAttributes(
                  QualifiedName.of(NvidiaDriver.NAME, "uuid"),
                  new AttributeValue.StringValue(node + "-" + gpu))
              .putCapacity(MEMORY, capacity(Quantity.gibibytes(80), Quantity.mebibytes(512)))
              .putCapacity(CORES, capacity(Quantity.of(100), Quantity.of(1)))
              .allowMultipleAllocations(true)
              .build());
    }
    return ResourceSlice.builder()
        .name(node + "-gpus")
        .pool(new PoolId(NvidiaDriver.NAME, node))
        .nodes(NodeSelection.node(node))
        .resourceSliceCount(1)
        .devices(devices.build())
        .build();
  }

  private static DeviceCapacity capacity(Quantity value, Quantity step) {
    return new DeviceCapacity(
        value,
        Optional.of(
            new CapacityPolicy.ValidRange(
                Optional.of(step), step, Optional.of(value), Optional.of(step))));
  }

  private static AllocationProblem pods(int nodes, int pods, int shapes) {
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
              ? gpus(1 + random.nextInt(4))
              : one(
                  NvidiaDriver.MIG_CLASS,
                  profileIs(PartitionQueue.PROFILES.get(random.nextInt(6)))));
    }
    for (int i = 0; i < pods; i++) {
      int shape = random.nextInt(shapes);
      fleet.pod(workloads.get(shape), claims.get(shape));
    }
    return fleet.problem();
  }

  private static DeviceSelector profileIs(String profile) {
    return DeviceSelectors.attributeEquals(NvidiaDriver.PROFILE, profile);
  }

  private static ImmutableClaim one(String deviceClass, DeviceSelector... selectors) {
    return claim(new Request.Exactly(DeviceRequest.of("gpu", deviceClass, selectors)));
  }

  private static ImmutableClaim claim(Request... requests) {
    return ImmutableClaim.builder().id(new ClaimId("ml", "shape")).addRequests(requests).build();
  }

  private static ImmutableClaim gpus(int count) {
    return claim(new Request.Exactly(wanted("gpu", NvidiaDriver.GPU_CLASS, count)));
  }

  private static ImmutableClaim gpusOnARoot(int count) {
    return gpus(count).withConstraints(onARoot());
  }

  private static ImmutableClaim pairOnARoot() {
    return claim(
            new Request.Exactly(wanted("gpu", NvidiaDriver.GPU_CLASS, 1)),
            new Request.Exactly(wanted("nic", NicDriver.RDMA_CLASS, 1)))
        .withConstraints(onARoot());
  }

  private static DeviceConstraint onARoot() {
    return new DeviceConstraint.MatchAttribute(ImmutableList.of(), ROOT);
  }

  /** Two of 40 GB, else one of 80 GB, else the smallest. */
  private static ImmutableClaim list() {
    return claim(
        new Request.FirstAvailable(
            "gpu",
            ImmutableList.of(
                partition("two", 2, 39, 42),
                partition("one", 1, 70, 80),
                partition("any", 1, 4, 14))));
  }

  private static DeviceRequest partition(
      String name, int count, long memory, long multiprocessors) {
    return DeviceRequest.builder()
        .name(name)
        .deviceClass(NvidiaDriver.MIG_CLASS)
        .mode(AllocationMode.exactly(count))
        .addSelectors(
            DeviceSelectors.capacityAtLeast(NvidiaDriver.MEMORY, Quantity.gibibytes(memory)),
            DeviceSelectors.capacityAtLeast(
                NvidiaDriver.MULTIPROCESSORS, Quantity.of(multiprocessors)))
        .addTolerations(Toleration.exists("team"))
        .build();
  }

  private static DeviceRequest wanted(String name, String deviceClass, int count) {
    return DeviceRequest.builder()
        .name(name)
        .deviceClass(deviceClass)
        .mode(AllocationMode.exactly(count))
        .build();
  }
}
