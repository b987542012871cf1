package io.tangram.solver.diagnose;

import com.google.common.collect.ImmutableList;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.Unit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What stands in the way of units of one type.
 *
 * @param causes the causes for each of its claims, common ones included; empty where there are none
 * @param placement why a unit as a whole has no node, whatever its claims; absent if it has
 */
record Findings(
    ImmutableList<ImmutableList<Cause>> causes, Optional<Function<Unit, Reason>> placement) {

  /** Nothing is in the way. */
  static final Findings NONE = new Findings(ImmutableList.of(), Optional.empty());

  static Findings ofPlacement(Function<Unit, Reason> reason) {
    return new Findings(ImmutableList.of(), Optional.of(reason));
  }

  static Findings ofClaims(List<ImmutableList<Cause>> causes) {
    return new Findings(ImmutableList.copyOf(causes), Optional.empty());
  }

  boolean isNone() {
    return causes.isEmpty() && placement.isEmpty();
  }

  /** Something is in the way, but none of what was looked at. */
  boolean isUnclear() {
    return !isNone() && placement.isEmpty() && causes.stream().allMatch(List::isEmpty);
  }

  /** Returns the same of an empty cluster, said of those that could change with what is in use. */
  Findings lasting() {
    return new Findings(
        causes.stream()
            .map(
                each ->
                    each.stream()
                        .<Cause>map(cause -> claim -> lasting(cause.in(claim)))
                        .collect(ImmutableList.toImmutableList()))
            .collect(ImmutableList.toImmutableList()),
        placement.map(reason -> unit -> lasting(reason.apply(unit))));
  }

  private static Reason lasting(Reason reason) {
    boolean dependsOnUse =
        reason instanceof Reason.InsufficientDevices
            || reason instanceof Reason.CountersExhausted
            || reason instanceof Reason.GroupsApart
            || reason instanceof Reason.CapacityExhausted
            || reason instanceof Reason.AllModeBlocked
            || reason instanceof Reason.ConstraintUnsatisfied
            || reason instanceof Reason.Competing
            || reason instanceof Reason.NodeResources;
    return dependsOnUse ? new Reason.Lasting(reason) : reason;
  }
}
