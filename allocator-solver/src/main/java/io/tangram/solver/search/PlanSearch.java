package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocatorException;
import io.tangram.api.Cancellation;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.cpsat.CpEngine;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.Countability;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.EarlierPlacements;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Searches all parts of a problem, side by side on the options' workers, each on one thread of the
 * solver. A part gets its share of the time that is left when its turn comes; a deterministic limit
 * is divided evenly. So the plan doesn't depend on the number of workers where limits don't bind.
 * Where a part looks hard, first-fit goes before, and what would be admitted if all nodes were one
 * is packed on the nodes there are, or a few nodes at a time improve on first-fit: what comes of it
 * is where the search starts, and stays if it is the better one. What looks at nodes comes after
 * that, for all parts together.
 */
public final class PlanSearch {

  private static final double SHARE_OF_FIRST_SEARCH = 0.3;
  private static final double SECONDS_OF_FIRST_SEARCH = 1;
  private static final double SHARE_OF_POOL = 0.6;
  private static final int ROUNDS_OF_POOL = 5;
  private static final double FEW_UNPLACED = 0.02;
  private static final double SHARE_OF_PACKING = 0.4;
  private static final double SHARE_OF_ADMISSION = 0.6;
  private static final double SHARE_OF_OBJECTIVES = 0.6;

  private final CpEngine engine;
  private final CompiledProblem compiled;
  private final Formulation formulation;
  private final AllocationOptions options;
  private final Deadline deadline;
  private final PlacementRanking ranking;
  private final EarlierPlacements earlier;
  private final List<PlannedPart> parts;
  private final Optional<NodeStage> nodeStage;
  private final FirstFitBeside firstFit;
  private final Deadline end;
  private final AtomicInteger waiting;

  /** Prepares the search of the parts; it may be run once. */
  public PlanSearch(
      CpEngine engine,
      CompiledProblem compiled,
      AllocationOptions options,
      Deadline deadline,
      Planner planner,
      FirstFitBeside firstFit) {
    this.engine = engine;
    this.firstFit = firstFit;
    this.compiled = compiled;
    this.formulation = planner.formulation();
    this.parts = planner.parts();
    this.nodeStage =
        formulation.readsNodes()
            ? Optional.of(new NodeStage(compiled, formulation, parts, options))
            : Optional.empty();
    AllocationOptions before = nodeStage.map(NodeStage::before).orElse(options);
    this.options = forParts(before, parts.size());
    this.earlier = new EarlierPlacements(compiled, options.start());
    this.ranking = new PlacementRanking(before, formulation.values());
    this.end = deadline;
    this.deadline = nodeStage.map(stage -> stage.before(deadline)).orElse(deadline);
    this.waiting = new AtomicInteger(parts.size());
  }

  /** The options of each part: listeners hear one call at a time, limits are divided. */
  private static AllocationOptions forParts(AllocationOptions options, int parts) {
    if (parts <= 1) {
      return options;
    }
    Object lock = new Object();
    AllocationListener listener = options.listener();
    ImmutableAllocationOptions each =
        ImmutableAllocationOptions.copyOf(options)
            .withListener(
                event -> {
                  synchronized (lock) {
                    listener.on(event);
                  }
                });
    return options
        .deterministicLimit()
        .map(limit -> each.withDeterministicLimit(limit / parts))
        .orElse(each);
  }

  /**
   * Returns the best that is found; nothing is proven of it where amounts are {@linkplain
   * CompiledProblem#rounded rounded}.
   *
   * @throws AllocatorException if the solver fails
   */
  public PlanSolution run() {
    List<PartSolution> found =
        parts.size() <= 1 || options.workers() == 1
            ? parts.stream().map(part -> search(part, deadline)).toList()
            : searchSideBySide();
    PlanSolution together = together(found);
    PlanSolution best =
        nodeStage
            .map(
                stage ->
                    stage.goOn(together, this::greedy, new Limits(engine, stage.options(), end)))
            .orElse(together);
    return compiled.rounded().isEmpty() ? best : best.unproven(compiled.units().queue());
  }

