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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 *
 * Objectives  packing  sum_n used[n]
 *             cost     sum_n price_n used[n]
 *             spread   sum_n square[n] + 2 h_n c[n]
 * </pre>
 *
 * <p>The rows (1) are the secants of the square between neighbouring integers: at integers the
 * largest of them is the square, and between integers the least convex function that is.
 */
final class NodeTerms {

  private final CpModelBuilder model;
  private final ReadNodes nodes;
  private final NodeKinds kinds;
  private final Map<Integer, IntVar> used = new LinkedHashMap<>();
  private final Map<Integer, IntVar> claims = new LinkedHashMap<>();
  private final Map<Integer, IntVar> squares = new LinkedHashMap<>();

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

  /** What a node objective measures; nothing where it is not asked for, and of others. */
  Optional<LinearExpr> objective(Objective objective) {
    LinearExprBuilder sum = LinearExpr.newBuilder();
    switch (objective) {
      case PACKING -> used.values().forEach(sum::add);
      case COST -> used.forEach((kind, count) -> sum.addTerm(count, nodes.price(kind)));
      case SPREAD -> {
        squares.values().forEach(sum::add);
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
      claimsOfNode.merge(node, placement.unit().type().claimsForDevices(), Long::sum);
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
