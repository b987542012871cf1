package io.tangram.solver.greedy;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.tangram.api.plan.Reason;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Gang;
import io.tangram.solver.compile.GangLevel;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.plan.Placement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tells of groups of workloads of which a plan places nobody, since it could not place enough:
 * whether they would have room beside what is held if it didn't matter where. Best-fit looks for
 * that. Not thread-safe.
 */
public final class UnplacedGangs {

  private final ListMultimap<Gang, Unit> members =
      MultimapBuilder.linkedHashKeys().arrayListValues().build();
  private final Set<Gang> placed = new HashSet<>();
  private final SearchBudget budget;
  private final Supplier<GreedySearch> search;
  private final Map<Object, Optional<Integer>> known = new HashMap<>();

  /**
   * Looks at the units of a problem and at those that are placed.
   *
   * @param budget what may be spent; beyond it nothing is said of topology
   */
  public UnplacedGangs(CompiledProblem problem, List<Placement> placements, SearchBudget budget) {
    problem.units().queue().forEach(unit -> unit.gang().ifPresent(gang -> members.put(gang, unit)));
    placements.forEach(each -> each.unit().gang().ifPresent(placed::add));
    this.budget = budget;
    this.search = Suppliers.memoize(() -> GreedySearch.bestFit(problem, budget));
  }

  /** Why a unit stays out that would fit alone, if that is because of its group. */
  public Optional<Reason> reason(Unit unit) {
    return unit.gang().filter(gang -> !placed.contains(gang)).map(gang -> reason(gang, unit));
  }

  private Reason reason(Gang gang, Unit unit) {
    Optional<Integer> mostTogether =
        gang.requiresTopology()
            ? known.computeIfAbsent(
                unit.type().gang().filter(shape -> shape.isCounted()).isPresent()
                    ? unit.type()
                    : gang,
                key -> mostWhereTopologyIsInTheWay(gang))
            : Optional.empty();
    return mostTogether
        .map(most -> unsatisfied(gang, most))
        .orElseGet(
            () -> new Reason.GroupUnplaced(gang.id(), gang.minMembers(), members.get(gang).size()));
  }

  /** How many members would be placed, if they are too few and without topology they are not. */
  private Optional<Integer> mostWhereTopologyIsInTheWay(Gang gang) {
    ImmutableList<GangLevel> required =
        gang.levels().stream().filter(GangLevel::required).collect(ImmutableList.toImmutableList());
    int most = tryOut(gang, 1, required);
    return most < gang.minMembers()
            && tryOut(gang, gang.minMembers(), ImmutableList.of()) > 0
            && !budget.isOver()
        ? Optional.of(most)
        : Optional.empty();
  }

  private int tryOut(Gang gang, int least, ImmutableList<GangLevel> levels) {
    return search.get().tryOut(new Gang(gang.id(), least, levels), members.get(gang));
  }

  private static Reason unsatisfied(Gang gang, int most) {
    List<GangLevel> required = gang.levels().stream().filter(GangLevel::required).toList();
    GangLevel first =
        required.stream().filter(GangLevel::isTogether).findFirst().orElse(required.get(0));
    return new Reason.TopologyUnsatisfied(
        gang.id(),
        gang.minMembers(),
        required.stream()
            .map(level -> level.constraint().inWords())
            .collect(Collectors.joining(" and ")),
        first.constraint().level(),
        first.domains().labelled(),
        most);
  }
}
