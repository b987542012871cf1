package io.tangram.solver.search;

import io.tangram.api.AllocationListener;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Improves placements of a part that is too hard to be solved as a whole, a few nodes at a time:
 * everything on these nodes is taken off and, with units that have no place yet, placed anew as
 * well as can be in a short time, while all other nodes stay as they are. Units that take little
 * for what they are worth are tried more often. Where few such neighbourhoods come to anything any
 * more, they grow.
 *
 * <p>Some neighbourhoods, which have no node and no waiting unit in common, are searched side by
 * side; how many doesn't depend on the number of workers.
 *
 * <p>Large neighbourhood search after Shaw (Principles and Practice of Constraint Programming,
 * 1998). Deterministic as long as the deadline doesn't end it.
 */
final class NodeNeighbourhoods {

  private static final int FEW_NODES = 3;
  private static final int FIRST_NODES = 4;
  private static final int MOST_NODES = 27;
  private static final int SIDE_BY_SIDE = 8;
  private static final int UNITS_WITHOUT_PLACE = 60;
  private static final double DETERMINISTIC_SECONDS_PER_NODE = 0.01;

  /** The part of the neighbourhoods of a round that should come to something. */
  private static final double ENOUGH_BETTER = 0.25;

  private final Formulation formulation;
  private final Part part;
  private final UnitAppeal appeal;
  private final NodeCut cut;
  private final int threads;
  private final int firstNodes;
  private final double deterministicSecondsPerNode;
  private final Random random;

  /** Prepares to improve on placements of a part. */
  NodeNeighbourhoods(
      CompiledProblem problem,
      Formulation formulation,
      AllocationOptions options,
      PlannedPart planned) {
    this(problem, formulation, options, planned, FIRST_NODES, DETERMINISTIC_SECONDS_PER_NODE);
  }

  /** The same with another number of nodes to begin with, and another time for each node. */
  NodeNeighbourhoods(
      CompiledProblem problem,
      Formulation formulation,
      AllocationOptions options,
      PlannedPart planned,
      int firstNodes,
      double deterministicSecondsPerNode) {
    this.formulation = formulation;
    this.part = planned.part();
    this.cut = new NodeCut(problem, part);
    this.threads = options.workers();
    this.firstNodes = firstNodes;
    this.deterministicSecondsPerNode = deterministicSecondsPerNode;
    this.random = new Random(options.seed());
    List<Unit> units =
        planned.units().stream()
            .filter(unit -> !unit.type().isCommon())
            .sorted(Comparator.comparingInt(Unit::order))
            .toList();
    NodeLoads loads = new NodeLoads(problem, formulation.candidates(), part);
    this.appeal = new UnitAppeal(loads, units, part, options.admission());
  }

  /** Whether the part has more than a few nodes, each with devices of its own. */
  static boolean suits(CompiledProblem problem, Part part) {
    return part.nodes().cardinality() > FEW_NODES && new NodeCut(problem, part).isClean();
  }

  /**
   * Returns placements that are at least as good.
   *
   * @param asked by which admission and objectives
   * @param enough whether placements are so good that the search may end
   */
  List<Placement> improve(
      List<Placement> start,
      AllocationOptions asked,
      Predicate<List<Placement>> enough,
      Limits limits) {
    AllocationOptions silent =
        ImmutableAllocationOptions.copyOf(asked).withListener(AllocationListener.NONE);
    PlacedUnits placed = new PlacedUnits(start);
    int all = part.nodes().cardinality();
    int nodes = Math.min(all, firstNodes);
    boolean goesOn = true;
    while (goesOn && !limits.areUsedUp()) {
      Round round = new Round(placed, nodes, silent, limits);
      while (!round.isOver() && !limits.areUsedUp()) {
        round.next();
        if (enough.test(placed.placements())) {
          return placed.placements();
        }
      }
      int larger = Math.min(Math.min(all, MOST_NODES), nodes + (nodes + 1) / 2);
      goesOn = round.better > 0 || larger > nodes;
      nodes = round.better < ENOUGH_BETTER * round.tried ? larger : nodes;
    }
    return placed.placements();
  }

