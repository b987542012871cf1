package io.tangram.benchmarks.scale;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import java.util.Optional;
import java.util.Random;

/** GPUs that claims share: 80 GiB and 100 cores each, in steps of 512 MiB and one core. */
final class SharedGpus {

  private static final QualifiedName MEMORY = QualifiedName.of("", "memory");
  private static final QualifiedName CORES = QualifiedName.of("", "cores");
  private static final Quantity MEMORY_STEP = Quantity.mebibytes(512);
  private static final int GPUS = 8;

  private SharedGpus() {}

  /** The slice of a node with eight of them. */
  static ResourceSlice on(String node) {
    ImmutableList.Builder<Device> devices = ImmutableList.builder();
    for (int gpu = 0; gpu < GPUS; gpu++) {
      devices.add(
          Device.builder()
              .name("gpu-" + gpu)
              .putAttributes(NvidiaDriver.TYPE, new AttributeValue.StringValue("gpu"))
              .putAttributes(
                  QualifiedName.of(NvidiaDriver.NAME, "uuid"),
                  new AttributeValue.StringValue(node + "-" + gpu))
              .putCapacity(MEMORY, capacity(Quantity.gibibytes(80), MEMORY_STEP))
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

  /** A random part of one, up to 24 GiB; in two dimensions also up to 33 cores. */
  static ImmutableClaim part(Random random, int dimensions) {
    ImmutableMap.Builder<QualifiedName, Quantity> wanted = ImmutableMap.builder();
    wanted.put(MEMORY, Quantity.mebibytes(512L * (1 + random.nextInt(48))));
    if (dimensions > 1) {
      wanted.put(CORES, Quantity.of(1 + random.nextInt(33)));
    }
    return ClaimShapes.only(
        DeviceRequest.builder()
            .name("gpu")
            .deviceClass(NvidiaDriver.GPU_CLASS)
            .capacityRequests(wanted.build()));
  }
}
