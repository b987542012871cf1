package io.tangram.benchmarks;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.HardwareCatalog;
import io.tangram.api.catalog.NicDriver;
import io.tangram.api.catalog.NodeTemplate;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.catalog.PublishedNode;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Request;
import io.tangram.api.device.QualifiedName;

/**
 * Claims that no counting describes, so that the direct model has a variable for each claim and
 * device: GPUs and NICs on roots that must all differ, lists of alternatives, and all NICs of a
 * node. Nodes have 8 GPUs and 8 NICs on 4 PCIe roots.
 */
final class OddClaims {

  private static final QualifiedName ROOT = QualifiedName.of("resource.kubernetes.io", "pcieRoot");

  private OddClaims() {}

  /** Returns a cluster of so many nodes, with eight claims for each. */
  static AllocationProblem on(int nodes) {
    NodeTemplate template =
        NodeTemplate.builder()
            .machine(HardwareCatalog.standard().machine("8xA100-80GB"))
            .withNics(true)
            .build();
    ImmutableAllocationProblem.Builder problem =
        AllocationProblem.builder()
            .deviceClasses(NvidiaDriver.deviceClasses())
            .addDeviceClasses(NicDriver.deviceClass());
    for (int i = 0; i < nodes; i++) {
      PublishedNode node = template.publish("node-" + i);
      problem.addNodes(node.node()).addAllSlices(node.slices());
    }
    for (int i = 0; i < 8 * nodes; i++) {
      problem.addClaims(claim(i));
    }
    return problem.build();
  }

  private static Claim claim(int number) {
    return switch (number % 8) {
      case 0 ->
          named("all-nics", number)
              .addRequests(exactly("nic", NicDriver.RDMA_CLASS, AllocationMode.ALL))
              .build();
      case 1, 2, 3 ->
          named("apart", number)
              .addRequests(exactly("gpu", NvidiaDriver.GPU_CLASS, AllocationMode.exactly(2)))
              .addRequests(exactly("nic", NicDriver.RDMA_CLASS, AllocationMode.exactly(1)))
              .addConstraints(new DeviceConstraint.DistinctAttribute(ImmutableList.of(), ROOT))
              .build();
      default ->
          named("list", number)
              .addRequests(
                  new Request.FirstAvailable(
                      "gpu",
                      ImmutableList.of(
                          wanted("three", NvidiaDriver.GPU_CLASS, AllocationMode.exactly(3)),
                          wanted("two", NvidiaDriver.GPU_CLASS, AllocationMode.exactly(2)))))
              .addRequests(exactly("nic", NicDriver.RDMA_CLASS, AllocationMode.exactly(2)))
              .addConstraints(new DeviceConstraint.MatchAttribute(ImmutableList.of("nic"), ROOT))
              .build();
    };
  }

  private static ImmutableClaim.Builder named(String kind, int number) {
    return Claim.builder().id(new ClaimId("ml", kind + "-" + number));
  }

  private static Request exactly(String name, String deviceClass, AllocationMode mode) {
    return new Request.Exactly(wanted(name, deviceClass, mode));
  }

  private static DeviceRequest wanted(String name, String deviceClass, AllocationMode mode) {
    return DeviceRequest.builder().name(name).deviceClass(deviceClass).mode(mode).build();
  }
}
