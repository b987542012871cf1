package io.tangram.solver.diagnose;

import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.RequestNames;

/**
 * A reason that holds for all claims of one shape, before the names of a claim's requests are put
 * in.
 */
@FunctionalInterface
interface Cause {

  /** Returns the reason for one of the claims. */
  Reason in(Claim claim);

  /**
   * Returns what reasons call an alternative.
   *
   * @param request the place of the request in the claim
   * @param alternative the place of the alternative in the request
   */
  static String name(Claim claim, int request, int alternative) {
    Request named = claim.requests().get(request);
    return RequestNames.of(claim, named, named.alternatives().get(alternative));
  }
}
