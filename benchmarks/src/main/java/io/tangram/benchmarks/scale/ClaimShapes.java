package io.tangram.benchmarks.scale;

import com.google.common.collect.ImmutableList;
import io.tangram.api.catalog.NicDriver;
import io.tangram.api.catalog.NvidiaDriver;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;

/** What claims ask for. {@link SampleFleet} makes claims of it that have names of their own. */
final class ClaimShapes {

  private static final QualifiedName ROOT = QualifiedName.of("resource.kubernetes.io", "pcieRoot");

  private ClaimShapes() {}

  /** One partition of a MIG profile. */
  static ImmutableClaim partition(String profile) {
    return only(
        request("gpu", NvidiaDriver.MIG_CLASS, 1)
            .addSelectors(DeviceSelectors.attributeEquals(NvidiaDriver.PROFILE, profile)));
  }

  /** One partition with so many GiB and multiprocessors at least. */
  static ImmutableClaim partition(long memory, long multiprocessors) {
    return only(
        request("gpu", NvidiaDriver.MIG_CLASS, 1).addSelectors(atLeast(memory, multiprocessors)));
  }

  /** Two partitions of 40 GB, else one of 80 GB, else the smallest; on tainted devices too. */
  static ImmutableClaim partitionsByPreference() {
    return claim(
        new Request.FirstAvailable(
            "gpu",
            ImmutableList.of(
                tolerating("two", 2, 39, 42),
                tolerating("one", 1, 70, 80),
                tolerating("any", 1, 4, 14))));
  }

  /** Whole GPUs of one node. */
  static ImmutableClaim gpus(int count) {
    return only(request("gpu", NvidiaDriver.GPU_CLASS, count));
  }

  /** Whole GPUs of one PCIe root. */
  static ImmutableClaim gpusOnARoot(int count) {
    return gpus(count).withConstraints(onARoot());
  }

  /** A GPU and a NIC of one PCIe root. */
  static ImmutableClaim gpuAndNicOnARoot() {
    return claim(
            new Request.Exactly(request("gpu", NvidiaDriver.GPU_CLASS, 1).build()),
            new Request.Exactly(request("nic", NicDriver.RDMA_CLASS, 1).build()))
        .withConstraints(onARoot());
  }

  /** Only one request, met exactly. */
  static ImmutableClaim only(ImmutableDeviceRequest.Builder request) {
    return claim(new Request.Exactly(request.build()));
  }

  private static ImmutableClaim claim(Request... requests) {
    return ImmutableClaim.builder().id(new ClaimId("ml", "shape")).addRequests(requests).build();
  }

  private static ImmutableDeviceRequest.Builder request(
      String name, String deviceClass, int count) {
    return DeviceRequest.builder()
        .name(name)
        .deviceClass(deviceClass)
        .mode(AllocationMode.exactly(count));
  }

  private static DeviceRequest tolerating(
      String name, int count, long memory, long multiprocessors) {
    return request(name, NvidiaDriver.MIG_CLASS, count)
        .addSelectors(atLeast(memory, multiprocessors))
        .addTolerations(Toleration.exists("team"))
        .build();
  }

  private static DeviceSelector[] atLeast(long memory, long multiprocessors) {
    return new DeviceSelector[] {
      DeviceSelectors.capacityAtLeast(NvidiaDriver.MEMORY, Quantity.gibibytes(memory)),
      DeviceSelectors.capacityAtLeast(NvidiaDriver.MULTIPROCESSORS, Quantity.of(multiprocessors))
    };
  }

  private static DeviceConstraint onARoot() {
    return new DeviceConstraint.MatchAttribute(ImmutableList.of(), ROOT);
  }
}
