package io.tangram.solver.model;

import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.plan.Objective;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.NodeKinds;
import io.tangram.solver.symmetry.ReadNodes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the node objectives add to a formulation, as far as they are asked for. The formulation ties
 * used[n] to what it places.
 *
 * <pre>
 * Sets        n  kinds of nodes, of m_n nodes each; where claims count, of one node
 * Parameters  h_n      claims held on the node before
 *             price_n  of a node
 * Variables   used[n]  in 0..m_n  nodes taken into use; none for nodes in use before
 *             c[n]     in 0..C_n  claims that get devices on the node
 *             square[n]  c[n]^2
 *
 * (1)  square[n] &gt;= (2k + 1) c[n] - k (k + 1)       for each k in 0..C_n - 1
 * (2)  growth &gt;= F_m + (2m + 1) (c - c_m)            for each m, where it is not known which claims
 *      are on which node: c of them in all; the first c_m raise all nodes to m, and the sum of
 *      squares by F_m
 *
 * Objectives  packing  sum_n used[n]
 *             cost     sum_n price_n used[n]
 *             spread   sum_n square[n] + 2 h_n c[n], or growth
 * </pre>
 *
 * <p>The rows (1) are the secants of the square between neighbouring integers: at integers the
 * largest of them is the square, and between integers the least convex function that is.
 */
final class NodeTerms {

  private static final long MOST_GROWTH = 1L << 40;
  private static final int MOST_LEVELS = 64;

  private final CpModelBuilder model;
  private final ReadNodes nodes;
  private final NodeKinds kinds;
  private final Map<Integer, IntVar> used = new LinkedHashMap<>();
  private final Map<Integer, IntVar> claims = new LinkedHashMap<>();
  private final Map<Integer, IntVar> squares = new LinkedHashMap<>();
  private Optional<IntVar> growth = Optional.empty();

  NodeTerms(CpModelBuilder model, ReadNodes nodes, NodeKinds kinds) {
    this.model = model;
    this.nodes = nodes;
    this.kinds = kinds;
    if (nodes.readsUse()) {
      kinds.all().stream().forEach(this::addUsed);
    }
  }

  private void addUsed(int kind) {
    if (!nodes.held().isInUse(kind)) {
      used.put(kind, model.newIntVar(0, kinds.size(kind), "used[" + kind + "]"));
    }
  }

  /** How many nodes of a kind are taken into use; nothing where nobody minds. */
  Optional<IntVar> used(int kind) {
    return Optional.ofNullable(used.get(kind));
  }

  /** How many nodes there are of a kind. */
  int size(int kind) {
    return kinds.size(kind);
  }

  /** Whether it counts how many claims nodes have. */
  boolean countClaims() {
    return nodes.readsClaims();
  }

  /**
   * Says how many claims get devices on a node, and (1).
   *
   * @param most how many there can be
   */
  void setClaims(int node, LinearArgument sum, long most) {
    IntVar count = model.newIntVar(0, most, "c[" + node + "]");
    IntVar square = model.newIntVar(0, most * most, "square[" + node + "]");
    model.addEquality(sum, count);
    for (long k = 0; k < most; k++) {
      LinearExprBuilder secant = LinearExpr.newBuilder();
      secant.addTerm(square, 1);
      secant.addTerm(count, -(2 * k + 1));
      model.addGreaterOrEqual(secant, -k * (k + 1));
    }
    claims.put(node, count);
    squares.put(node, square);
  }

  /** Says how many claims get devices in all, and (2). */
  void setAllClaims(LinearArgument sum) {
    IntVar least = model.newIntVar(0, MOST_GROWTH, "growth");
    growth = Optional.of(least);
    int[] claimsBefore = IntStream.range(0, kinds.nodes()).map(nodes.held()::claims).toArray();
    int highest = Arrays.stream(claimsBefore).max().orElse(0);
    long raised = 0;
    long cost = 0;
    for (int m = 0; m <= highest + MOST_LEVELS; m++) {
      LinearExprBuilder row = LinearExpr.newBuilder();
      row.addTerm(least, 1);
      row.addTerm(sum, -(2L * m + 1));
      model.addGreaterOrEqual(row, cost - (2L * m + 1) * raised);
      int level = m;
      long lower = Arrays.stream(claimsBefore).filter(claims -> claims <= level).count();
      raised += lower;
      cost += (2L * m + 1) * lower;
    }
  }

  /** What a node objective measures; nothing where it is not asked for, and of others. */
  Optional<LinearExpr> objective(Objective objective) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    switch (objective) {
      case PACKING -> used.values().forEach(sum::add);
      case COST -> used.forEach((kind, count) -> sum.addTerm(count, nodes.price(kind)));
      case SPREAD -> {
        squares.values().forEach(sum::add);
        growth.ifPresent(sum::add);
        claims.forEach((node, count) -> sum.addTerm(count, 2L * nodes.held().claims(node)));
      }
      default -> {
        return Optional.empty();
      }
    }
    boolean read = objective == Objective.SPREAD ? nodes.readsClaims() : nodes.readsUse();
    return read ? Optional.of(sum.build()) : Optional.empty();
  }

  /** Hints at the nodes of placements. */
  void hint(List<Placement> placements) {
    Map<Integer, Set<Integer>> nodesOfKind = new LinkedHashMap<>();
    Map<Integer, Long> claimsOfNode = new LinkedHashMap<>();
    for (Placement placement : placements) {
      int node = placement.node();
      if (placement.unit().type().takesNode()) {
        nodesOfKind.computeIfAbsent(kinds.of(node), kind -> new HashSet<>()).add(node);
      }
      claimsOfNode.merge(node, placement.unit().type().claimsForDevices(node), Long::sum);
    }
    used.forEach(
        (kind, count) -> model.addHint(count, nodesOfKind.getOrDefault(kind, Set.of()).size()));
    claims.forEach((node, count) -> model.addHint(count, claimsOfNode.getOrDefault(node, 0L)));
    squares.forEach(
        (node, square) -> {
          long count = claimsOfNode.getOrDefault(node, 0L);
          model.addHint(square, count * count);
        });
  }
}
