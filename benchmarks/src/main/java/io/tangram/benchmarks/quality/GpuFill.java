package io.tangram.benchmarks.quality;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.catalog.GpuModel;
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
import io.tangram.k8s.generate.WorkloadMix;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Empty GPUs, each on a node of its own, and a queue for their partitions.
 *
 * @param model what the GPUs are
 * @param gpus how many there are
 * @param requests the profiles asked for, in order of arrival
 */
record GpuFill(GpuModel model, int gpus, ImmutableList<MigProfile> requests) {

  /** Draws requests from a mix until their memory slices are all that the GPUs have, or more. */
  static GpuFill drawn(GpuModel model, int gpus, WorkloadMix mix, long seed) {
    ImmutableList<MigProfile> profiles = WorkloadMix.profiles(model);
    Random random = new Random(seed);
    ImmutableList.Builder<MigProfile> requests = ImmutableList.builder();
    for (int slices = 0; slices < gpus * model.memorySlices().orElseThrow(); ) {
      MigProfile profile = mix.draw(profiles, random);
      requests.add(profile);
      slices += profile.memorySlices().orElseThrow();
    }
    return new GpuFill(model, gpus, requests.build());
  }

  /** Returns it as a problem; the name of a claim is the index of its request. */
  AllocationProblem problem() {
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
    for (int gpu = 0; gpu < gpus; gpu++) {
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
