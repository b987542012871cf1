package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.plan.Admitted;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What first-fit finds, for parts too hard to be proven in time: the optimal allocator never
 * returns less.
 */
final class GreedyStart {

  private final AllocationOptions options;
  private final PlacementRanking ranking;
  private final List<Placement> placements;

  /**
   * Starts from what first-fit gave.
   *
   * @param placements what it gave to the whole problem
   */
  GreedyStart(AllocationOptions options, PlacementRanking ranking, List<Placement> placements) {
    this.options = options;
    this.ranking = ranking;
    this.placements = placements;
  }

  /** How placements compare. */
  PlacementRanking ranking() {
    return ranking;
  }

  /** What first-fit gives to some units. */
  List<Placement> of(Set<Unit> units) {
    return placements.stream().filter(placement -> units.contains(placement.unit())).toList();
  }

  /**
   * Returns what a search found for a part, or what was known before if that is better.
   *
   * @param found what the search found
   * @param greedy what was known before
   */
  PartSolution orBetter(PartSolution found, List<Placement> greedy) {
    return ranking.compare(greedy, found.placements()) <= 0 ? found : bounded(greedy, found);
  }

  /**
   * Returns placements with what is known from a search of the same part.
   *
   * @param placed the placements
   * @param found what the search found, whose bounds hold for every plan
   */
  PartSolution bounded(List<Placement> placed, PartSolution found) {
    List<ObjectiveResult> reached = ranking.values().unproven(placed);
    ImmutableMap<Integer, Admitted> admitted = PlacementValues.admitted(placed);
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    boolean equal = options.admission() != Admission.IN_ORDER;
    for (ObjectiveResult result : found.objectives()) {
      // Later bounds hold beside what the search reached before.
      long value = valueOf(result, reached);
      results.add(withValue(result, value, equal ? result.bound() : OptionalLong.empty()));
      equal &= found.isEqualled(result, value, admitted);
    }
    return new PartSolution(ImmutableList.copyOf(placed), results.build(), admitted);
  }

  private static long valueOf(ObjectiveResult result, List<ObjectiveResult> reached) {
    return reached.stream()
        .filter(each -> each.name().equals(result.name()) && each.tier() == result.tier())
        .mapToLong(ObjectiveResult::value)
        .findFirst()
        .orElse(0);
  }

  private static ObjectiveResult withValue(ObjectiveResult result, long value, OptionalLong bound) {
    return ObjectiveResult.of(result.name(), result.tier(), value, bound);
  }
}
