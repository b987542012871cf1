package io.tangram.solver.search;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.greedy.GreedySearch;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.Demand;
import io.tangram.solver.model.Demands;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.NodeSearch;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchGoal;
import io.tangram.solver.nodesearch.SearchOutcome;
import io.tangram.solver.nodesearch.SearchRules;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.Measures;
import io.tangram.solver.symmetry.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Knows the best without a model where that is easy: for units that have no place even alone, and
 * where best-fit admits all units and no plan can be worth more, each unit looked at for itself. A
 * model can take long to come to the same, since it sees no dead end from afar.
 *
 * <p>Looks at small problems only, and not for long; in large ones counting is quick. Objectives
 * that look at nodes need a model of all units in any case. Not thread-safe.
 */
final class Foresight {

  /** What a part is called that needs no model. */
  static final String NAME = "look-ahead";

  private static final long MOST_LOOKS = 1 << 16;
  private static final int MOST_UNITS = 256;
  private static final double DETERMINISTIC_SECONDS = 0.01;

  private final CompiledProblem problem;
  private final AllocationOptions options;
  private final Formulation formulation;
  private final boolean looks;
  private final Supplier<ClusterState> held;
  private final Supplier<List<Placement>> greedy;
  private final SearchBudget budget;

  /**
   * Prepares to look at a problem.
   *
   * @param foresees whether to look at all
   */
  Foresight(
      CompiledProblem problem,
      AllocationOptions options,
      Formulation formulation,
      boolean foresees,
      Deadline deadline) {
    this.problem = problem;
    this.options = options;
    this.formulation = formulation;
    long all = (long) problem.devices().size() * problem.units().types().size();
    this.looks =
        foresees
            && all <= MOST_LOOKS
            && problem.units().queue().size() <= MOST_UNITS
            && !formulation.readsNodes();
    this.budget =
        new SearchBudget(
            deadline,
            OptionalDouble.of(
                Math.min(
                    DETERMINISTIC_SECONDS,
                    options.deterministicLimit().orElse(DETERMINISTIC_SECONDS))));
    this.held = Suppliers.memoize(() -> new ClusterState(problem));
    this.greedy =
        Suppliers.memoize(() -> GreedySearch.bestFit(problem, options, budget).placements());
  }

  // Units without a place.

  /**
   * Returns the types of a part of which it is certain that no unit can be placed, with those of
   * common claims that nobody else needs.
   */
  Set<UnitType> hopeless(Part part) {
    if (!looks) {
      return ImmutableSet.of();
    }
    Set<UnitType> nowhere =
        part.types().stream().filter(type -> !mayFit(type)).collect(Collectors.toSet());
    if (nowhere.isEmpty()) {
      return nowhere;
    }
    Set<UnitType> others = new HashSet<>();
    for (UnitType type : part.types()) {
      if (!type.isCommon()
          && !nowhere.contains(type)
          && type.common().stream().noneMatch(nowhere::contains)) {
        others.add(type);
        others.addAll(type.common());
      }
    }
    return Sets.difference(ImmutableSet.copyOf(part.types()), others);
  }

  /** Whether a unit may have a place beside what is held; its common claims may be elsewhere. */
  private boolean mayFit(UnitType type) {
    SearchGoal goal = SearchGoal.of(type.claims());
    return nodes(type)
        .anyMatch(node -> !(searchOn(node, goal).run(budget) instanceof SearchOutcome.None));
  }

  private IntStream nodes(UnitType type) {
    return IntStream.range(0, problem.nodes()).filter(type::mayUse);
  }

  private NodeSearch searchOn(int node, SearchGoal goal) {
    return new NodeSearch(problem, held.get(), goal, node, SearchRules.PLAIN);
  }

  /** Returns the solution for demands of which nothing can be placed. */
  PartSolution nothing(Demands demands) {
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    demands.tiers().forEach(tier -> results.add(result(ObjectiveResult.ADMISSION, tier, 0, 0)));
    options.objectives().forEach(objective -> results.add(result(objective.label(), 0, 0, 0)));
    return new PartSolution(ImmutableList.of(), results.build());
  }

  private static ObjectiveResult result(String name, int tier, long value, long bound) {
    return ObjectiveResult.of(name, tier, value, OptionalLong.of(bound));
  }

  // Units that all have the best place.

  /** Returns what best-fit finds for demands, if it is certain that nothing is better. */
  Optional<PartSolution> best(Demands demands) {
    if (!looks || demands.units().isEmpty()) {
      return Optional.empty();
    }
    Set<Unit> units = demands.allUnits().collect(Collectors.toSet());
    ImmutableList<Placement> placements =
        greedy.get().stream()
            .filter(placement -> units.contains(placement.unit()))
            .collect(ImmutableList.toImmutableList());
    if (placements.size() < units.size()) {
      return Optional.empty();
    }
    ImmutableList.Builder<ObjectiveResult> results = ImmutableList.builder();
    for (ObjectiveResult admission : formulation.values().admission(placements)) {
      int tier = admission.tier();
      if (demands.tiers().contains(tier)) {
        long most = mostAdmitted(demands, tier);
        results.add(result(admission.name(), tier, admission.value(), most));
      }
    }
    for (Objective objective : options.objectives()) {
      long value = formulation.values().value(objective, placements);
      results.add(result(objective.label(), 0, value, limit(objective, value, demands)));
    }
    PartSolution found = new PartSolution(placements, results.build());
    return found.isDone(0) ? Optional.of(found) : Optional.empty();
  }

  private long mostAdmitted(Demands demands, int tier) {
    if (options.admission() != Admission.MOST_DEVICE_SHARE) {
      return demands.mostClaims(tier);
    }
    Measures measures = formulation.measures();
    return sum(
        demands,
        demand ->
            demand.priority() == tier
                ? -least(demand.type(), (leaf, device) -> -measures.share(leaf, device))
                : 0);
  }

  /**
   * What no plan can better that admits all demands; spares the effort where a value is as good.
   */
  private long limit(Objective objective, long value, Demands demands) {
    return switch (objective) {
      case PREFERENCE -> {
        long best = sum(demands, demand -> SearchGoal.of(demand.type().claims()).bestScore());
        yield value == best ? best : sum(demands, demand -> mostScore(demand.type()));
      }
      case FIT -> sum(demands, demand -> least(demand.type(), formulation.measures()::size));
      case TOPOLOGY, FRAGMENTATION, PACKING, COST, SPREAD -> 0;
      case BANDWIDTH ->
          sum(demands, demand -> formulation.values().bandwidth().limit(demand.type()));
      case STABILITY ->
          demands
              .allUnits()
              .flatMap(unit -> unit.claims().stream())
              .filter(claim -> options.start().containsKey(claim.id()))
              .count();
    };
  }

  private static long sum(Demands demands, ToLongFunction<Demand> each) {
    return demands.all().stream()
        .mapToLong(demand -> demand.size() * each.applyAsLong(demand))
        .sum();
  }

  private long mostScore(UnitType type) {
    SearchGoal goal = SearchGoal.of(type.claims());
    return nodes(type).mapToLong(node -> searchOn(node, goal).mostScore(budget)).max().orElse(0);
  }

  private long least(UnitType type, ToLongBiFunction<Leaf, Integer> measure) {
    SearchGoal goal = SearchGoal.of(type.claims());
    return nodes(type)
        .mapToObj(node -> searchOn(node, goal).least(measure))
        .flatMapToLong(OptionalLong::stream)
        .min()
        .orElse(0);
  }
}