  private PlanSolution together(List<PartSolution> found) {
    ImmutableList.Builder<Placement> placements = ImmutableList.builder();
    Totals totals = new Totals(options);
    ImmutableSet.Builder<Unit> undecided = ImmutableSet.builder();
    for (int i = 0; i < found.size(); i++) {
      placements.addAll(found.get(i).placements());
      found.get(i).objectives().forEach(totals::add);
      undecided.addAll(undecided(parts.get(i), found.get(i)));
    }
    return new PlanSolution(placements.build(), totals.results(), undecided.build());
  }

  /** The units of tiers whose admission is not proven: they may fit beside what is admitted. */
  private static ImmutableSet<Unit> undecided(PlannedPart part, PartSolution solution) {
    Set<Integer> tiers =
        solution.objectives().stream()
            .filter(result -> result.name().equals(ObjectiveResult.ADMISSION))
            .filter(result -> result.status() == PlanStatus.FEASIBLE)
            .map(ObjectiveResult::tier)
            .collect(Collectors.toSet());
    return part.demands().units().stream()
        .filter(demand -> tiers.contains(demand.priority()))
        .flatMap(demand -> demand.units().stream())
        .collect(ImmutableSet.toImmutableSet());
  }

  @SuppressWarnings("try") // the subscription is only to be closed
  private List<PartSolution> searchSideBySide() {
    Cancellation failure = Cancellation.create();
    Deadline untilFailure = deadline.cancelledBy(failure);
    try (Cancellation.Subscription ignored = deadline.cancellation().onCancel(failure::cancel)) {
      List<Supplier<PartSolution>> searches = new ArrayList<>();
      parts.forEach(part -> searches.add(() -> search(part, untilFailure)));
      return SideBySide.run(options.workers(), searches);
    } finally {
      failure.cancel();
    }
  }

  /** What first-fit finds for all parts. */
  private GreedyStart greedy() {
    return new GreedyStart(options, ranking, firstFit.placements());
  }

  private PartSolution search(PlannedPart part, Deadline until) {
    if (part.foreseen().isPresent()) {
      waiting.getAndDecrement();
      return part.foreseen().get();
    }
    PartSolution found = searchFor(part, until);
    return new PartSolution(found.placements(), inFull(part, found), found.admitted());
  }

