package io.tangram.solver.diagnose;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.Unit;

/**
 * Why a unit stays out.
 *
 * @param ofUnit why the unit as a whole
 * @param ofClaims why each of its pending claims, common ones included
 */
public record Reasons(Reason ofUnit, ImmutableMap<ClaimId, Reason> ofClaims) {

  /** Returns one reason for all. */
  public static Reasons same(Unit unit, Reason reason) {
    ImmutableMap.Builder<ClaimId, Reason> ofClaims = ImmutableMap.builder();
    for (Claim claim : unit.allClaims()) {
      ofClaims.put(claim.id(), reason);
    }
    return new Reasons(reason, ofClaims.buildOrThrow());
  }
}
