package io.tangram.solver.search;

import io.tangram.api.AllocationListener;
import io.tangram.api.AllocationOptions;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.model.PartModel;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Places a {@link PooledChoice} on nodes. {@link FairFilling} fills them all; then, as long as
 * units are left over, it fills some of them again together with these: those with most room, which
 * so comes together on the last of them, and a few others. It goes on from there unless that is
 * much lighter than the heaviest packing so far.
 *
 * <p>Ruin and recreate (Schrimpf, Schneider, Stamm-Wilbrandt and Dueck, Journal of Computational
 * Physics 159, 2000) with record-to-record travel (Dueck, Journal of Computational Physics 104,
 * 1993). Deterministic as long as the deadline doesn't end it.
 */
final class NodePacking {

  private static final int ROUNDS_WITHOUT_GAIN = 60;

  /** How much lighter than the record a packing may be to go on from, in average units. */
  private static final double TOLERATED_LOSS = 0.3;

  private static final int LEAST_WITH_ROOM = 3;
  private static final int MORE_WITH_ROOM = 3;
  private static final int LEAST_OTHERS = 1;
  private static final int MORE_OTHERS = 4;

  private final PooledChoice choice;
  private final List<Integer> nodes;
  private final FairFilling filling;
  private final PlacementRanking ranking;
  private final Tightness tightness;
  private final Limits limits;
  private final Random random;

  private NodePacking(
      PooledChoice choice,
      NodeLoads loads,
      List<Integer> nodes,
      FairFilling filling,
      PlacementRanking ranking,
      Limits limits,
      long seed) {
    this.choice = choice;
    this.nodes = nodes;
    this.filling = filling;
    this.ranking = ranking;
    this.tightness = Tightness.of(loads, choice.units(), nodes);
    this.limits = limits;
    this.random = new Random(seed);
  }

  /**
   * Prepares to pack a part, on each node of which all devices are its own.
   *
   * @param options what to go by in choosing what to pack
   * @return the packing; absent if the part can't be counted, or if limits are too short to choose
   */
  static Optional<NodePacking> of(
      CompiledProblem problem, AllocationOptions options, PlannedPart planned, Limits limits) {
    Part part = planned.part();
    Optional<PartModel> pool =
        new Formulation(problem, options).relaxed(part, planned.demands(), limits.deadline());
    AllocationOptions admission =
        ImmutableAllocationOptions.copyOf(options)
            .withObjectives()
            .withListener(AllocationListener.NONE); // what a node comes to is no better plan
    Formulation formulation = new Formulation(problem, admission);
    NodeLoads loads = new NodeLoads(problem, formulation.candidates(), part);
    List<Integer> nodes = part.nodes().stream().boxed().toList();
    NodeCut cut = new NodeCut(problem, part);
    return pool.flatMap(one -> PooledChoice.of(options, one, loads, limits))
        .map(
            choice ->
                new NodePacking(
                    choice,
                    loads,
                    nodes,
                    new FairFilling(formulation, admission, loads, cut, limits),
                    new PlacementRanking(admission, formulation.values()),
                    limits,
                    options.seed()));
  }

  /** Whether placements are as good for admission as the choice. */
  boolean isDone(List<Placement> placed) {
    return choice.isReachedBy(placed);
  }

  /** Places all of the choice, or as much of it as it comes to. */
  List<Placement> place() {
    List<Placement> placed = filling.place(choice.units(), pickiestFirst(nodes));
    List<Placement> best = placed;
    double record = tightness.weight(placed);
    double tolerated = TOLERATED_LOSS * record / Math.max(1, placed.size());
    int withoutGain = 0;
    while (withoutGain < ROUNDS_WITHOUT_GAIN && !limits.areUsedUp() && !isDone(best)) {
      List<Placement> again = refill(placed);
      double weight = tightness.weight(again);
      if (weight > record - tolerated) {
        placed = again;
      }
      record = Math.max(record, weight);
      if (ranking.compare(again, best) > 0) {
        best = again;
        withoutGain = 0;
      } else {
        withoutGain++;
      }
    }
    return best;
  }

  private List<Placement> refill(List<Placement> placed) {
    List<Integer> open = toOpen(placed);
    Set<Integer> isOpen = new HashSet<>(open);
    Set<Unit> free = new LinkedHashSet<>(choice.units());
    List<Placement> refilled = new ArrayList<>();
    for (Placement placement : placed) {
      if (!isOpen.contains(placement.node())) {
        free.remove(placement.unit());
        refilled.add(placement);
      }
    }
    free.removeIf(
        unit ->
            sharesClaim(unit, refilled)
                || open.stream().noneMatch(node -> unit.type().mayUse(node)));
    refilled.addAll(filling.place(free, open));
    return refilled;
  }

  private static boolean sharesClaim(Unit unit, Collection<Placement> placed) {
    return !unit.common().isEmpty()
        && placed.stream().anyMatch(placement -> unit.common().contains(placement.unit()));
  }

  /** Nodes to be filled again. */
  private List<Integer> toOpen(List<Placement> placed) {
    Map<Integer, Double> room = new HashMap<>();
    nodes.forEach(node -> room.put(node, tightness.capacity(node)));
    for (Placement placement : placed) {
      room.merge(placement.node(), -tightness.weight(placement.unit().type()), Double::sum);
    }
    List<Integer> roomiestFirst = new ArrayList<>(nodes);
    Collections.shuffle(roomiestFirst, random);
    roomiestFirst.sort(Comparator.comparingDouble(node -> -room.getOrDefault(node, 0.0)));
    int withRoom = Math.min(nodes.size(), LEAST_WITH_ROOM + random.nextInt(MORE_WITH_ROOM));
    List<Integer> open = new ArrayList<>(roomiestFirst.subList(0, withRoom));
    List<Integer> others = new ArrayList<>(roomiestFirst.subList(withRoom, nodes.size()));
    Collections.shuffle(others, random);
    int more = Math.min(others.size(), LEAST_OTHERS + random.nextInt(MORE_OTHERS));
    open.addAll(others.subList(0, more));
    return pickiestFirst(open);
  }

  /** Nodes that few units may use come first, in random order otherwise. */
  private List<Integer> pickiestFirst(Collection<Integer> some) {
    Map<Integer, Long> units = new HashMap<>();
    for (int node : some) {
      units.put(node, choice.units().stream().filter(unit -> unit.type().mayUse(node)).count());
    }
    List<Integer> ordered = new ArrayList<>(some);
    Collections.shuffle(ordered, random);
    ordered.sort(Comparator.comparingLong(node -> units.getOrDefault(node, 0L)));
    return ordered;
  }
}