  /**
   * All that was asked for, with what the placements are worth: a formulation may understate that,
   * or not know an objective.
   */
  private ImmutableList<ObjectiveResult> inFull(PlannedPart part, PartSolution found) {
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
              ? limit(objective, part)
              : result.bound();
      long value = ranking.values().value(objective, found.placements());
      results.add(ObjectiveResult.of(objective.label(), 0, value, bound));
    }
    return results.build();
  }

  /** What no plan can better, whatever the formulation knows. */
  private OptionalLong limit(Objective objective, PlannedPart part) {
    return switch (objective) {
      case PREFERENCE -> OptionalLong.empty();
      case FIT, FRAGMENTATION, PACKING, COST, SPREAD -> OptionalLong.of(0);
      case STABILITY -> // Models may understate what is kept, so their bounds don't count.
          OptionalLong.of(
              part.units().stream()
                  .flatMap(unit -> unit.claims().stream())
                  .filter(claim -> options.start().containsKey(claim.id()))
                  .count());
    };
  }

  private PartSolution searchFor(PlannedPart part, Deadline until) {
    double side = Math.min(parts.size(), options.workers());
    Deadline own = until.share(Math.min(1, side / waiting.getAndDecrement()));
    Limits limits = new Limits(engine, options, own);
    if (part.isHard() && (part.pool().isEmpty() || options.workers() == 1)) {
      greedy(); // Whoever cancels early still gets a plan.
    }
    if (part.pool().isPresent()) {
      return searchPool(part.pool().get(), part, limits);
    }
    PartSolution found = unsearched(part);
    Optional<PartSolution> packed = part.isHard() ? pack(part, found, limits) : Optional.empty();
    if (packed.isPresent()) {
      return packed.get();
    }
    Optional<PartSolution> first = searchBriefly(part, earlier.of(part.units()), limits);
    return first
        .filter(each -> each.isDone(options.gap()))
        .orElseGet(() -> searchOn(part, first.orElse(found), limits));
  }

  /**
   * What counts over nodes as one come to on the nodes there are. What of it can't be placed is
   * excluded, and the rest counted again, a few times. First-fit may still have found more: where
   * that is not ruled out, it is asked.
   */
  private PartSolution searchPool(PartModel pool, PlannedPart part, Limits limits) {
    Limits some = limits.step(SHARE_OF_POOL, Double.POSITIVE_INFINITY);
    PartSearch search = new PartSearch(options, pool, Optional.empty(), some);
    PartSolution counted = search.run(List.of());
    if (pool.unplaced() == 0 && counted.isDone(options.gap())) {
      return counted;
    }
    PartSolution placed = counted;
    Relaxation relaxation = new Relaxation(options, pool, limits);
    boolean goesOn = true;
    for (int round = 0; round < ROUNDS_OF_POOL && goesOn && leavesFew(pool); round++) {
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
    GreedyStart first = greedy();
    List<Placement> start = placed.placements();
    List<Placement> greedy = first.of(part.units());
    if (ranking.compare(greedy, start) > 0) {
      start = greedy;
    } else if (isPlan) {
      return relaxation.bounding(plan);
    }
    PartSolution bounds =
        new PartSolution(ImmutableList.of(), counted.objectives(), counted.admitted());
    if (NodeNeighbourhoods.suits(compiled, part.part())) {
      start = improved(start, part, placements -> admitsMost(placements, counted), limits);
    }
    return relaxation.bounding(first.orBetter(bounds, start));
  }

  /** Whether so little of what was counted has no place that leaving it out may do. */
  private static boolean leavesFew(PartModel pool) {
    long units = pool.demands().units().stream().mapToLong(each -> each.units().size()).sum();
    return pool.unplaced() > 0 && pool.unplaced() <= FEW_UNPLACED * units;
  }

  /** Whether placements admit as much as a relaxation says there can be, up to the options' gap. */
  private boolean admitsMost(List<Placement> placed, PartSolution relaxed) {
    if (options.admission() == Admission.IN_ORDER) {
      return false;
    }
    Map<Integer, Long> admitted = new HashMap<>();
    for (ObjectiveResult result : ranking.values().admission(placed)) {
      admitted.put(result.tier(), result.value());
    }
    ImmutableList<ObjectiveResult> results =
        relaxed.objectives().stream()
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

  /** Goes on where a first search came to no end. */
  private PartSolution searchOn(PlannedPart part, PartSolution found, Limits limits) {
    GreedyStart first = greedy();
    List<Placement> start = first.orBetter(found, first.of(part.units())).placements();
    List<Placement> before = stillLegal(part);
    if (ranking.compare(before, start) > 0) {
      start = before;
    }
    if (NodeNeighbourhoods.suits(compiled, part.part())) {
      start = improved(start, part, placements -> false, limits);
    }
    return searchFrom(start, part, found, limits);
  }

  /** What an earlier plan gave, if all of that is a solution today, else nothing. */
  private List<Placement> stillLegal(PlannedPart part) {
    List<Placement> given = earlier.of(part.units());
    if (given.isEmpty() || part.model().isEmpty()) {
      return List.of();
    }
    PartModel model = part.model().get();
    model.hint(given);
    return model.model().hintedSolution().map(model::placements).orElse(List.of());
  }

  /**
   * Arranges a few nodes at a time anew, first for admission alone, then for the objectives too.
   *
   * @param admitsMost whether placements admit as much as need be
   */
  private List<Placement> improved(
      List<Placement> start,
      PlannedPart part,
      Predicate<List<Placement>> admitsMost,
      Limits limits) {
    NodeNeighbourhoods some = new NodeNeighbourhoods(compiled, formulation, options, part);
    List<Placement> most =
        some.improve(
            start,
            ImmutableAllocationOptions.copyOf(options).withObjectives(),
            admitsMost.or(placed -> placesAll(placed, part)),
            limits.step(SHARE_OF_ADMISSION, Double.POSITIVE_INFINITY));
    return options.objectives().isEmpty()
        ? most
        : some.improve(
            most,
            options,
            placed -> false,
            limits.step(SHARE_OF_OBJECTIVES, Double.POSITIVE_INFINITY));
  }

  private static boolean placesAll(List<Placement> placed, PlannedPart part) {
    return placed.stream().filter(each -> !each.unit().type().isCommon()).count()
        == part.demands().units().stream().mapToLong(each -> each.units().size()).sum();
  }

  /** Searches the whole part from what is known, or from what first-fit finds if that is better. */
  private PartSolution searchFrom(
      List<Placement> known, PlannedPart part, PartSolution found, Limits limits) {
    GreedyStart first = greedy();
    List<Placement> greedy = first.of(part.units());
    List<Placement> start = ranking.compare(greedy, known) > 0 ? greedy : known;
    PartSolution best = first.orBetter(found, start);
    if (part.model().isEmpty()) {
      return best;
    }
    Optional<PartModel> relaxation =
        formulation.relaxed(part.part(), part.demands(), limits.deadline());
    PartSolution last = new PartSearch(options, part.model().get(), relaxation, limits).run(start);
    return first.orBetter(last, best.placements());
  }

  /**
   * Places on nodes what would be admitted if all nodes were one. Where that succeeds, it is proven
   * as well; where not, it is a start. Nothing comes of it where units are not bound to nodes.
   */
  private Optional<PartSolution> pack(PlannedPart part, PartSolution found, Limits limits) {
    if (options.admission() == Admission.IN_ORDER
        || options.objectives().contains(Objective.STABILITY)
        || Countability.placedLeaves(part.part()).isEmpty()
        || !NodeNeighbourhoods.suits(compiled, part.part())) {
      return Optional.empty();
    }
    Limits some = limits.step(SHARE_OF_PACKING, Double.POSITIVE_INFINITY);
    return NodePacking.of(compiled, beforeFragmentation(), part, some)
        .map(
            packing -> {
              List<Placement> packed = packing.place();
              Optional<PartSolution> first = searchBriefly(part, packed, limits);
              return first
                  .filter(each -> each.isDone(options.gap()))
                  .orElseGet(() -> packOn(packing, packed, part, first.orElse(found), limits));
            });
  }

  /** What is free in the end depends little on who is admitted, and takes long to count. */
  private AllocationOptions beforeFragmentation() {
    return ImmutableAllocationOptions.copyOf(options)
        .withObjectives(
            options.objectives().stream()
                .takeWhile(each -> each != Objective.FRAGMENTATION)
                .toList());
  }

  /** Goes on where the first packing and a first search came to no end. */
  private PartSolution packOn(
      NodePacking packing,
      List<Placement> packed,
      PlannedPart part,
      PartSolution found,
      Limits limits) {
    List<Placement> start = packed;
    for (List<Placement> known : List.of(greedy().of(part.units()), stillLegal(part))) {
      start = ranking.compare(known, start) > 0 ? known : start;
    }
    return searchFrom(improved(start, part, packing::isDone, limits), part, found, limits);
  }

  /** A first search; none where there is no hope that it comes to an end. */
  private Optional<PartSolution> searchBriefly(
      PlannedPart part, List<Placement> start, Limits limits) {
    return part.model()
        .filter(model -> !part.isLarge())
        .map(
            model -> {
              Limits first = limits.step(SHARE_OF_FIRST_SEARCH, SECONDS_OF_FIRST_SEARCH);
              return new PartSearch(options, model, Optional.empty(), first).run(start);
            });
  }

  /** Nothing is found and nothing is known, but that no more can be admitted than is asked for. */
  private PartSolution unsearched(PlannedPart part) {
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
}
