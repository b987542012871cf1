package io.tangram.k8s.generate;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/**
 * GPUs that NVIDIA's driver has found a fault with: it taints all their devices (R244). Each GPU is
 * one with the same probability.
 */
final class UnhealthyGpus {

  /** Tells what is drawn here from what else is drawn for a node. */
  private static final int DRAWS = 2;

  /** A double-bit memory error, a GPU off the bus, an uncontained memory error. */
  private static final ImmutableList<String> FATAL_XIDS = ImmutableList.of("48", "79", "95");

  private final double part;
  private final long seed;
  private final Optional<Instant> since;

  UnhealthyGpus(double part, long seed, Instant since) {
    this.part = part;
    this.seed = seed;
    this.since = Optional.of(since);
  }

  /** Returns the taints of the unhealthy GPUs of a node, by the GPU's number. */
  ImmutableMap<Integer, Taint> of(String node, int gpus) {
    Random random = SeededRandom.of(seed, DRAWS, node);
    ImmutableMap.Builder<Integer, Taint> taints = ImmutableMap.builder();
    for (int gpu = 0; gpu < gpus; gpu++) {
      boolean unhealthy = random.nextDouble() < part;
      Taint taint = taint(random);
      if (unhealthy) {
        taints.put(gpu, taint);
      }
    }
    return taints.buildOrThrow();
  }

  private Taint taint(Random random) {
    int fault = random.nextInt(FATAL_XIDS.size() + 1);
    return fault < FATAL_XIDS.size()
        ? new Taint("gpu.nvidia.com/xid", FATAL_XIDS.get(fault), Taint.Effect.NO_SCHEDULE, since)
        : new Taint("gpu.nvidia.com/gpu-lost", "", Taint.Effect.NO_SCHEDULE, since);
  }

  /** Returns the slice with the taints on the devices of these GPUs. */
  static ResourceSlice tainted(ResourceSlice slice, ImmutableMap<Integer, Taint> taints) {
    if (taints.isEmpty() || !slice.pool().driver().equals(NvidiaDriver.NAME)) {
      return slice;
    }
    ImmutableList.Builder<Device> devices = ImmutableList.builder();
    for (Device device : slice.devices()) {
      Device published = device;
      for (var unhealthy : taints.entrySet()) {
        String gpu = NvidiaDriver.gpuName(unhealthy.getKey());
        if (device.name().equals(gpu) || device.name().startsWith(gpu + "-")) {
          published = ImmutableDevice.copyOf(device).withTaints(unhealthy.getValue());
        }
      }
      devices.add(published);
    }
    return ImmutableResourceSlice.copyOf(slice).withDevices(devices.build());
  }
}
