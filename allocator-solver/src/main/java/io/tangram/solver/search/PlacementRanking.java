package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import java.util.Comparator;
import java.util.List;

/** Orders placements of the same units by the objectives, worse ones first. Thread-safe. */
final class PlacementRanking implements Comparator<List<Placement>> {

  private final AllocationOptions options;
  private final PlacementValues values;

  PlacementRanking(AllocationOptions options, PlacementValues values) {
    this.options = options;
    this.values = values;
  }

  /** What placements are worth. */
  PlacementValues values() {
    return values;
  }

  @Override
  public int compare(List<Placement> first, List<Placement> second) {
    if (options.admission() == Admission.IN_ORDER) {
      int byOrder = compareAdmitted(first, second);
      if (byOrder != 0) {
        return byOrder;
      }
    }
    List<ObjectiveResult> one = values.admission(first);
    List<ObjectiveResult> other = values.admission(second);
    for (int i = 0; i < one.size(); i++) {
      int difference = Long.compare(one.get(i).value(), other.get(i).value());
      if (difference != 0) {
        return difference;
      }
    }
    for (Objective objective : options.objectives()) {
      int difference =
          Long.compare(values.value(objective, first), values.value(objective, second));
      if (difference != 0) {
        return objective.isMinimised() ? -difference : difference;
      }
    }
    return Integer.compare(units(first), units(second));
  }

  private static int units(List<Placement> placements) {
    return (int) placements.stream().filter(p -> !p.unit().type().isCommon()).count();
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
        .mapToInt(Unit::order)
        .sorted()
        .toArray();
  }
}
