package io.tangram.solver.compile;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Workload;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is placed as a whole: a workload with its pending claims, or a lone claim. A pending claim
 * that several workloads reference, a <em>common</em> claim, is a unit too, but one that is never
 * in the queue: it is placed where one of these workloads is, and only then.
 *
 * @param order its place in the queue of priority, creation time and input order, from 0; of a
 *     common claim its number behind them
 * @param priority its tier; of a common claim the highest of its workloads'
 * @param claims its pending claims, in order, without common ones
 * @param common the common claims it references, in order
 * @param workload the workload, unless it is a claim
 * @param gang the group it is a member of, if that binds it
 * @param type what it asks for
 */
public record Unit(
    int order,
    int priority,
    ImmutableList<Claim> claims,
    ImmutableList<Unit> common,
    Optional<Workload> workload,
    Optional<Gang> gang,
    UnitType type) {

  /** The pending claims it needs, common ones last. */
  public ImmutableList<Claim> allClaims() {
    return common.isEmpty()
        ? claims
        : Stream.concat(claims.stream(), common.stream().flatMap(each -> each.claims().stream()))
            .collect(ImmutableList.toImmutableList());
  }

  /** Each is made once. To compare all that two stand for, at every look-up, would be slow. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return order;
  }
}
