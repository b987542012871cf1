package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ExpectedDemand;
import java.util.Map;
import java.util.Set;

/**
 * A request for one device that is expected next.
 *
 * @param leaf the request; its number counts expected requests
 * @param weight how often it is expected, as compared to the others
 */
public record ExpectedLeaf(Leaf leaf, long weight) {

  /** Sorts out requests whose class is missing. */
  static ImmutableList<ExpectedLeaf> of(
      ExpectedDemand expected, Set<String> classes, Matching matching) {
    ImmutableList.Builder<ExpectedLeaf> leaves = ImmutableList.builder();
    int index = 0;
    for (Map.Entry<DeviceRequest, Integer> each : expected.weights().entrySet()) {
      DeviceRequest request = each.getKey();
      if (classes.contains(request.deviceClass())) {
        Leaf leaf = new Leaf(index++, request, matching.filter(request));
        leaves.add(new ExpectedLeaf(leaf, each.getValue()));
      }
    }
    return leaves.build();
  }
}
