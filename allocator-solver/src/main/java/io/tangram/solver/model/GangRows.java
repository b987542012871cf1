package io.tangram.solver.model;

import com.google.common.collect.ImmutableList;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.solver.compile.GangLevel;
import io.tangram.solver.compile.GangShape;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.plan.Placement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What groups of workloads add to a formulation, which says how many members are on each node.
 *
 * <pre>
 * Sets        g  groups, of at most S_g members of which M_g at least are placed or none
 *             s  {@linkplain GangShape#isCounted counted} shapes: G_s groups of K_s members each
 *             l  levels of a group, each with its domains v, in which r_glv members run already
 *             w  cells of a shape: nodes on which a group of it can be together
 * Parameters  N_l  members that level l allows in one domain
 * Variables   placed[g]    whether members of the group are placed
 *             in[g,l,v]    whether some of them are in the domain, where they are better together
 *             over[g,l,v]  how many of them are too many in the domain, where that is only better
 *             x[s]         in 0..G_s  groups placed of the shape
 *             x[s,w]       in 0..G_s  of them in the cell
 *
 * (1) members placed of g: &lt;= S_g placed[g], each type of them likewise;  &gt;= M_g placed[g]
 * (2) members of g in v &lt;= S_g in[g,l,v];  sum_v in[g,l,v] &lt;= placed[g] where l is required
 * (3) members of g in v &lt;= N_l - r_glv for each v                    where l is required, else
 *     members of g in v &lt;= max(0, N_l - r_glv) + over[g,l,v]
 * (4) members placed of s = K_s x[s];  x[s] = sum_w x[s,w];  members of s in w = K_s x[s,w]
 * (5) members of s in both v and w &lt;= N_l x[s,w]
 *
 * Objective   topology  sum_(g,l) (sum_v in[g,l,v] - placed[g], and where members run in R &gt; 0
 *                       domains, of v without them, + R placed[g]);
 *                       + sum_(g,l,v) (over[g,l,v] + max(0, r_glv - N_l) placed[g])
 * </pre>
 *
 * <p>Counting is exact for (4) and (5): the members in a cell, sorted by the domains of (5) and
 * dealt to its groups in turn, come out with no more than N_l in one domain ({@link GangDealing}).
 * A formulation that doesn't know the nodes of units has (1) and the first of (4) alone.
 */
final class GangRows {

  /**
   * Members that the formulation doesn't tell apart, or one of them.
   *
   * @param demand the demand of all of them, if these are all its units
   * @param units who they are
   * @param admitted how many are placed
   * @param at how many are placed on each node
   */
  record Members(
      Optional<Demand> demand,
      List<Unit> units,
      LinearArgument admitted,
      Map<Integer, ? extends LinearArgument> at) {}

  /**
   * How many groups of a counted shape are in one of its cells.
   *
   * @param demand the members of all these groups, if one demand has them
   * @param nodes the nodes of the cell
   * @param groups x[s,w]
   * @param size how many members each group has
   */
  record Cell(Optional<Demand> demand, Set<Integer> nodes, IntVar groups, int size) {}

  private interface Hint {
    void give(List<Integer> nodes);
  }

  private record Hinted(Set<Unit> units, Hint hint) {}

  private final CpModelBuilder model;
  private final int nodes;
  private final boolean knowsNodes;
  private final LinearExprBuilder missed = LinearExpr.newBuilder();
  private final List<Hinted> hints = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();
  private int number;

  /**
   * Starts without groups.
   *
   * @param nodes how many nodes there are
   * @param knowsNodes whether it is known on which nodes members are
   */
  GangRows(CpModelBuilder model, int nodes, boolean knowsNodes) {
    this.model = model;
    this.nodes = nodes;
    this.knowsNodes = knowsNodes;
  }

  /**
   * Adds the groups of a counted shape, or some of them, or one group of its own.
   *
   * @param members of all of them
   */
  void add(GangShape shape, List<Members> members) {
    number++;
    if (shape.isCounted()) {
      addCounted(shape, members);
    } else {
      addOne(shape, members);
    }
  }

  /** The cells of counted shapes. */
  List<Cell> cells() {
    return cells;
  }

  /** The sum over all groups of what they miss. */
  LinearExpr missed() {
    return missed.build();
  }

  // Counted groups.

  /** (4) and (5). */
  private void addCounted(GangShape shape, List<Members> members) {
    int most = size(members) / shape.minMembers();
    IntVar groups = model.newIntVar(0, most, "x[" + number + "]");
    List<Hint> ofAll = new ArrayList<>();
    ofAll.add(at -> model.addHint(groups, at.size() / shape.minMembers()));
    model.addEquality(admitted(members), LinearExpr.term(groups, shape.minMembers()));
    if (shape.hasTopology() && knowsNodes) {
      LinearExprBuilder inCells = LinearExpr.newBuilder();
      shape
          .cells(nodes)
          .asMap()
          .forEach(
              (cell, some) -> {
                long room = most(sum(members, some).build()) / shape.minMembers();
                IntVar here =
                    model.newIntVar(0, Math.min(most, room), "x[" + number + "," + cell + "]");
                inCells.add(here);
                cells.add(
                    new Cell(members.get(0).demand(), Set.copyOf(some), here, shape.minMembers()));
                ofAll.add(at -> hint(here, at, Set.copyOf(some), shape));
                model.addEquality(sum(members, some), LinearExpr.term(here, shape.minMembers()));
                shape.spread().ifPresent(level -> addSpread(level, members, some, here));
              });
      model.addEquality(inCells, groups);
    }
    hints.add(new Hinted(units(members), at -> ofAll.forEach(hint -> hint.give(at))));
  }

  private void hint(IntVar here, List<Integer> at, Set<Integer> cell, GangShape shape) {
    model.addHint(here, at.stream().filter(cell::contains).count() / shape.minMembers());
  }

  /** (5). */
  private void addSpread(
      GangLevel level, List<Members> members, Iterable<Integer> cell, IntVar here) {
    Map<Integer, List<Integer>> parts = new LinkedHashMap<>();
    cell.forEach(
        node -> parts.computeIfAbsent(level.domain(node), v -> new ArrayList<>()).add(node));
    parts.forEach(
        (domain, some) ->
            model.addLessOrEqual(sum(members, some), LinearExpr.term(here, level.room(domain))));
  }

  // One group.

  /** (1) to (3). */
  private void addOne(GangShape shape, List<Members> members) {
    BoolVar placed = model.newBoolVar("placed[" + number + "]");
    members.forEach(
        some ->
            model.addLessOrEqual(some.admitted(), LinearExpr.term(placed, some.units().size())));
    model.addLessOrEqual(LinearExpr.term(placed, shape.minMembers()), admitted(members));
    List<Hint> ofAll = new ArrayList<>();
    ofAll.add(at -> model.addHint(placed, !at.isEmpty()));
    if (knowsNodes) {
      for (GangLevel level : shape.levels()) {
        Map<Integer, LinearExprBuilder> byDomain = byDomain(level, members);
        if (level.isTogether()) {
          addTogether(level, placed, byDomain, size(members), ofAll);
        } else {
          addAtMost(level, placed, byDomain, size(members), ofAll);
        }
      }
    }
    hints.add(new Hinted(units(members), at -> ofAll.forEach(hint -> hint.give(at))));
  }

  /** (2). */
  private void addTogether(
      GangLevel level,
      BoolVar placed,
      Map<Integer, LinearExprBuilder> byDomain,
      int size,
      List<Hint> hints) {
    LinearExprBuilder used = LinearExpr.newBuilder();
    byDomain.forEach(
        (domain, some) -> {
          if (level.required() || !level.running().containsKey(domain)) {
            BoolVar in = model.newBoolVar("in[" + number + "," + domain + "]");
            used.add(in);
            hints.add(
                at -> model.addHint(in, at.stream().anyMatch(n -> level.domain(n) == domain)));
            model.addLessOrEqual(some, LinearExpr.term(in, size));
          }
        });
    if (level.required()) {
      model.addLessOrEqual(used, placed);
    } else {
      missed.add(used);
      missed.addTerm(placed, level.running().size() - 1L);
    }
  }

  /** (3). */
  private void addAtMost(
      GangLevel level,
      BoolVar placed,
      Map<Integer, LinearExprBuilder> byDomain,
      int size,
      List<Hint> hints) {
    byDomain.forEach(
        (domain, some) -> {
          int room = Math.max(0, level.room(domain));
          if (level.required()) {
            model.addLessOrEqual(some, room);
          } else if (room < size) {
            IntVar over = model.newIntVar(0, size, "over[" + number + "," + domain + "]");
            hints.add(
                at ->
                    model.addHint(
                        over,
                        Math.max(
                            0, at.stream().filter(n -> level.domain(n) == domain).count() - room)));
            model.addLessOrEqual(some, LinearExpr.newBuilder().add(over).add(room));
            missed.add(over);
          }
        });
    if (!level.required()) {
      missed.addTerm(placed, level.runningBeyond());
    }
  }

  private static Map<Integer, LinearExprBuilder> byDomain(GangLevel level, List<Members> members) {
    Map<Integer, LinearExprBuilder> byDomain = new LinkedHashMap<>();
    for (Members some : members) {
      for (Entry<Integer, ? extends LinearArgument> here : some.at().entrySet()) {
        byDomain
            .computeIfAbsent(level.domain(here.getKey()), v -> LinearExpr.newBuilder())
            .add(here.getValue());
      }
    }
    return byDomain;
  }

  // Sums and hints.

  private long most(LinearExpr sum) {
    long most = 0;
    for (int i = 0; i < sum.numElements(); i++) {
      most += model.max(sum.getVariableIndex(i));
    }
    return most;
  }

  private static LinearExprBuilder admitted(List<Members> members) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    members.forEach(some -> sum.add(some.admitted()));
    return sum;
  }

  private static LinearExprBuilder sum(List<Members> members, Iterable<Integer> nodes) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    for (Members some : members) {
      for (int node : nodes) {
        LinearArgument here = some.at().get(node);
        if (here != null) {
          sum.add(here);
        }
      }
    }
    return sum;
  }

  private static int size(List<Members> members) {
    return members.stream().mapToInt(some -> some.units().size()).sum();
  }

  private static Set<Unit> units(List<Members> members) {
    return members.stream().flatMap(some -> some.units().stream()).collect(Collectors.toSet());
  }

  /** Hints at placements; in place of units that are like theirs, they may be of others. */
  void hint(List<Placement> placements) {
    if (hints.isEmpty()) {
      return;
    }
    Map<Unit, Integer> nodeOf = new HashMap<>();
    placements.forEach(placement -> nodeOf.put(placement.unit(), placement.node()));
    for (Hinted each : hints) {
      each.hint()
          .give(
              each.units().stream()
                  .filter(nodeOf::containsKey)
                  .map(nodeOf::get)
                  .collect(ImmutableList.toImmutableList()));
    }
  }
}
