package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;

/**
 * A pending claim that several workloads reference.
 *
 * @param claim the claim as a demand of one unit
 * @param users the demands whose units reference it
 */
public record CommonClaim(Demand claim, ImmutableList<Demand> users) {

  /** Whether a unit of the tier references it. */
  boolean isUsedIn(int tier) {
    return users.stream().anyMatch(user -> user.priority() == tier);
  }

  /** How many tiers its users are in. */
  long tiers() {
    return users.stream().map(Demand::priority).distinct().count();
  }
}
