package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Optimises what looks at nodes, and what comes after it. All parts of a problem share its nodes,
 * and formulations that tell nodes apart are larger than those that needn't. So the parts are
 * searched first, each for itself, for all that comes before; then what they reached is held while
 * the search goes on for the whole problem, from where they ended.
 */
final class NodeStage {

  private static final double SHARE_BEFORE = 0.6;

  private final PlannedPart whole;
  private final AllocationOptions options;
  private final AllocationOptions before;
  private final PlacementValues values;

  /**
   * Prepares the stage.
   *
   * @param whole the problem as one part, with a model that tells nodes apart, if there is one
   * @param options what is asked for, some of it about nodes
   */
  NodeStage(PlannedPart whole, AllocationOptions options, PlacementValues values) {
    this.whole = whole;
    this.options = options;
    this.values = values;
    List<Objective> objectives =
        whole.model().isPresent()
            ? options.objectives().stream().takeWhile(each -> !isAboutNodes(each)).toList()
            : options.objectives().stream().filter(each -> !isAboutNodes(each)).toList();
    this.before = withHalf(ImmutableAllocationOptions.copyOf(options).withObjectives(objectives));
  }

  private static boolean isAboutNodes(Objective objective) {
    return switch (objective) {
      case PACKING, COST, SPREAD -> true;
      case PREFERENCE, FIT, FRAGMENTATION, STABILITY -> false;
    };
  }

  private static AllocationOptions withHalf(ImmutableAllocationOptions options) {
    return options
        .deterministicLimit()
        .map(limit -> options.withDeterministicLimit(limit / 2))
        .orElse(options);
  }

  /** What is asked of the parts: with a share of the limits, all that comes before. */
  AllocationOptions before() {
    return before;
  }

  /** The share of the time for what comes before. */
  double shareBefore() {
    return whole.model().isPresent() ? SHARE_BEFORE : 1;
  }

  /** Returns limits for the stage itself, given those of its options. */
  AllocationOptions options() {
    return withHalf(ImmutableAllocationOptions.copyOf(options));
  }

  /**
   * Returns a solution that is as good for what comes before.
   *
   * @param parts what the parts reached
   */
  PlanSolution goOn(PlanSolution parts, Limits limits) {
    Map<String, Long> settled = new HashMap<>();
    for (Objective objective : before.objectives()) {
      settled.put(objective.label(), values.value(objective, parts.placements()));
    }
    Optional<PartSolution> further =
        whole
            .model()
            .flatMap(
                model ->
                    new PartSearch(options, model, Optional.empty(), limits)
                        .goOn(parts.placements(), settled));
    ImmutableList<Placement> placements =
        further.map(PartSolution::placements).orElse(parts.placements());
    ImmutableList<ObjectiveResult> reached =
        further.map(PartSolution::objectives).orElse(ImmutableList.of());
    return new PlanSolution(placements, results(parts, reached, placements), parts.undecided());
  }

  private ImmutableList<ObjectiveResult> results(
      PlanSolution parts, List<ObjectiveResult> further, List<Placement> placements) {
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    Map<String, ObjectiveResult> known = new HashMap<>();
    further.forEach(result -> known.put(result.name(), result));
    List<ObjectiveResult> admitted = values.admission(placements);
    for (ObjectiveResult result : parts.objectives()) {
      if (result.name().equals(ObjectiveResult.ADMISSION)) {
        long value =
            admitted.stream()
                .filter(each -> each.tier() == result.tier())
                .mapToLong(ObjectiveResult::value)
                .findFirst()
                .orElse(result.value());
        results.add(value == result.value() ? result : worth(result, value, false, true));
      } else {
        known.putIfAbsent(result.name(), result);
      }
    }
    for (Objective objective : options.objectives()) {
      long value = values.value(objective, placements);
      ObjectiveResult none =
          new ObjectiveResult(
              objective.label(),
              0,
              value,
              isAboutNodes(objective) ? OptionalLong.of(0) : OptionalLong.empty(),
              PlanStatus.FEASIBLE);
      ObjectiveResult result = known.getOrDefault(objective.label(), none);
      results.add(worth(result, value, true, !objective.isMinimised()));
    }
    return results.build();
  }

  /**
   * A result with the value that placements have. What the parts reached without proof may have
   * been bettered, even beyond a bound that held beside what an earlier objective was then.
   */
  private static ObjectiveResult worth(
      ObjectiveResult result, long value, boolean provable, boolean maximised) {
    OptionalLong bound = result.bound();
    if (bound.isPresent() && (maximised ? value > bound.getAsLong() : value < bound.getAsLong())) {
      bound = OptionalLong.empty();
    }
    boolean proven = provable && bound.isPresent() && bound.getAsLong() == value;
    return new ObjectiveResult(
        result.name(),
        result.tier(),
        value,
        bound,
        proven ? PlanStatus.OPTIMAL : PlanStatus.FEASIBLE);
  }
}
