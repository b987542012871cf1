package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.greedy.FirstFitSearch;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What first-fit finds, for parts too hard to be proven in time: the optimal allocator never
 * returns less.
 */
public final class GreedyStart {

  private final AllocationOptions options;
  private final PlacementValues values;
  private final List<Placement> placements;

  /** Runs first-fit on the whole problem. */
  public GreedyStart(CompiledProblem compiled, AllocationOptions options, SearchBudget budget) {
    this.options = options;
    this.values = new PlacementValues(compiled, options);
    this.placements = new FirstFitSearch(compiled, budget).placements();
  }

  /** What first-fit gives to some units. */
  List<Placement> of(Set<Unit> units) {
    return placements.stream().filter(placement -> units.contains(placement.unit())).toList();
  }

  /**
   * Returns what a search found for a part, or what first-fit gives its units if that is better in
   * admission.
   *
   * @param found what the search found
   * @param greedy what first-fit gives
   */
  PartSolution orBetter(PartSolution found, List<Placement> greedy) {
    List<ObjectiveResult> reached = values.unproven(greedy);
    if (!isBetter(greedy, reached, found)) {
      return found;
    }
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    boolean first = options.admission() != Admission.IN_ORDER;
    for (ObjectiveResult result : found.objectives()) {
      // Later bounds hold beside what the search admitted, not beside this.
      results.add(
          withValue(
              result, valueOf(result, reached), first ? result.bound() : OptionalLong.empty()));
      first = false;
    }
    return new PartSolution(ImmutableList.copyOf(greedy), results.build());
  }

  private boolean isBetter(
      List<Placement> greedy, List<ObjectiveResult> reached, PartSolution found) {
    if (options.admission() == Admission.IN_ORDER) {
      return compareAdmitted(greedy, found.placements()) > 0;
    }
    for (ObjectiveResult result : found.objectives()) {
      if (result.name().equals(ObjectiveResult.ADMISSION)) {
        int difference = Long.compare(valueOf(result, reached), result.value());
        if (difference != 0) {
          return difference > 0;
        }
      }
    }
    return false;
  }

  /** Positive if the first unit that only one of them admits is admitted by the first. */
  private static int compareAdmitted(List<Placement> first, List<Placement> second) {
    int[] one = orders(first);
    int[] other = orders(second);
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      if (one[i] != other[i]) {
        return Integer.compare(other[i], one[i]);
      }
    }
    return Integer.compare(one.length, other.length);
  }

  private static int[] orders(List<Placement> placements) {
    return placements.stream()
        .map(Placement::unit)
        .filter(unit -> !unit.type().isCommon())
        .sorted(Comparator.comparingInt(Unit::order))
        .mapToInt(Unit::order)
        .toArray();
  }

  private static long valueOf(ObjectiveResult result, List<ObjectiveResult> reached) {
    return reached.stream()
        .filter(each -> each.name().equals(result.name()) && each.tier() == result.tier())
        .mapToLong(ObjectiveResult::value)
        .findFirst()
        .orElse(0);
  }

  private static ObjectiveResult withValue(ObjectiveResult result, long value, OptionalLong bound) {
    boolean proven = bound.isPresent() && bound.getAsLong() == value;
    return new ObjectiveResult(
        result.name(),
        result.tier(),
        value,
        bound,
        proven ? PlanStatus.OPTIMAL : PlanStatus.FEASIBLE);
  }
}
