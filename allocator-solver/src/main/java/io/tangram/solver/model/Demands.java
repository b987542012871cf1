package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.Multimaps;
import io.tangram.solver.compile.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a part of the problem is to admit.
 *
 * @param units workloads and lone claims
 * @param common the claims that several of these workloads reference
 */
public record Demands(ImmutableList<Demand> units, ImmutableList<CommonClaim> common) {

  /**
   * Sorts units, and the common claims of which several of them may need one, into demands.
   *
   * @param units the units; common claims among them are taken from those that reference them
   */
  public static Demands of(Collection<Unit> units) {
    ListMultimap<List<Object>, Unit> sorted =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    units.stream()
        .filter(unit -> !unit.type().isCommon())
        .sorted(Comparator.comparingInt(Unit::order))
        .forEach(unit -> sorted.put(List.of(unit.type(), unit.priority()), unit));
    List<Demand> demands = new ArrayList<>();
    ListMultimap<Unit, Demand> users = MultimapBuilder.linkedHashKeys().arrayListValues().build();
    Multimaps.asMap(sorted)
        .values()
        .forEach(
            alike -> {
              Unit first = alike.get(0);
              Demand demand =
                  new Demand(
                      demands.size(), first.type(), first.priority(), ImmutableList.copyOf(alike));
              demands.add(demand);
              first.common().forEach(common -> users.put(common, demand));
            });
    ImmutableList.Builder<CommonClaim> claims = ImmutableList.builder();
    int index = demands.size();
    for (Unit unit : users.keySet()) {
      Demand claim = new Demand(index++, unit.type(), unit.priority(), ImmutableList.of(unit));
      claims.add(new CommonClaim(claim, ImmutableList.copyOf(users.get(unit))));
    }
    return new Demands(ImmutableList.copyOf(demands), claims.build());
  }

  /** Whether some of the units are placed together with others or not at all. */
  public boolean haveGangs() {
    return units.stream().anyMatch(demand -> demand.type().gang().isPresent());
  }

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

  /** All demands in the order of their numbers: those of common claims last. */
  public ImmutableList<Demand> all() {
    return Stream.concat(units.stream(), common.stream().map(CommonClaim::claim))
        .collect(ImmutableList.toImmutableList());
  }

  /** All units, common claims included. */
  public Stream<Unit> allUnits() {
    return all().stream().flatMap(demand -> demand.units().stream());
  }
}
