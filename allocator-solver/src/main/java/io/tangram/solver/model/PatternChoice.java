package io.tangram.solver.model;

import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.cpsat.CpOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of some known patterns nodes are given.
 *
 * <pre>
 * Sets        d  demands of N_d units;  k  kinds of n_k nodes;  p  known patterns of kind k(p)
 * Parameters  u_pd  units that pattern p serves;  w_pt  claims of tier t that it serves
 * Variables   used[p] in 0..n_k(p)  nodes with pattern p
 *
 * (1)  sum_(p of k) used[p] &lt;= n_k       for each k
 * (2)  sum_p u_pd used[p] &lt;= N_d         for each d
 * (3)  sum_p w_pi used[p] &gt;= G_i         for each tier i that is held
 *
 * Maximise    sum_p w_pt used[p]
 * </pre>
 *
 * <p>What this comes to is a plan, and bounds nothing: there are more patterns.
 */
public final class PatternChoice {

  private final List<Demand> demands;
  private final CpModelBuilder model = new CpModelBuilder("node patterns");
  private final Map<NodePattern, IntVar> used = new LinkedHashMap<>();

  /**
   * Writes (1) and (2).
   *
   * @param nodes the number of nodes of each kind
   */
  public PatternChoice(List<Demand> demands, List<Integer> nodes, Collection<NodePattern> known) {
    this.demands = demands;
    List<LinearExprBuilder> ofKind = builders(nodes.size());
    List<LinearExprBuilder> served = builders(demands.size());
    for (NodePattern pattern : known) {
      IntVar count = model.newIntVar(0, nodes.get(pattern.kind()), "used[" + used.size() + "]");
      used.put(pattern, count);
      ofKind.get(pattern.kind()).add(count);
      for (int d = 0; d < demands.size(); d++) {
        served.get(d).addTerm(count, pattern.units().get(d));
      }
    }
    for (int kind = 0; kind < nodes.size(); kind++) {
      model.addLessOrEqual(ofKind.get(kind), nodes.get(kind));
    }
    for (Demand demand : demands) {
      model.addLessOrEqual(served.get(demand.index()), demand.size());
    }
  }

  private static List<LinearExprBuilder> builders(int size) {
    List<LinearExprBuilder> builders = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      builders.add(LinearExpr.newBuilder());
    }
    return builders;
  }

  /** Makes a choice the hint. */
  public void start(Map<NodePattern, Integer> chosen) {
    used.forEach((pattern, count) -> model.addHint(count, chosen.getOrDefault(pattern, 0)));
  }

  /** (3). */
  public void hold(int tier, long claims) {
    model.addGreaterOrEqual(claims(tier), claims);
  }

  /** Makes the claims of a tier the objective. */
  public void wantMost(int tier) {
    model.maximize(claims(tier));
  }

  private LinearExpr claims(int tier) {
    LinearExprBuilder claims = LinearExpr.newBuilder();
    used.forEach((pattern, count) -> claims.addTerm(count, pattern.claims(demands, tier)));
    return claims.build();
  }

  /** The model. */
  public CpModelBuilder model() {
    return model;
  }

  /** Reads a solution of the model: the patterns chosen, and how many nodes have each. */
  public Map<NodePattern, Integer> read(CpOutcome outcome) {
    Map<NodePattern, Integer> chosen = new LinkedHashMap<>();
    used.forEach(
        (pattern, count) -> {
          int nodes = Math.toIntExact(outcome.value(count));
          if (nodes > 0) {
            chosen.put(pattern, nodes);
          }
        });
    return chosen;
  }
}
