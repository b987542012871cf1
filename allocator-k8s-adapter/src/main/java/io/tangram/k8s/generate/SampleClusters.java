package io.tangram.k8s.generate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMultiset;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.Partitioning;
import java.util.List;
import java.util.Locale;

/** Clusters that examples, tests and benchmarks share. */
public final class SampleClusters {

  private static final HardwareCatalog HARDWARE = HardwareCatalog.standard();

  /** The six plain profiles of an H100, from small to large. */
  private static final ImmutableList<String> H100_PROFILES =
      ImmutableList.of("1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb");

  private static final ImmutableList<String> MODELS_OF_EVERY_SIZE =
      ImmutableList.of("8xA100-40GB", "8xA100-80GB", "8xH100-80GB", "8xH200-141GB");

  private SampleClusters() {}

  /**
   * Nodes of 8 x H100 80GB with all placements published, 208 devices each, and claims of single
   * partitions.
   *
   * @param nodes how many nodes
   * @param claims how many claims of 1g.10gb, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb and 7g.80gb
   * @throws IllegalArgumentException unless there are six numbers
   */
  public static SampleCluster partitions(int nodes, int... claims) {
    if (claims.length != H100_PROFILES.size()) {
      throw new IllegalArgumentException(
          "There are "
              + claims.length
              + " numbers of claims; give one for each of "
              + H100_PROFILES
              + ".");
    }
    ImmutableMultiset.Builder<ClaimShape> pending = ImmutableMultiset.builder();
    for (int i = 0; i < claims.length; i++) {
      pending.addCopies(ClaimShape.profile(H100_PROFILES.get(i)), claims[i]);
    }
    return SampleCluster.builder()
        .addNodes(NodeGroup.of(partitionable("8xH100-80GB"), "h100", nodes))
        .pending(pending.build())
        .build();
  }

  /** A small cluster: 4 nodes, 94 claims that are too much for it. */
  public static SampleCluster smallPartitions() {
    return partitions(4, 22, 16, 16, 18, 13, 9);
  }

  /** 10 nodes and 303 claims, of which 295 fit. */
  public static SampleCluster tenNodes() {
    return partitions(10, 104, 65, 53, 43, 28, 10);
  }

  /** 100 nodes and 2,848 claims, of which 2,767 fit. */
  public static SampleCluster hundredNodes() {
    return partitions(100, 863, 573, 570, 420, 291, 131);
  }

  /** The same 100 nodes and claims; every third GPU is half used already. */
  public static SampleCluster hundredNodesHalfUsed(long seed) {
    return SampleCluster.builder()
        .from(hundredNodes())
        .held(HeldFill.HALF_OF_EVERY_THIRD_GPU)
        .seed(seed)
        .build();
  }

  /**
   * Nodes of 8 GPUs and 8 NICs on 4 PCIe roots, and claims that care where devices sit.
   *
   * @param nodes how many nodes
   * @param pairs claims of a GPU and a NIC on one root
   * @param twos claims of two GPUs on one root
   * @param fours claims of four GPUs
   * @param eights claims of eight GPUs
   */
  public static SampleCluster gpusAndNics(int nodes, int pairs, int twos, int fours, int eights) {
    NodeTemplate template =
        NodeTemplate.builder().machine(HARDWARE.machine("8xA100-80GB")).withNics(true).build();
    return SampleCluster.builder()
        .addNodes(NodeGroup.of(template, "dgx", nodes))
        .pending(
            ImmutableMultiset.<ClaimShape>builder()
                .addCopies(ClaimShape.gpuAndNicOnOneRoot(), pairs)
                .addCopies(ClaimShape.gpusOnOneRoot(2), twos)
                .addCopies(ClaimShape.gpus(4), fours)
                .addCopies(ClaimShape.gpus(8), eights)
                .build())
        .build();
  }

  /**
   * Nodes of four GPU models with all placements published, claims by memory and multiprocessors
   * instead of profile, and prioritized lists.
   *
   * @param nodesOfEach how many nodes of each model
   * @param byCapability how many claims by capability, spread evenly over the twelve pairs of 4, 9,
   *     19 and 35 GiB with 14, 28 and 42 multiprocessors
   * @param lists how many prioritized lists: two 3g, else one 7g, else one 1g
   */
  public static SampleCluster capabilities(int nodesOfEach, int byCapability, int lists) {
    ImmutableMultiset.Builder<ClaimShape> pending = ImmutableMultiset.builder();
    pending.addAll(byCapability(byCapability));
    pending.addCopies(ClaimShape.twoThirdsElseSevenElseOne(), lists);
    ImmutableSampleCluster.Builder cluster = SampleCluster.builder().pending(pending.build());
    for (String machine : MODELS_OF_EVERY_SIZE) {
      String prefix = machine.substring("8x".length()).toLowerCase(Locale.ROOT);
      cluster.addNodes(NodeGroup.of(partitionable(machine), prefix, nodesOfEach));
    }
    return cluster.build();
  }

  /**
   * Returns claims by memory and multiprocessors, spread evenly over the twelve pairs of 4, 9, 19
   * and 35 GiB with 14, 28 and 42 multiprocessors.
   */
  public static ImmutableMultiset<ClaimShape> byCapability(int count) {
    List<ClaimShape> shapes = capabilityShapes();
    ImmutableMultiset.Builder<ClaimShape> claims = ImmutableMultiset.builder();
    for (int i = 0; i < shapes.size(); i++) {
      claims.addCopies(shapes.get(i), count / shapes.size() + (i < count % shapes.size() ? 1 : 0));
    }
    return claims.build();
  }

  private static ImmutableList<ClaimShape> capabilityShapes() {
    ImmutableList.Builder<ClaimShape> shapes = ImmutableList.builder();
    for (String memory : List.of("4Gi", "9Gi", "19Gi", "35Gi")) {
      for (int multiprocessors : new int[] {14, 28, 42}) {
        shapes.add(ClaimShape.capability(memory, multiprocessors));
      }
    }
    return shapes.build();
  }

  private static NodeTemplate partitionable(String machine) {
    return NodeTemplate.builder()
        .machine(HARDWARE.machine(machine))
        .partitioning(Partitioning.EVERY_PLACEMENT)
        .build();
  }
}
