package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocatorException;
import io.tangram.api.Cancellation;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.cpsat.CpEngine;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Searches all parts of a problem, side by side on the options' workers, each on one thread of the
 * solver. A part gets its share of the time that is left when its turn comes; a deterministic limit
 * is divided evenly. So the plan doesn't depend on the number of workers where limits don't bind.
 * Where a part looks hard, first-fit goes before, and what would be admitted if all nodes were one
 * is placed on the nodes there are ({@link PooledSearch}, {@link PackedSearch}), or a few nodes at
 * a time improve on first-fit: what comes of it is where the search starts, and stays if it is the
 * better one. What looks at nodes comes after that, for all parts together ({@link NodeStage}).
 */
public final class PlanSearch {

  private static final double SHARE_OF_FILLING = 0.3;

  private final CpEngine engine;
  private final CompiledProblem compiled;
  private final AllocationOptions options;
  private final Deadline deadline;
  private final PartSteps steps;
  private final PartResults results;
  private final List<PlannedPart> parts;
  private final Optional<NodeStage> nodeStage;
  private final FillingUp fillingUp;
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
    this.compiled = compiled;
    Formulation formulation = planner.formulation();
    this.parts = planner.parts();
    this.nodeStage =
        formulation.readsNodes()
            ? Optional.of(new NodeStage(compiled, formulation, parts, options))
            : Optional.empty();
    this.fillingUp = new FillingUp(compiled, options, formulation.values());
    AllocationOptions before = nodeStage.map(NodeStage::before).orElse(options);
    this.options = forParts(before, parts.size());
    this.steps = new PartSteps(compiled, formulation, this.options, firstFit);
    this.results = new PartResults(this.options, formulation.values());
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
   * Returns the best that is found; nothing is proven of it where the problem is not {@linkplain
   * CompiledProblem#isExact compiled exactly}.
   *
   * @param whole until when a plan that is not proven may be filled up, in a part of what is left
   *     by then
   * @throws AllocatorException if the solver fails
   */
  public PlanSolution run(Deadline whole) {
    List<PartSolution> found =
        parts.size() <= 1 || options.workers() == 1
            ? parts.stream().map(part -> search(part, deadline)).toList()
            : searchSideBySide();
    PlanSolution together = together(found);
    PlanSolution best =
        nodeStage
            .map(
                stage ->
                    stage.goOn(together, steps::greedy, new Limits(engine, stage.options(), end)))
            .orElse(together);
    PlanSolution full = fillingUp.fill(best, whole.share(SHARE_OF_FILLING));
    return compiled.isExact() ? full : full.unproven(compiled.units().queue());
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

  private PartSolution search(PlannedPart part, Deadline until) {
    if (part.foreseen().isPresent()) {
      waiting.getAndDecrement();
      return part.foreseen().get();
    }
    PartSolution found = results.inFull(part, searchFor(part, until));
    return new LinkImprovement(steps, results, part).of(found, new Limits(engine, options, until));
  }

  private PartSolution searchFor(PlannedPart part, Deadline until) {
    double side = Math.min(parts.size(), options.workers());
    Deadline own = until.share(Math.min(1, side / waiting.getAndDecrement()));
    Limits limits = new Limits(engine, options, own);
    boolean isCrowded = part.part().types().stream().anyMatch(UnitType::takesResources);
    if (part.isHard() && (isCrowded || part.pool().isEmpty() || options.workers() == 1)) {
      steps.greedy(); // Whoever cancels early, or has little time, still gets a plan.
    }
    if (part.pool().isPresent()) {
      return new PooledSearch(steps, part, part.pool().get(), limits).run();
    }
    PartSolution found = results.unsearched(part);
    Optional<PackedSearch> packed =
        part.isHard() ? PackedSearch.of(steps, part, limits) : Optional.empty();
    if (packed.isPresent()) {
      return packed.get().run(found);
    }
    Optional<PartSolution> first = steps.searchBriefly(part, steps.given(part), limits);
    return first
        .filter(each -> each.isDone(options.gap()))
        .orElseGet(() -> searchOn(part, first.orElse(found), limits));
  }

  /** Goes on where a first search came to no end. */
  private PartSolution searchOn(PlannedPart part, PartSolution found, Limits limits) {
    GreedyStart first = steps.greedy();
    List<Placement> start = first.orBetter(found, first.of(part.units())).placements();
    List<Placement> before = steps.stillLegal(part);
    if (steps.ranking().compare(before, start) > 0) {
      start = before;
    }
    if (!steps.hasNeighbourhoods(part)) {
      return steps.searchFrom(start, part, found, limits);
    }
    PartSteps.Improved better = steps.improved(start, part, placements -> false, limits);
    return steps
        .searchFrom(better.placements(), part, found, limits)
        .withAdmissionBounds(better.bounds());
  }
}