  /** Some nodes with what is on them, and units that have no place. */
  private record Neighbourhood(BitSet nodes, List<Placement> before, Set<Unit> waiting) {

    boolean mayTake(Unit unit, PlacedUnits placed, boolean first) {
      return waiting.size() < UNITS_WITHOUT_PLACE
          && unit.common().stream().allMatch(common -> isWithin(common, placed, first))
          && nodes.stream().anyMatch(unit.type()::mayUse);
    }

    /** A common claim without a place may find one in one neighbourhood only. */
    private boolean isWithin(Unit common, PlacedUnits placed, boolean first) {
      return placed.isPlaced(common) ? nodes.get(placed.nodeOf(common)) : first;
    }
  }

  /** One time over all nodes, in random order. */
  private final class Round {

    private final PlacedUnits placed;
    private final List<Unit> appealing;
    private final List<Integer> shuffled = new ArrayList<>(part.nodes().stream().boxed().toList());
    private final int nodes;
    private final AllocationOptions options;
    private final PlacementRanking ranking;
    private final Limits limits;
    private int at;
    private int tried;
    private int better;

    Round(PlacedUnits placed, int nodes, AllocationOptions options, Limits limits) {
      this.placed = placed;
      this.nodes = nodes;
      this.options = options;
      this.ranking = new PlacementRanking(options, formulation.values());
      this.limits = limits;
      this.appealing = appeal.shuffled(random);
      Collections.shuffle(shuffled, random);
    }

    boolean isOver() {
      return at >= shuffled.size();
    }

    /** Searches the next few neighbourhoods. */
    void next() {
      List<Neighbourhood> some = new ArrayList<>();
      while (some.size() < SIDE_BY_SIDE && !isOver()) {
        BitSet few = new BitSet();
        // The last one is filled up with the nodes of the first, and so searched by itself.
        boolean overlaps = at + nodes > shuffled.size();
        if (overlaps && !some.isEmpty()) {
          break;
        }
        IntStream.range(at, at + nodes).forEach(i -> few.set(shuffled.get(i % shuffled.size())));
        some.add(new Neighbourhood(few, placed.on(few), new LinkedHashSet<>()));
        at += nodes;
      }
      deal(some);
      List<Supplier<List<Placement>>> searches = new ArrayList<>();
      for (Neighbourhood each : some) {
        Limits step = limits.step(1, deterministicSecondsPerNode * nodes);
        searches.add(() -> searched(each, step));
      }
      List<List<Placement>> found = SideBySide.run(threads, searches);
      for (int i = 0; i < found.size(); i++) {
        if (ranking.compare(found.get(i), some.get(i).before()) > 0) {
          placed.replace(some.get(i).before(), found.get(i));
          better++;
        }
      }
      tried += found.size();
    }

    /** Gives each neighbourhood units that have no place and might find one there. */
    private void deal(List<Neighbourhood> some) {
      int next = 0;
      int full = some.size() * UNITS_WITHOUT_PLACE;
      for (Unit unit : appealing) {
        if (full == 0) {
          return;
        }
        for (int i = 0; i < some.size() && !placed.isPlaced(unit); i++) {
          int taker = (next + i) % some.size();
          if (some.get(taker).mayTake(unit, placed, taker == 0)) {
            some.get(taker).waiting().add(unit);
            next = taker + 1;
            full--;
            break;
          }
        }
      }
    }

    /** The best that is found for some nodes; what is there, if that can't be formulated. */
    private List<Placement> searched(Neighbourhood some, Limits limits) {
      Set<Unit> units = new HashSet<>(some.waiting());
      some.before().forEach(placement -> units.add(placement.unit()));
      Demands demands = Demands.of(units);
      Optional<PartModel> model =
          formulation.of(cut.to(some.nodes(), demands), demands, limits.deadline()).model();
      return model
          .<List<Placement>>map(
              each ->
                  new PartSearch(options, each, Optional.empty(), limits)
                      .run(some.before())
                      .placements())
          .orElse(some.before());
    }
  }
}
