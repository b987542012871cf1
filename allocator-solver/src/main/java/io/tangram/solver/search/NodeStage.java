package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.Demands;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import io.tangram.solver.symmetry.Part;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Optimises what looks at nodes, and what comes after it. All parts of a problem share its nodes,
 * and formulations that tell nodes apart are larger than those that needn't. So the parts are
 * searched first, each for itself, for all that comes before; then what they reached is held while
 * the search goes on for the whole problem, from where they ended.
 *
 * <p>As for parts, a short search of the model comes first. Where that proves nothing, a few nodes
 * at a time are arranged anew, and the model is searched again beside the bound of a relaxation.
 */
final class NodeStage {

  private static final double SHARE_BEFORE = 0.6;
  private static final double SHARE_OF_FIRST_SEARCH = 0.3;
  private static final double SECONDS_OF_FIRST_SEARCH = 1;
  private static final double SHARE_OF_BOUND = 0.2;
  private static final double SECONDS_OF_BOUND = 5;
  private static final double SHARE_OF_EXCHANGE = 0.5;

  private final CompiledProblem compiled;
  private final Formulation formulation;
  private final List<PlannedPart> parts;
  private final Part whole;
  private final Demands demands;
  private final AllocationOptions options;
  private final AllocationOptions before;
  private final PlacementValues values;

  /**
   * Prepares the stage.
   *
   * @param parts the parts of the problem
   * @param options what is asked for, some of it about nodes
   */
  NodeStage(
      CompiledProblem compiled,
      Formulation formulation,
      List<PlannedPart> parts,
      AllocationOptions options) {
    this.compiled = compiled;
    this.formulation = formulation;
    this.parts = parts;
    this.whole = Part.together(parts.stream().map(PlannedPart::part).toList());
    this.demands = Demands.of(compiled.units().queue());
    this.options = withHalf(ImmutableAllocationOptions.copyOf(options));
    this.before =
        ImmutableAllocationOptions.copyOf(this.options)
            .withObjectives(
                options.objectives().stream().takeWhile(each -> !isAboutNodes(each)).toList());
    this.values = formulation.values();
  }

  private static boolean isAboutNodes(Objective objective) {
    return switch (objective) {
      case PACKING, COST, SPREAD -> true;
      case PREFERENCE, BANDWIDTH, TOPOLOGY, FIT, FRAGMENTATION, STABILITY -> false;
    };
  }

  private static AllocationOptions withHalf(ImmutableAllocationOptions options) {
    return options
        .deterministicLimit()
        .map(limit -> options.withDeterministicLimit(limit / 2))
        .orElse(options);
  }

  /** What is asked of the parts: with half of a deterministic limit, all that comes before. */
  AllocationOptions before() {
    return before;
  }

  /** How much of the time the parts may take: all, if nothing is left to do then. */
  Deadline before(Deadline end) {
    return isForeseen() ? end : end.share(SHARE_BEFORE);
  }

  /** Whether no plan takes a node into use, and that is all that the stage is about. */
  private boolean isForeseen() {
    return isObjectiveLast()
        && objective() != Objective.SPREAD
        && whole.nodes().stream().allMatch(compiled.heldNodes()::isInUse);
  }

  /** The options of the stage itself. */
  AllocationOptions options() {
    return options;
  }

  /**
   * Returns a solution that is as good for what comes before.
   *
   * @param parts what the parts reached
   * @param greedy what first-fit finds, asked for only where the stage is hard
   */
  PlanSolution goOn(PlanSolution parts, Supplier<GreedyStart> greedy, Limits limits) {
    List<Placement> start = parts.placements();
    if (isForeseen()) {
      return solution(parts, ImmutableList.of(), start);
    }
    Optional<PartModel> model = model(start, limits);
    if (model.isPresent() && !PlannedPart.isLarge(model.get())) {
      Limits first = limits.step(SHARE_OF_FIRST_SEARCH, SECONDS_OF_FIRST_SEARCH);
      Optional<PartSolution> found =
          new PartSearch(options, model.get(), Optional.empty(), first)
              .goOn(start, settledBy(start));
      if (found.isPresent()) {
        start = better(start, found.get().placements());
        if (found.get().isDone(options.gap())) {
          return solution(parts, found.get().objectives(), start);
        }
      }
    }
    start = better(start, greedy.get().of(demands.allUnits().collect(Collectors.toSet())));
    OptionalLong bound = relaxedBound(parts, start, limits.step(SHARE_OF_BOUND, SECONDS_OF_BOUND));
    NodeExchange exchange = new NodeExchange(compiled, formulation, options, whole, before);
    if (exchange.isPossible()) {
      Limits some = limits.step(SHARE_OF_EXCHANGE, Double.POSITIVE_INFINITY);
      start = better(start, exchange.improve(start, bound, some));
    }
    return searchAgain(parts, start, bound, limits);
  }

