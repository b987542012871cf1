package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.EarlierPlacements;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What searches of a part are made of, whichever way they go: placements to start from, better ones
 * on a few nodes at a time, and searches of the part's model. Thread-safe.
 */
final class PartSteps {

  private static final double SHARE_OF_FIRST_SEARCH = 0.3;
  private static final double SECONDS_OF_FIRST_SEARCH = 1;
  private static final double SECONDS_OF_ONE_NODE = 0.05;
  private static final double SHARE_OF_ADMISSION = 0.6;
  private static final double SHARE_OF_PRICING = 0.4;
  private static final double SHARE_OF_OBJECTIVES = 0.6;

  private final CompiledProblem compiled;
  private final Formulation formulation;
  private final AllocationOptions options;
  private final PlacementRanking ranking;
  private final EarlierPlacements earlier;
  private final FirstFitBeside firstFit;

  /**
   * Prepares the steps.
   *
   * @param options what is asked of each part
   * @param firstFit finds what there is at least
   */
  PartSteps(
      CompiledProblem compiled,
      Formulation formulation,
      AllocationOptions options,
      FirstFitBeside firstFit) {
    this.compiled = compiled;
    this.formulation = formulation;
    this.options = options;
    this.ranking = new PlacementRanking(options, formulation.values());
    this.earlier = new EarlierPlacements(compiled, options.start());
    this.firstFit = firstFit;
  }

  /** The problem that the parts are of. */
  CompiledProblem problem() {
    return compiled;
  }

  /** What is asked of each part. */
  AllocationOptions options() {
    return options;
  }

  /** How placements of a part compare. */
  PlacementRanking ranking() {
    return ranking;
  }

  /** What placements are worth. */
  PlacementValues values() {
    return formulation.values();
  }

  /** What first-fit finds for all parts. */
  GreedyStart greedy() {
    return new GreedyStart(options, ranking, firstFit.placements());
  }

  /** What an earlier plan gave, whether or not that is a solution today. */
  List<Placement> given(PlannedPart part) {
    return earlier.of(part.units());
  }

  /** What an earlier plan gave, if all of that is a solution today, else nothing. */
  List<Placement> stillLegal(PlannedPart part) {
    List<Placement> given = given(part);
    if (given.isEmpty() || part.model().isEmpty()) {
      return List.of();
    }
    PartModel model = part.model().get();
    model.hint(given);
    return model.model().hintedSolution().map(model::placements).orElse(List.of());
  }

  /** Whether a few nodes of a part can be searched by themselves. */
  boolean hasNeighbourhoods(PlannedPart part) {
    return NodeNeighbourhoods.suits(compiled, part.part());
  }

  /**
   * Placements that are better than those before.
   *
   * @param bounds how many claims can be admitted at most
   */
  record Improved(List<Placement> placements, AdmissionBounds bounds) {}

  /**
   * Prices patterns of nodes where these are of few kinds, and units too; then arranges a few nodes
   * at a time anew, first for admission alone, then for the objectives too.
   *
   * @param admitsMost whether placements admit as much as need be
   */
  Improved improved(
      List<Placement> start,
      PlannedPart part,
      Predicate<List<Placement>> admitsMost,
      Limits limits) {
    NodeNeighbourhoods some = new NodeNeighbourhoods(compiled, formulation, options, part);
    Predicate<List<Placement>> enough = admitsMost.or(placed -> placesAll(placed, part));
    Improved priced =
        enough.test(start)
            ? new Improved(start, AdmissionBounds.NONE)
            : priced(start, part, limits);
    List<Placement> most =
        some.improve(
            priced.placements(),
            ImmutableAllocationOptions.copyOf(options).withObjectives(),
            enough.or(placed -> admitsAsBound(placed, priced.bounds())),
            limits.step(SHARE_OF_ADMISSION, Double.POSITIVE_INFINITY));
    List<Placement> best =
        options.objectives().isEmpty()
            ? most
            : some.improve(
                most,
                options,
                placed -> false,
                limits.step(SHARE_OF_OBJECTIVES, Double.POSITIVE_INFINITY));
    return new Improved(best, priced.bounds());
  }

  /** Whether placements admit as many claims of every tier as there can be. */
  private boolean admitsAsBound(List<Placement> placed, AdmissionBounds bounds) {
    return ranking.values().admission(placed).stream()
        .allMatch(each -> each.value() >= bounds.most(each.tier()));
  }

  private Improved priced(List<Placement> start, PlannedPart part, Limits limits) {
    Limits pricing = limits.step(SHARE_OF_PRICING, Double.POSITIVE_INFINITY);
    Optional<NodePricing.Priced> found =
        NodePricing.of(compiled, formulation, options, part, pricing)
            .map(each -> each.improve(start));
    return found
        .map(
            each ->
                new Improved(
                    ranking.compare(each.placements(), start) > 0 ? each.placements() : start,
                    each.bounds()))
        .orElse(new Improved(start, AdmissionBounds.NONE));
  }

  /**
   * Arranges one node at a time anew, then a few together, until claims have the bandwidth that is
   * best for each by itself.
   */
  List<Placement> joinedBetter(List<Placement> start, PlannedPart part, Limits limits) {
    long most =
        start.stream()
            .mapToLong(placement -> values().bandwidth().limit(placement.unit().type()))
            .sum();
    return new NodeNeighbourhoods(compiled, formulation, options, part, 1, SECONDS_OF_ONE_NODE)
        .improve(
            start,
            options,
            placements -> values().value(Objective.BANDWIDTH, placements) >= most,
            limits.step(SHARE_OF_OBJECTIVES, Double.POSITIVE_INFINITY));
  }

  private static boolean placesAll(List<Placement> placed, PlannedPart part) {
    return placed.stream().filter(each -> !each.unit().type().isCommon()).count()
        == part.demands().units().stream().mapToLong(each -> each.units().size()).sum();
  }

  /** A first search; none where there is no hope that it comes to an end. */
  Optional<PartSolution> searchBriefly(PlannedPart part, List<Placement> start, Limits limits) {
    return part.model()
        .filter(model -> !part.isLarge())
        .map(
            model -> {
              Limits first = limits.step(SHARE_OF_FIRST_SEARCH, SECONDS_OF_FIRST_SEARCH);
              return new PartSearch(options, model, Optional.empty(), first).run(start);
            });
  }

  /**
   * Searches the whole part from what is known, or from what first-fit finds if that is better.
   *
   * @param found what a search found before
   */
  PartSolution searchFrom(
      List<Placement> known, PlannedPart part, PartSolution found, Limits limits) {
    GreedyStart first = greedy();
    List<Placement> greedy = first.of(part.units());
    List<Placement> start = ranking.compare(greedy, known) > 0 ? greedy : known;
    PartSolution best = first.orBetter(found, start);
    if (part.model().isEmpty()) {
      return best;
    }
    Optional<PartModel> relaxation =
        formulation.easier(part.part(), part.demands(), limits.deadline());
    PartSolution last = new PartSearch(options, part.model().get(), relaxation, limits).run(start);
    return first.orBetter(last, best.placements());
  }
}
