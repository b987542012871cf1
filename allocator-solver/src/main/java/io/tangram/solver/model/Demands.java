package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.tangram.solver.compile.Unit;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a part of the problem is to admit.
 *
 * @param units workloads and lone claims
 * @param common the claims that several of these workloads reference
 */
public record Demands(ImmutableList<Demand> units, ImmutableList<CommonClaim> common) {

  /** The priorities there are, highest first. */
  public ImmutableSortedSet<Integer> tiers() {
    return units.stream()
        .map(Demand::priority)
        .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.reverseOrder()));
  }

  /** How many claims the tier can count at most. */
  public long mostClaims(int tier) {
    long own =
        units.stream()
            .filter(demand -> demand.priority() == tier)
            .mapToLong(demand -> (long) demand.size() * demand.claims())
            .sum();
    return own + common.stream().filter(each -> each.isUsedIn(tier)).count();
  }

  /** All demands, those of common claims last. */
  public Stream<Demand> all() {
    return Stream.concat(units.stream(), common.stream().map(CommonClaim::claim));
  }

  /** All units, common claims included. */
  public Stream<Unit> allUnits() {
    return all().flatMap(demand -> demand.units().stream());
  }
}
