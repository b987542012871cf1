package io.tangram.solver;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.Partitioning;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceSelectors;
import java.util.Map;

/** Clusters of partitionable GPUs with pending claims for MIG profiles. */
public final class MigFleet {

  private MigFleet() {}

  /** Nodes of one machine with every placement published. */
  public static ImmutableAllocationProblem.Builder nodes(String machine, int nodes) {
    return nodes(machine, "node", nodes);
  }

  /** Nodes of one machine, named {@code name-0} and so on, with every placement published. */
  public static ImmutableAllocationProblem.Builder nodes(String machine, String name, int nodes) {
    NodeTemplate template =
        NodeTemplate.builder()
            .machine(HardwareCatalog.standard().machine(machine))
            .partitioning(Partitioning.EVERY_PLACEMENT)
            .build();
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder().deviceClasses(NvidiaDriver.deviceClasses());
    for (int i = 0; i < nodes; i++) {
      PublishedNode node = template.publish(name + "-" + i);
      problem.addNodes(node.node()).addAllSlices(node.slices());
    }
    return problem;
  }

  /** Claims of one partition each, so many for each profile. */
  public static ImmutableList<Claim> claims(Map<String, Integer> byProfile) {
    ImmutableList.Builder<Claim> claims = ImmutableList.builder();
    byProfile.forEach(
        (profile, count) -> {
          for (int i = 0; i < count; i++) {
            claims.add(claim(profile.replace(".", "") + "-" + i, profile));
          }
        });
    return claims.build();
  }

  /** A claim of one partition. */
  public static Claim claim(String name, String profile) {
    return claim(name, profile, 1);
  }

  /** A claim of several partitions of one profile. */
  public static Claim claim(String name, String profile, int partitions) {
    return Claim.builder()
        .id(new ClaimId("default", name))
        .addRequests(
            new Request.Exactly(
                DeviceRequest.builder()
                    .name("gpu")
                    .deviceClass(NvidiaDriver.MIG_CLASS)
                    .mode(AllocationMode.exactly(partitions))
                    .addSelectors(DeviceSelectors.attributeEquals(NvidiaDriver.PROFILE, profile))
                    .build()))
        .build();
  }
}
