package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.check.DeviceTable.Published;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.device.Device;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.SelectorReads;
import io.tangram.api.device.Taint;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that are likely to come next: which devices suit them, and what a device for one of them
 * counts. Devices that agree in all that these requests look at are judged once. Not thread-safe.
 */
final class ExpectedRequests {

  private final ClusterIndex cluster;
  private final ImmutableList<DeviceRequest> requests;
  private final ImmutableList<Long> worth;
  private final SelectorReads reads;
  private final Map<Object, ImmutableList<Optional<ImmutableMap<QualifiedName, Quantity>>>> known =
      new HashMap<>();

  /** Looks at all devices that nodes see. Requests that no device could suit are left out. */
  ExpectedRequests(ExpectedDemand demand, ClusterIndex cluster) {
    this.cluster = cluster;
    this.requests =
        demand.weights().keySet().stream()
            .filter(request -> cluster.defect(request).isEmpty())
            .collect(ImmutableList.toImmutableList());
    this.reads =
        requests.stream().map(cluster::reads).reduce(SelectorReads.NOTHING, SelectorReads::plus);
    long[] shares = leastShares();
    ImmutableList.Builder<Long> worths = ImmutableList.builder();
    for (int r = 0; r < shares.length; r++) {
      worths.add(demand.weights().getOrDefault(requests.get(r), 0) * shares[r]);
    }
    this.worth = worths.build();
  }

  private long[] leastShares() {
    long[] least = new long[requests.size()];
    Arrays.fill(least, Long.MAX_VALUE);
    for (PoolId id : cluster.pools().ids()) {
      cluster
          .sight(id)
          .devices()
          .forEach((pool, named) -> lower(least, named.values(), id.driver(), pool));
    }
    return Arrays.stream(least).map(share -> share == Long.MAX_VALUE ? 0 : share).toArray();
  }

  private void lower(
      long[] least, Collection<Published> devices, String driver, PoolContents pool) {
    for (Published published : devices) {
      Device device = published.device();
      long dedicated =
          device.allowMultipleAllocations()
              ? 0
              : DeviceMeasures.share(device, pool, ImmutableMap.of());
      var taken = taken(driver, device);
      for (int r = 0; r < least.length; r++) {
        if (taken.get(r).isPresent()) {
          long share =
              device.allowMultipleAllocations()
                  ? DeviceMeasures.share(device, pool, taken.get(r).get())
                  : dedicated;
          least[r] = Math.min(least[r], share);
        }
      }
    }
  }

  /**
   * What a device for each request counts: its weight times the least share that such a request may
   * be given. A request that counts 0 may have a supply without end.
   */
  ImmutableList<Long> worth() {
    return worth;
  }

  /**
   * Returns what each request takes of the capacities of a device that suits it, in use or not:
   * class and selectors admit it, its capacities are large enough, its taints are tolerated and no
   * barrier keeps it from all claims.
   */
  ImmutableList<Optional<ImmutableMap<QualifiedName, Quantity>>> taken(
      String driver, Device device) {
    Object look =
        List.of(
            SelectorOutcomes.whatIsRead(reads, driver, device),
            device.capacity(),
            device.taints(),
            device.barrier(),
            device.allowMultipleAllocations());
    return known.computeIfAbsent(
        look,
        unknown ->
            requests.stream()
                .map(request -> taken(request, driver, device))
                .collect(ImmutableList.toImmutableList()));
  }

  private Optional<ImmutableMap<QualifiedName, Quantity>> taken(
      DeviceRequest request, String driver, Device device) {
    CapacityDemand demand = CapacityDemand.of(device, request.capacityRequests());
    return device.barrier().isEmpty()
            && isTolerated(device, request)
            && demand.refusal().isEmpty()
            && cluster.refusal(request, driver, device).isEmpty()
        ? Optional.of(demand.amounts())
        : Optional.empty();
  }

  private static boolean isTolerated(Device device, DeviceRequest request) {
    return device.taints().stream()
        .filter(Taint::blocksAllocation)
        .allMatch(taint -> request.tolerations().stream().anyMatch(each -> each.tolerates(taint)));
  }
}
