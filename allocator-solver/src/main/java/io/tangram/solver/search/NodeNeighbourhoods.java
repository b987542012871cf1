package io.tangram.solver.search;

import io.tangram.api.AllocationOptions;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.model.Demands;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.Part;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Improves placements of a part that is too hard to be solved as a whole, a few nodes at a time:
 * everything on these nodes is taken off and, with units that have no place yet, placed anew as
 * well as can be for admission, while all other nodes stay as they are. Ends when several rounds
 * over all nodes changed nothing, or with the deadline.
 *
 * <p>Large neighbourhood search after Shaw (Principles and Practice of Constraint Programming,
 * 1998). Deterministic as long as the deadline doesn't end it.
 */
final class NodeNeighbourhoods {

  private static final int NODES_AT_A_TIME = 3;
  private static final int UNITS_WITHOUT_PLACE = 60;
  private static final int ROUNDS_WITHOUT_CHANGE = 2;
  private static final double DETERMINISTIC_SECONDS = 0.3;

  private final Formulation formulation;
  private final AllocationOptions options;
  private final PlacementRanking ranking;
  private final Part part;
  private final List<Unit> units;
  private final NodeCut cut;
  private final Random random;

  NodeNeighbourhoods(
      CompiledProblem problem,
      Formulation formulation,
      AllocationOptions options,
      PlannedPart planned) {
    this.formulation = formulation;
    this.options = ImmutableAllocationOptions.copyOf(options).withObjectives();
    this.ranking = new PlacementRanking(this.options, formulation.values());
    this.part = planned.part();
    this.units =
        planned.units().stream()
            .filter(unit -> !unit.type().isCommon())
            .sorted(Comparator.comparingInt(Unit::order))
            .toList();
    this.cut = new NodeCut(problem, part);
    this.random = new Random(options.seed());
  }

  /** Whether the part has more than a few nodes, each with devices of its own. */
  static boolean suits(CompiledProblem problem, Part part) {
    return part.nodes().cardinality() > NODES_AT_A_TIME && new NodeCut(problem, part).isClean();
  }

  /** Returns placements that are at least as good. */
  List<Placement> improve(List<Placement> start, Limits limits) {
    Map<Unit, Placement> placed = new LinkedHashMap<>();
    start.forEach(placement -> placed.put(placement.unit(), placement));
    int unchanged = 0;
    while (unchanged < ROUNDS_WITHOUT_CHANGE && placed.size() < units.size()) {
      boolean changed = false;
      List<Integer> nodes = new ArrayList<>(part.nodes().stream().boxed().toList());
      Collections.shuffle(nodes, random);
      for (int at = 0; at < nodes.size(); at += NODES_AT_A_TIME) {
        if (limits.areUsedUp()) {
          return List.copyOf(placed.values());
        }
        BitSet few = new BitSet();
        IntStream.range(at, at + NODES_AT_A_TIME)
            .forEach(i -> few.set(nodes.get(i % nodes.size())));
        changed |= placeAnew(few, placed, limits);
      }
      unchanged = changed ? 0 : unchanged + 1;
    }
    return List.copyOf(placed.values());
  }

  /** Whether there is something better for these nodes; if so, it is in {@code placed} then. */
  private boolean placeAnew(BitSet nodes, Map<Unit, Placement> placed, Limits limits) {
    List<Placement> before =
        placed.values().stream().filter(placement -> nodes.get(placement.node())).toList();
    Set<Unit> free = free(before, placed);
    Demands demands = Demands.of(free);
    Part few = cut.to(nodes, demands);
    Optional<PartModel> model = formulation.of(few, demands, limits.deadline()).model();
    if (model.isEmpty()) {
      return false;
    }
    Limits step = limits.step(1, DETERMINISTIC_SECONDS);
    List<Placement> after =
        new PartSearch(options, model.get(), Optional.empty(), step).run(before).placements();
    if (ranking.compare(after, before) <= 0) {
      return false;
    }
    before.forEach(placement -> placed.remove(placement.unit()));
    after.forEach(placement -> placed.put(placement.unit(), placement));
    return true;
  }

  /** The units on the nodes, and some that have no place and could have one there. */
  private Set<Unit> free(List<Placement> here, Map<Unit, Placement> placed) {
    Set<Unit> free = new HashSet<>();
    here.forEach(placement -> free.add(placement.unit()));
    List<Unit> waiting = new ArrayList<>();
    for (Unit unit : units) {
      boolean commonElsewhere =
          unit.common().stream()
              .anyMatch(common -> placed.containsKey(common) && !free.contains(common));
      if (!placed.containsKey(unit) && !commonElsewhere) {
        waiting.add(unit);
      }
    }
    Collections.shuffle(waiting, random);
    waiting.sort(Comparator.comparingInt(Unit::priority).reversed());
    waiting.stream().limit(UNITS_WITHOUT_PLACE).forEach(free::add);
    return free;
  }
}
