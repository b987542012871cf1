package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import java.util.List;

/**
 * A claim and the devices chosen for it.
 *
 * @param claim the claim
 * @param node the node's name
 * @param devices the devices, in request order
 */
record PlannedClaim(Claim claim, String node, ImmutableList<ChosenDevice> devices) {

  /** Returns the sum of the scores of the chosen alternatives (R80). */
  long preference() {
    return claim.requests().stream().mapToLong(this::score).sum();
  }

  private long score(Request request) {
    if (!(request instanceof Request.FirstAvailable list)) {
      return 0;
    }
    List<ChosenDevice> given =
        devices.stream().filter(each -> each.request().equals(request)).toList();
    return Request.FirstAvailable.score(list.alternatives().indexOf(given.get(0).alternative()));
  }
}
