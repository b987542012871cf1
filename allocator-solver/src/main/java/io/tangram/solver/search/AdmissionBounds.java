package io.tangram.solver.search;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import java.util.OptionalLong;

/**
 * How many claims of each tier can be admitted at most, where that was found out.
 *
 * @param most by tier, the claims of it that there can be beside so many of each higher tier as
 *     {@code beside} says, or more
 * @param beside by tier, the claims of it that plans have for which the bounds of lower tiers hold
 * @param tellingUnits the tiers of which so many claims are so many units: of others, the most
 *     claims can be those of fewer units than need be
 */
record AdmissionBounds(
    ImmutableMap<Integer, Long> most,
    ImmutableMap<Integer, Long> beside,
    ImmutableSet<Integer> tellingUnits) {

  /** Nothing is known. */
  static final AdmissionBounds NONE =
      new AdmissionBounds(ImmutableMap.of(), ImmutableMap.of(), ImmutableSet.of());

  /** The most claims of a tier; a number that none reaches where nothing is known. */
  long most(int tier) {
    return most.getOrDefault(tier, Long.MAX_VALUE);
  }

  /** Whether as many claims of a tier are admitted as bounds of lower tiers are beside. */
  boolean holdBeside(ObjectiveResult result) {
    return result.value() >= beside.getOrDefault(result.tier(), 0L);
  }

  /** Returns what a tier reached with the tighter bound; the bound must hold beside the others. */
  ObjectiveResult on(ObjectiveResult result) {
    int tier = result.tier();
    if (most(tier) >= result.bound().orElse(Long.MAX_VALUE)) {
      return result;
    }
    OptionalLong bound = OptionalLong.of(most(tier));
    return tellingUnits.contains(tier)
        ? ObjectiveResult.of(result.name(), tier, result.value(), bound)
        : new ObjectiveResult(result.name(), tier, result.value(), bound, PlanStatus.FEASIBLE);
  }
}
