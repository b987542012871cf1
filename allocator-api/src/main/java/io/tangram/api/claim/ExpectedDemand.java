package io.tangram.api.claim;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is likely to be asked for next, as requests for one device each with their weights. Plans
 * that leave a supply for it are better under {@link io.tangram.api.plan.Objective#FRAGMENTATION}.
 *
 * @param weights how often each request is expected, as compared to the others; requests that
 *     differ only in name are one, the mode and administrative access don't count
 */
public record ExpectedDemand(ImmutableMap<DeviceRequest, Integer> weights) {

  /** The greatest weight: objectives stay exact whatever the size of the cluster. */
  public static final int MAX_WEIGHT = 1_000_000;

  /**
   * Checks the weights and takes names off the requests.
   *
   * @throws IllegalArgumentException if a weight is not in [1, {@link #MAX_WEIGHT}], also that of
   *     requests that differ only in name together
   */
  public ExpectedDemand {
    Map<DeviceRequest, Integer> sums = new LinkedHashMap<>();
    for (Map.Entry<DeviceRequest, Integer> each : weights.entrySet()) {
      DeviceRequest request = nameless(each.getKey());
      long sum = sums.getOrDefault(request, 0) + (long) each.getValue();
      if (each.getValue() < 1 || sum > MAX_WEIGHT) {
        throw new IllegalArgumentException(
            "A request for class "
                + request.deviceClass()
                + " is expected with weight "
                + (each.getValue() < 1 ? each.getValue() : sum)
                + "; 1 to "
                + MAX_WEIGHT
                + " are allowed. Only proportions count.");
      }
      sums.put(request, (int) sum);
    }
    weights = ImmutableMap.copyOf(sums);
  }

  private static DeviceRequest nameless(DeviceRequest request) {
    return ImmutableDeviceRequest.builder()
        .name("")
        .deviceClass(request.deviceClass())
        .selectors(request.selectors())
        .tolerations(request.tolerations())
        .capacityRequests(request.capacityRequests())
        .derivedAttributes(request.derivedAttributes())
        .build();
  }

  /**
   * Returns the demand of claims like these: every leaf request other than for administration, as
   * often as it comes, times the devices it asks for; in mode All that is one. Beyond {@link
   * #MAX_WEIGHT} it is not counted on.
   */
  public static ExpectedDemand of(Iterable<Claim> sample) {
    Map<DeviceRequest, Integer> counts = new LinkedHashMap<>();
    for (Claim claim : sample) {
      for (Request request : claim.requests()) {
        for (DeviceRequest leaf : request.alternatives()) {
          if (!leaf.adminAccess()) {
            counts.merge(
                nameless(leaf), countOf(leaf), (sum, count) -> Math.min(sum + count, MAX_WEIGHT));
          }
        }
      }
    }
    return new ExpectedDemand(ImmutableMap.copyOf(counts));
  }

  private static int countOf(DeviceRequest leaf) {
    return leaf.mode() instanceof AllocationMode.ExactCount exact
        ? (int) Math.min(exact.count(), MAX_WEIGHT)
        : 1;
  }

  /** Returns the same requests, equally weighted. */
  public ExpectedDemand equallyWeighted() {
    return new ExpectedDemand(ImmutableMap.copyOf(Maps.transformValues(weights, weight -> 1)));
  }
}
