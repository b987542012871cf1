package io.tangram.solver.greedy;

import com.google.common.collect.ImmutableList;
import io.tangram.solver.compile.Gang;
import io.tangram.solver.compile.GangLevel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.ToIntFunction;

/**
 * Tries the domains in which a group may be one after the other, for searches that place one member
 * after the other. First it takes what is preferred for required, then less and less of it, what is
 * listed last first. A domain that holds all members is taken; where none does, that with the most,
 * if these are enough. The order of domains is that of their first nodes, or the tightest first.
 */
public final class DomainTrial {

  /** A search that places a group. */
  public interface Search {

    /**
     * Places the members one after the other, those that find no place left out.
     *
     * @param allowed where they may be
     * @param least the number of members that are worth the effort: with fewer, all are to be taken
     *     back, and the search may end early
     * @return how many are placed; at least so many, or none
     */
    int place(Places allowed, int least);

    /** Takes all members back that were placed last. */
    void takeBack();
  }

  /**
   * Where members may be beside those that are placed. Not thread-safe.
   *
   * <p>Needs to be told of each member that is placed.
   */
  public static final class Places implements IntPredicate {

    private static final Places ANY = new Places(node -> true, ImmutableList.of());

    private final IntPredicate nodes;
    private final ImmutableList<GangLevel> spread;
    private final List<Map<Integer, Integer>> placed = new ArrayList<>();

    private Places(IntPredicate nodes, ImmutableList<GangLevel> spread) {
      this.nodes = nodes;
      this.spread = spread;
      spread.forEach(level -> placed.add(new HashMap<>()));
    }

    /** All nodes, whoever is placed. */
    public static Places any() {
      return ANY;
    }

    /** Whether the next member may be on a node. */
    @Override
    public boolean test(int node) {
      for (int i = 0; i < spread.size(); i++) {
        int domain = spread.get(i).domain(node);
        if (placed.get(i).getOrDefault(domain, 0) >= spread.get(i).room(domain)) {
          return false;
        }
      }
      return nodes.test(node);
    }

    /** Notes that a member is placed. */
    public void add(int node) {
      for (int i = 0; i < spread.size(); i++) {
        placed.get(i).merge(spread.get(i).domain(node), 1, Integer::sum);
      }
    }
  }

  /** A domain of several levels at once, with what is held beside it. */
  private record Cell(BitSet nodes, ImmutableList<GangLevel> held) {

    Places places() {
      return new Places(
          nodes::get,
          held.stream()
              .filter(level -> !level.isTogether())
              .collect(ImmutableList.toImmutableList()));
    }
  }

  private final int nodes;
  private final IntUnaryOperator nodeInPlace;
  private final Map<ImmutableList<GangLevel>, ImmutableList<Cell>> known = new HashMap<>();

  /**
   * Prepares for the groups of a problem.
   *
   * @param nodes how many nodes there are
   * @param nodeInPlace the node in each place of the order
   */
  public DomainTrial(int nodes, IntUnaryOperator nodeInPlace) {
    this.nodes = nodes;
    this.nodeInPlace = nodeInPlace;
  }

  /**
   * Places a group, or nobody of it.
   *
   * @param gang the group
   * @param members how many members there are to be placed
   * @param roominess what makes the domain with the least of it come first, by its nodes
   * @return the most members that were placed at a time, which is no more than can be
   */
  public int place(Gang gang, int members, ToIntFunction<BitSet> roominess, Search search) {
    if (gang.levels().isEmpty()) {
      return search.place(Places.any(), gang.minMembers());
    }
    List<GangLevel> required = gang.levels().stream().filter(GangLevel::required).toList();
    List<GangLevel> preferred = gang.levels().stream().filter(level -> !level.required()).toList();
    for (int kept = preferred.size(); kept > 0; kept--) {
      List<GangLevel> held = new ArrayList<>(required);
      held.addAll(preferred.subList(0, kept));
      for (Cell cell : cells(held, roominess)) {
        if (search.place(cell.places(), members) > 0) {
          return members;
        }
      }
    }
    return placeMost(cells(required, roominess), gang.minMembers(), members, search);
  }

  private static int placeMost(List<Cell> cells, int least, int members, Search search) {
    int most = 0;
    Cell best = null;
    for (Cell cell : cells) {
      int placed = search.place(cell.places(), Math.max(least, most + 1));
      if (placed == members) {
        return placed;
      }
      if (placed > 0) {
        search.takeBack();
        most = placed;
        best = cell;
      }
    }
    return best == null ? 0 : search.place(best.places(), least);
  }

  private List<Cell> cells(List<GangLevel> held, ToIntFunction<BitSet> roominess) {
    List<Cell> cells = known.computeIfAbsent(ImmutableList.copyOf(held), this::cells);
    if (cells.size() <= 1) {
      return cells;
    }
    Map<Cell, Integer> room = new HashMap<>();
    cells.forEach(cell -> room.put(cell, roominess.applyAsInt(cell.nodes())));
    return cells.stream()
        .sorted(Comparator.comparingInt(cell -> room.getOrDefault(cell, 0)))
        .toList();
  }

  private ImmutableList<Cell> cells(ImmutableList<GangLevel> held) {
    Map<List<Integer>, BitSet> cells = new LinkedHashMap<>();
    for (int place = 0; place < nodes; place++) {
      int node = nodeInPlace.applyAsInt(place);
      if (held.stream().allMatch(level -> level.allows(node))) {
        List<Integer> cell =
            held.stream().filter(GangLevel::isTogether).map(level -> level.domain(node)).toList();
        cells.computeIfAbsent(cell, c -> new BitSet()).set(node);
      }
    }
    return cells.values().stream()
        .map(some -> new Cell(some, held))
        .collect(ImmutableList.toImmutableList());
  }
}
