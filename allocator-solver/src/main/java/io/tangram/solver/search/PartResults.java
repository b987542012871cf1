package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.plan.PlacementValues;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What is known and reported of a part, whatever its formulation says. Thread-safe. */
final class PartResults {

  private final AllocationOptions options;
  private final PlacementValues values;

  /** Reports on all that the options ask for. */
  PartResults(AllocationOptions options, PlacementValues values) {
    this.options = options;
    this.values = values;
  }

  /** Nothing is found and nothing is known, but that no more can be admitted than is asked for. */
  PartSolution unsearched(PlannedPart part) {
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    boolean counted = options.admission() != Admission.MOST_DEVICE_SHARE;
    for (int tier : part.demands().tiers()) {
      OptionalLong most =
          counted ? OptionalLong.of(part.demands().mostClaims(tier)) : OptionalLong.empty();
      results.add(unknown(ObjectiveResult.ADMISSION, tier, most));
    }
    for (Objective objective : options.objectives()) {
      results.add(unknown(objective.label(), 0, OptionalLong.empty()));
    }
    return new PartSolution(ImmutableList.of(), results.build());
  }

  private static ObjectiveResult unknown(String name, int tier, OptionalLong bound) {
    return new ObjectiveResult(name, tier, 0, bound, PlanStatus.FEASIBLE);
  }

  /**
   * All that was asked for, with what the placements are worth: a formulation may understate that,
   * or not know an objective.
   */
  PartSolution inFull(PlannedPart part, PartSolution found) {
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    Map<String, ObjectiveResult> known = new HashMap<>();
    for (ObjectiveResult result : found.objectives()) {
      if (result.name().equals(ObjectiveResult.ADMISSION)) {
        results.add(result);
      } else {
        known.put(result.name(), result);
      }
    }
    for (Objective objective : options.objectives()) {
      ObjectiveResult result = known.get(objective.label());
      OptionalLong bound =
          result == null || result.bound().isEmpty() || objective == Objective.STABILITY
              ? limit(objective, part, found)
              : result.bound();
      long value = values.value(objective, found.placements());
      results.add(ObjectiveResult.of(objective.label(), 0, value, bound));
    }
    return new PartSolution(found.placements(), results.build(), found.admitted());
  }

  /** What no plan can better, whatever the formulation knows. */
  private OptionalLong limit(Objective objective, PlannedPart part, PartSolution found) {
    return switch (objective) {
      case PREFERENCE -> OptionalLong.empty();
      case TOPOLOGY, FIT, FRAGMENTATION, PACKING, COST, SPREAD -> OptionalLong.of(0);
      case BANDWIDTH -> OptionalLong.of(mostBandwidth(part, found));
      case STABILITY -> // Models may understate what is kept, so their bounds don't count.
          OptionalLong.of(
              part.units().stream()
                  .flatMap(unit -> unit.claims().stream())
                  .filter(claim -> options.start().containsKey(claim.id()))
                  .count());
    };
  }

  /**
   * What claims can count at most, by themselves; of a tier that is proven those that count most.
   */
  private long mostBandwidth(PlannedPart part, PartSolution found) {
    Map<Integer, Long> admitted = new HashMap<>();
    for (ObjectiveResult result : found.objectives()) {
      if (result.name().equals(ObjectiveResult.ADMISSION)
          && result.status() == PlanStatus.OPTIMAL
          && options.admission() != Admission.MOST_DEVICE_SHARE
          && part.demands().common().isEmpty()) {
        admitted.put(result.tier(), result.value());
      }
    }
    return part.units().stream().collect(Collectors.groupingBy(Unit::priority)).entrySet().stream()
        .flatMapToLong(
            tier ->
                tier.getValue().stream()
                    .flatMapToLong(unit -> values.bandwidth().limits(unit.type()))
                    .boxed()
                    .sorted(Comparator.reverseOrder())
                    .limit(admitted.getOrDefault(tier.getKey(), Long.MAX_VALUE))
                    .mapToLong(Long::longValue))
        .sum();
  }
}
