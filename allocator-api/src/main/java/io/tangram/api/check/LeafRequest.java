package io.tangram.api.check;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;

/**
 * A leaf request in its place in a claim.
 *
 * @param request the request
 * @param requestIndex the request's index in the claim
 * @param wanted the request itself or one of its alternatives
 * @param alternativeIndex the alternative's index in the request, 0 for the best
 */
record LeafRequest(Request request, int requestIndex, DeviceRequest wanted, int alternativeIndex) {

  /** The name that results carry (R79). */
  String resultName() {
    return request.resultName(wanted);
  }

  /** Returns a claim's leaf requests under the names that results carry. */
  static ImmutableMap<String, LeafRequest> byResultName(Claim claim) {
    ImmutableMap.Builder<String, LeafRequest> leaves = ImmutableMap.builder();
    for (int r = 0; r < claim.requests().size(); r++) {
      Request request = claim.requests().get(r);
      for (int a = 0; a < request.alternatives().size(); a++) {
        DeviceRequest wanted = request.alternatives().get(a);
        leaves.put(request.resultName(wanted), new LeafRequest(request, r, wanted, a));
      }
    }
    return leaves.buildKeepingLast();
  }
}
