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
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A request that is likely to come next.
 *
 * @param wanted the request
 * @param worth what a device for it counts: its weight times the least share that it may be given
 */
record ExpectedRequest(DeviceRequest wanted, long worth) {

  /** Returns the requests that count anything, by looking at all devices that nodes see. */
  static ImmutableList<ExpectedRequest> of(ExpectedDemand demand, ClusterIndex cluster) {
    ImmutableList<DeviceRequest> requests =
        demand.weights().keySet().stream()
            .filter(request -> cluster.defect(request).isEmpty())
            .collect(ImmutableList.toImmutableList());
    long[] least = new long[requests.size()];
    Arrays.fill(least, Long.MAX_VALUE);
    for (PoolId id : cluster.pools().ids()) {
      cluster
          .sight(id)
          .devices()
          .forEach((pool, named) -> lower(least, requests, named.values(), id, pool, cluster));
    }
    ImmutableList.Builder<ExpectedRequest> counting = ImmutableList.builder();
    for (int r = 0; r < least.length; r++) {
      if (least[r] > 0 && least[r] < Long.MAX_VALUE) {
        DeviceRequest request = requests.get(r);
        counting.add(new ExpectedRequest(request, demand.weights().get(request) * least[r]));
      }
    }
    return counting.build();
  }

  private static void lower(
      long[] least,
      List<DeviceRequest> requests,
      Collection<Published> devices,
      PoolId id,
      PoolContents pool,
      ClusterIndex cluster) {
    for (Published published : devices) {
      for (int r = 0; r < least.length; r++) {
        Device device = published.device();
        Optional<ImmutableMap<QualifiedName, Quantity>> amounts =
            cluster.amounts(requests.get(r), id.driver(), device);
        if (amounts.isPresent()) {
          least[r] = Math.min(least[r], DeviceMeasures.share(device, pool, amounts.get()));
        }
      }
    }
  }
}
