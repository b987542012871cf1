package io.tangram.solver.diagnose;

import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.api.plan.Reason;

/**
 * A reason that holds for all claims of one shape, before the names of a claim's requests are put
 * in.
 */
@FunctionalInterface
interface Cause {

  /** Returns the reason for one of the claims. */
  Reason in(Claim claim);

  /**
   * Returns the name of an alternative, as results carry it.
   *
   * @param request the place of the request in the claim
   * @param alternative the place of the alternative in the request
   */
  static String name(Claim claim, int request, int alternative) {
    Request named = claim.requests().get(request);
    return named.resultName(named.alternatives().get(alternative));
  }
}