  private PlanSolution searchAgain(
      PlanSolution parts, List<Placement> start, OptionalLong bound, Limits limits) {
    ObjectiveResult beside =
        result(objective().label(), 0, values.value(objective(), start), bound);
    if (beside.status() == PlanStatus.OPTIMAL && isObjectiveLast()) {
      return solution(parts, ImmutableList.of(beside), start);
    }
    Optional<PartSolution> last =
        model(start, limits)
            .flatMap(
                model ->
                    new PartSearch(options, model, Optional.empty(), limits)
                        .goOn(start, settledBy(start), bound, List.of()));
    return last.map(
            found ->
                solution(
                    parts, atLeast(bound, found.objectives()), better(start, found.placements())))
        .orElseGet(() -> solution(parts, ImmutableList.of(beside), start));
  }

  /** A search that comes to no bound may not know what it was given. */
  private List<ObjectiveResult> atLeast(OptionalLong bound, List<ObjectiveResult> found) {
    return found.stream()
        .map(
            each ->
                each.name().equals(objective().label()) && bound.orElse(0) > each.bound().orElse(0)
                    ? result(each.name(), 0, each.value(), bound)
                    : each)
        .toList();
  }

  /**
   * A bound on the first objective about nodes: that of the parts whose units can be counted, each
   * of which may be dealt out to several nodes. Others only make it worse.
   */
  private OptionalLong relaxedBound(PlanSolution found, List<Placement> start, Limits limits) {
    List<PlannedPart> countable =
        parts.stream().filter(part -> formulation.canCount(part.part())).toList();
    boolean proven =
        found.objectives().stream().allMatch(each -> each.status() == PlanStatus.OPTIMAL);
    if (countable.size() < parts.size() && !proven) {
      return OptionalLong.empty(); // The others might admit less, and these more.
    }
    Set<Unit> units = new HashSet<>();
    countable.forEach(part -> units.addAll(part.units()));
    List<Placement> some = start.stream().filter(each -> units.contains(each.unit())).toList();
    return formulation
        .relaxedByNode(
            Part.together(countable.stream().map(PlannedPart::part).toList()),
            Demands.of(units),
            limits.deadline())
        .map(
            model ->
                new PartSearch(options, model, Optional.empty(), limits)
                    .bound(some, settledBy(some), objective().label()))
        .orElse(OptionalLong.empty());
  }

  /** The model, without nodes that are of no use in a plan that is better than a known one. */
  private Optional<PartModel> model(List<Placement> known, Limits limits) {
    Objective first = objective();
    Part useful =
        new UsefulNodes(compiled, formulation, whole, demands)
            .of(first, values.value(first, known), known, limits.deadline());
    return formulation.byNode(useful, demands, limits.deadline());
  }

  /** The first objective that is about nodes. */
  private Objective objective() {
    return options.objectives().get(before.objectives().size());
  }

  /** Whether nothing is asked for after that objective. */
  private boolean isObjectiveLast() {
    return options.objectives().size() == before.objectives().size() + 1;
  }

  private Map<String, Long> settledBy(List<Placement> placements) {
    Map<String, Long> settled = new HashMap<>();
    for (Objective objective : before.objectives()) {
      settled.put(objective.label(), values.value(objective, placements));
    }
    return settled;
  }

  private List<Placement> better(List<Placement> known, List<Placement> found) {
    return new PlacementRanking(options, values).compare(found, known) > 0 ? found : known;
  }

  private PlanSolution solution(
      PlanSolution parts, List<ObjectiveResult> further, List<Placement> placements) {
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    Map<String, ObjectiveResult> known = new HashMap<>();
    further.forEach(result -> known.put(result.name(), result));
    known.remove(Objective.STABILITY.label()); // Models may understate what is kept.
    List<ObjectiveResult> admitted = values.admission(placements);
    for (ObjectiveResult result : parts.objectives()) {
      if (result.name().equals(ObjectiveResult.ADMISSION)) {
        results.add(withAdmitted(result, admitted));
      } else {
        known.putIfAbsent(result.name(), result);
      }
    }
    for (Objective objective : options.objectives()) {
      ObjectiveResult result = known.getOrDefault(objective.label(), unknown(objective));
      long value = values.value(objective, placements);
      OptionalLong bound = result.bound();
      if (bound.isPresent() && isBeyond(objective, value, bound.getAsLong())) {
        bound = OptionalLong.empty(); // It held beside what an earlier objective was then.
      }
      results.add(result(objective.label(), 0, value, bound));
    }
    return new PlanSolution(ImmutableList.copyOf(placements), results.build(), parts.undecided());
  }

  /** What was admitted without proof may have become more. */
  private static ObjectiveResult withAdmitted(
      ObjectiveResult result, List<ObjectiveResult> admitted) {
    return admitted.stream()
        .filter(each -> each.tier() == result.tier() && each.value() != result.value())
        .findFirst()
        .map(
            more ->
                new ObjectiveResult(
                    result.name(),
                    result.tier(),
                    more.value(),
                    result.bound(),
                    PlanStatus.FEASIBLE))
        .orElse(result);
  }

  private static boolean isBeyond(Objective objective, long value, long bound) {
    return objective.isMinimised() ? value < bound : value > bound;
  }

  /** Nothing is less than no use of nodes. */
  private static ObjectiveResult unknown(Objective objective) {
    return result(
        objective.label(),
        0,
        0,
        isAboutNodes(objective) ? OptionalLong.of(0) : OptionalLong.empty());
  }

  private static ObjectiveResult result(String name, int tier, long value, OptionalLong bound) {
    return ObjectiveResult.of(name, tier, value, bound);
  }
}
