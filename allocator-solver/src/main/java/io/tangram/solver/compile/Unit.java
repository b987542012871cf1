package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Workload;
import java.util.Optional;

/**
 * What is admitted as a whole: the pending claims of a workload, or a lone claim.
 *
 * @param order its place in the queue of priority, creation time and input order, from 0
 * @param priority its tier
 * @param claims its pending claims, in order
 * @param workload the workload, unless it is a lone claim
 * @param type what it asks for
 */
public record Unit(
    int order,
    int priority,
    ImmutableList<Claim> claims,
    Optional<Workload> workload,
    UnitType type) {

  /** Its number: hashing all that it stands for, again at every look-up, would be slow. */
  @Override
  public int hashCode() {
    return order;
  }
}
