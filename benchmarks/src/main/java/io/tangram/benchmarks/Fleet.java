package io.tangram.benchmarks;

import io.tangram.api.AllocationProblem;
import io.tangram.k8s.cel.CelExpressions;
import io.tangram.k8s.generate.HeldFill;
import io.tangram.k8s.generate.SampleCluster;
import io.tangram.k8s.generate.SampleClusters;
import io.tangram.k8s.read.ClusterReader;
import io.tangram.k8s.read.InputFile;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The clusters that are measured, each with more claims than fit. */
public enum Fleet {
  /** 10 nodes of 8 x H100 80GB, 303 claims of one MIG partition each. */
  TEN_NODES(SampleClusters.tenNodes(), 295),

  /** The same with a third of the GPUs half used. */
  TEN_NODES_HALF_USED(halfUsed(SampleClusters.tenNodes()), 268),

  /** 100 nodes of 8 x H100 80GB, 2,848 claims of one MIG partition each. */
  HUNDRED_NODES(SampleClusters.hundredNodes(), 2_767),

  /** The same with a third of the GPUs half used. */
  HUNDRED_NODES_HALF_USED(SampleClusters.hundredNodesHalfUsed(1), 2_534),

  /** 20 nodes of four GPU models, 500 claims by capability and 200 prioritized lists. */
  CAPABILITIES(SampleClusters.capabilities(5, 500, 200), 617),

  /** 10 nodes of 8 GPUs and 8 NICs on 4 PCIe roots, 48 claims that care where devices sit. */
  PCIE_ROOTS(SampleClusters.gpusAndNics(10, 30, 10, 6, 2), 46);

  @SuppressWarnings("ImmutableEnumChecker") // it is immutable
  private final SampleCluster cluster;

  private final int most;

  Fleet(SampleCluster cluster, int most) {
    this.cluster = cluster;
    this.most = most;
  }

  private static SampleCluster halfUsed(SampleCluster cluster) {
    return SampleCluster.builder().from(cluster).held(HeldFill.HALF_OF_EVERY_THIRD_GPU).build();
  }

  /** The nodes and claims. */
  SampleCluster cluster() {
    return cluster;
  }

  /** How many of the claims fit. */
  int most() {
    return most;
  }

  /** Returns it as the command reads it. */
  AllocationProblem problem() {
    return problem(cluster);
  }

  /** Returns it with another seed: claims arrive in another order, other partitions are held. */
  AllocationProblem problem(long seed) {
    return problem(SampleCluster.builder().from(cluster).seed(seed).build());
  }

  private static AllocationProblem problem(SampleCluster cluster) {
    String objects = cluster.objects().map(Object::toString).collect(Collectors.joining("\n"));
    InputFile file =
        InputFile.of("objects", new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)));
    return ClusterReader.create(new CelExpressions()).read(List.of(file)).problem();
  }
}
