package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Searches a part by counts over its nodes as one. What of these can't be placed on the nodes there
 * are is excluded, and the rest counted again, a few times. First-fit may still have found more:
 * where that is not ruled out, it is asked.
 */
final class PooledSearch {

  private static final double SHARE_OF_POOL = 0.6;
  private static final int ROUNDS_OF_POOL = 5;
  private static final double FEW_UNPLACED = 0.02;

  private final PartSteps steps;
  private final PlannedPart part;
  private final PartModel pool;
  private final Limits limits;
  private final AllocationOptions options;
  private final PlacementRanking ranking;

  /**
   * Prepares the search; it may be run once.
   *
   * @param pool the part with its nodes taken as one
   */
  PooledSearch(PartSteps steps, PlannedPart part, PartModel pool, Limits limits) {
    this.steps = steps;
    this.part = part;
    this.pool = pool;
    this.limits = limits;
    this.options = steps.options();
    this.ranking = steps.ranking();
  }

  /** Returns what the counts come to on the nodes there are. */
  PartSolution run() {
    Limits some = limits.step(SHARE_OF_POOL, Double.POSITIVE_INFINITY);
    PartSearch search = new PartSearch(options, pool, Optional.empty(), some);
    PartSolution counted = search.run(List.of());
    if (pool.unplaced() == 0 && counted.isDone(options.gap())) {
      return counted;
    }
    PartSolution placed = counted;
    Relaxation relaxation = new Relaxation(options, pool, limits);
    boolean goesOn = true;
    for (int round = 0; round < ROUNDS_OF_POOL && goesOn && leavesFew(); round++) {
      pool.excludeUnplaced();
      search = search.again();
      PartSolution next = search.run(List.of());
      goesOn = ranking.compare(next.placements(), placed.placements()) >= 0;
      placed = goesOn ? next : placed;
    }
    boolean asCounted = placed.equals(counted);
    boolean isPlaced = goesOn && pool.unplaced() == 0;
    boolean isPlan = isPlaced && (asCounted || options.admission() != Admission.IN_ORDER);
    PartSolution plan = asCounted ? counted : placed.boundedBy(counted);
    if (isPlan && plan.isDone(options.gap())) {
      return plan;
    }
    GreedyStart first = steps.greedy();
    List<Placement> start = placed.placements();
    List<Placement> greedy = first.of(part.units());
    if (ranking.compare(greedy, start) > 0) {
      start = greedy;
    } else if (isPlan) {
      return relaxation.bounding(plan);
    }
    if (!steps.hasNeighbourhoods(part)) {
      return relaxation.bounding(first.bounded(start, counted));
    }
    PartSteps.Improved better =
        steps.improved(start, part, each -> admitsMost(each, counted), limits);
    return relaxation
        .bounding(first.bounded(better.placements(), counted))
        .withAdmissionBounds(better.bounds());
  }

  /** Whether so little of what was counted has no place that leaving it out may do. */
  private boolean leavesFew() {
    long units = pool.demands().units().stream().mapToLong(each -> each.units().size()).sum();
    return pool.unplaced() > 0 && pool.unplaced() <= FEW_UNPLACED * units;
  }

  /** Whether placements admit as much as was counted that there can be, up to the options' gap. */
  private boolean admitsMost(List<Placement> placed, PartSolution counted) {
    if (options.admission() == Admission.IN_ORDER) {
      return false;
    }
    Map<Integer, Long> admitted = new HashMap<>();
    for (ObjectiveResult result : ranking.values().admission(placed)) {
      admitted.put(result.tier(), result.value());
    }
    ImmutableList<ObjectiveResult> results =
        counted.objectives().stream()
            .filter(result -> result.name().equals(ObjectiveResult.ADMISSION))
            .map(
                result ->
                    ObjectiveResult.of(
                        result.name(),
                        result.tier(),
                        admitted.getOrDefault(result.tier(), 0L),
                        result.bound()))
            .collect(ImmutableList.toImmutableList());
    return new PartSolution(ImmutableList.copyOf(placed), results).isDone(options.gap());
  }
}
