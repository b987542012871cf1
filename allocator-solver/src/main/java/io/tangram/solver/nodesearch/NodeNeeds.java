package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import io.tangram.solver.compile.ClaimUse;
import io.tangram.solver.compile.UnitType;

/**
 * What a unit takes of its node, where devices add to that (R239).
 *
 * @param amounts what it takes itself of each scarce resource; empty where devices take nothing
 * @param uses how it uses its claims, as {@code [claim]}; empty where devices take nothing
 */
public record NodeNeeds(ImmutableLongArray amounts, ImmutableList<ClaimUse> uses) {

  /** Devices take nothing. */
  public static final NodeNeeds NONE = new NodeNeeds(ImmutableLongArray.of(), ImmutableList.of());

  /** Returns those of a unit. */
  static NodeNeeds of(UnitType type) {
    return type.uses().isEmpty() ? NONE : new NodeNeeds(type.resources(), type.uses());
  }

  /** Whether devices may take something. */
  public boolean areThere() {
    return !uses.isEmpty();
  }

  /** How the claim is used. */
  public ClaimUse use(int claim) {
    return uses.get(claim);
  }
}
