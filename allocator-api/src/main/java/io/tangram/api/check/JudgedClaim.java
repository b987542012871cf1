package io.tangram.api.check;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;

/**
 * An allocation that is to be made, judged for what it is by itself, beside nothing else that is in
 * use.
 *
 * @param claim the claim
 * @param allocation what it is to be given
 * @param violations what is wrong with that, in the order found
 * @param given the devices that can be used on the node, in result order
 */
record JudgedClaim(
    Claim claim,
    Allocation allocation,
    ImmutableList<Violation> violations,
    ImmutableList<GivenDevice> given) {

  /** Judges an allocation; many may be judged at a time. */
  static JudgedClaim of(ClusterIndex cluster, Claim claim, Allocation allocation) {
    Findings findings = Findings.onPlanned(claim.id());
    ImmutableList<GivenDevice> given =
        new PlannedClaimCheck(cluster, claim, allocation, findings).run();
    return new JudgedClaim(claim, allocation, findings.all(), given);
  }
}
