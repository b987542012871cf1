package io.tangram.solver.search;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationOptions;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.model.Demands;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.plan.PlacementValues;
import io.tangram.solver.symmetry.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Improves placements under an objective about nodes, a few nodes at a time. One of them is the
 * victim: what is on it is exchanged with what is on the others, so that the objective gets better
 * or, where that can't be, so that less is left on the victim. The least loaded node is the first
 * victim; once it is empty, it is in use no more. For {@link Objective#SPREAD} it is the node with
 * most claims. All units stay admitted, and what comes before the objective is held.
 *
 * <p>Large neighbourhood search after Shaw (Principles and Practice of Constraint Programming,
 * 1998). Deterministic as long as the deadline doesn't end it.
 */
final class NodeExchange {

  private static final int DEVICES_OF_A_NODE = 8;
  private static final int OTHERS = 3;
  private static final int TRIES_WITHOUT_CHANGE = 4;
  private static final double DETERMINISTIC_SECONDS = 0.3;

  private final CompiledProblem problem;
  private final Formulation formulation;
  private final AllocationOptions options;
  private final AllocationOptions before;
  private final Objective objective;
  private final PlacementValues values;
  private final Part part;
  private final NodeCut cut;
  private final Random random;

  /**
   * Prepares for exchanges.
   *
   * @param before the options with the objectives that are settled
   */
  NodeExchange(
      CompiledProblem problem,
      Formulation formulation,
      AllocationOptions options,
      Part part,
      AllocationOptions before) {
    this.problem = problem;
    this.formulation = formulation;
    this.before = before;
    this.objective = options.objectives().get(before.objectives().size());
    this.options =
        ImmutableAllocationOptions.copyOf(options)
            .withObjectives(
                ImmutableList.<Objective>builder()
                    .addAll(before.objectives())
                    .add(objective)
                    .build());
    this.values = formulation.values();
    this.part = part;
    this.cut = new NodeCut(problem, part);
    this.random = new Random(options.seed());
  }

  /** Whether what is placed on a node touches no other. */
  boolean isPossible() {
    return cut.isClean();
  }

  /**
   * Returns placements that are at least as good.
   *
   * @param bound the value beyond which there is nothing, if one is known
   */
  List<Placement> improve(List<Placement> start, OptionalLong bound, Limits limits) {
    Map<Unit, Placement> placed = new LinkedHashMap<>();
    start.forEach(placement -> placed.put(placement.unit(), placement));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int victim : victims(placed)) {
        int unchanged = 0;
        while (unchanged < TRIES_WITHOUT_CHANGE) {
          if (limits.areUsedUp() || isReached(bound, placed)) {
            return List.copyOf(placed.values());
          }
          if (exchange(victim, placed, limits)) {
            changed = true;
            unchanged = 0;
          } else {
            unchanged++;
          }
        }
      }
    }
    return List.copyOf(placed.values());
  }

  private boolean isReached(OptionalLong bound, Map<Unit, Placement> placed) {
    return bound.isPresent()
        && values.value(objective, List.copyOf(placed.values())) == bound.getAsLong();
  }

  /** The nodes whose load makes the objective what it is, the most promising first. */
  private List<Integer> victims(Map<Unit, Placement> placed) {
    Map<Integer, Long> loads = loads(placed.values());
    if (objective != Objective.SPREAD) {
      loads.keySet().removeIf(formulation.nodes().held()::isInUse);
    }
    Comparator<Integer> byLoad = Comparator.comparing(node -> loads.getOrDefault(node, 0L));
    List<Integer> victims = new ArrayList<>(loads.keySet());
    victims.sort(
        (objective == Objective.SPREAD ? byLoad.reversed() : byLoad)
            .thenComparing(Comparator.naturalOrder()));
    return victims;
  }

  private Map<Integer, Long> loads(Iterable<Placement> placements) {
    Map<Integer, Long> loads = new HashMap<>();
    placements.forEach(each -> loads.merge(each.node(), load(each), Long::sum));
    return loads;
  }

  /** What a unit takes of the scarcest thing on its node, in thousandths of a device. */
  private long load(Placement placement) {
    if (objective == Objective.SPREAD) {
      return placement.unit().type().claimsForDevices(placement.node());
    }
    long load = 1 + values.share(placement) / 1000;
    long[] available = problem.resources().available(placement.node());
    for (int i = 0; i < placement.unit().type().resources().length(); i++) {
      double share = (double) placement.unit().type().resources().get(i) / available[i];
      load = Math.max(load, (long) (share * DEVICES_OF_A_NODE * 1000));
    }
    return load;
  }

  /** Whether an exchange made it better; if so, that is in {@code placed} then. */
  private boolean exchange(int victim, Map<Unit, Placement> placed, Limits limits) {
    BitSet few = others(victim, placed);
    few.set(victim);
    List<Placement> here =
        placed.values().stream().filter(placement -> few.get(placement.node())).toList();
    List<Unit> units = here.stream().map(Placement::unit).toList();
    Demands demands = Demands.of(units);
    Optional<PartModel> model =
        formulation.byEachNode(cut.to(few, demands), demands, limits.deadline());
    if (model.isEmpty()) {
      return false;
    }
    Map<Unit, Long> loads = new HashMap<>();
    here.forEach(placement -> loads.put(placement.unit(), load(placement)));
    Goal clearing =
        new Goal(
            "clearing",
            0,
            model.get().on(victim, demand -> loads.getOrDefault(demand.units().get(0), 0L)),
            false,
            false,
            1);
    Map<String, Long> settled = new HashMap<>();
    before.objectives().forEach(each -> settled.put(each.label(), values.value(each, here)));
    return new PartSearch(
            options, model.get(), Optional.empty(), limits.step(1, DETERMINISTIC_SECONDS))
        .goOn(here, settled, OptionalLong.empty(), List.of(clearing))
        .map(PartSolution::placements)
        .filter(after -> isBetter(after, here, victim))
        .map(
            after -> {
              after.forEach(placement -> placed.put(placement.unit(), placement));
              return true;
            })
        .orElse(false);
  }

  private boolean isBetter(List<Placement> after, List<Placement> here, int victim) {
    long value = values.value(objective, after);
    long was = values.value(objective, here);
    long left = loads(after).getOrDefault(victim, 0L);
    return after.size() == here.size()
        && (value < was || (value == was && left < loads(here).getOrDefault(victim, 0L)));
  }

  /** Nodes that have something; where an unused one may be better, one that has nothing too. */
  private BitSet others(int victim, Map<Unit, Placement> placed) {
    BitSet loaded = new BitSet();
    placed.values().forEach(placement -> loaded.set(placement.node()));
    List<Integer> used = new ArrayList<>();
    List<Integer> unused = new ArrayList<>();
    for (int node : part.nodes().stream().filter(each -> each != victim).toArray()) {
      (loaded.get(node) || formulation.nodes().held().isInUse(node) ? used : unused).add(node);
    }
    Collections.shuffle(used, random);
    Collections.shuffle(unused, random);
    BitSet others = new BitSet();
    int spare = objective == Objective.PACKING ? 0 : Math.min(1, unused.size());
    unused.stream().limit(spare).forEach(others::set);
    used.stream().limit(OTHERS - spare).forEach(others::set);
    return others;
  }
}
