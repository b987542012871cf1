package io.tangram.solver.model;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.tangram.api.topology.LinkObjective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.LinkRates;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.model.DirectUnit.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What the devices of claims can send each other, in {@link DirectModel}.
 *
 * <pre>
 * Sets        n  nodes;  i, j  dedicated devices of one node that have links
 * Parameters  rate_ij  in MB/s;  rate_1 &lt; rate_2 &lt; ...  the different rates of a node, rate_0 = 0
 * Variables   has[u,c,i]    sum_k take[u,k,i] over the alternatives of claim c, administration apart
 *             both[u,c,i,j] the claim has both devices
 *             least[u,c,n,l] the slowest pair of the claim on the node has rate_l at least
 *
 * In sum      (1) both[u,c,i,j] &lt;= has[u,c,i], has[u,c,j]
 *             bandwidth  sum_(u,c,i,j) rate_ij both[u,c,i,j]
 * Worst pair  (2) least[u,c,n,l] &lt;= least[u,c,n,l-1];  2 least[u,c,n,1] &lt;= sum_(i of n) has[u,c,i]
 *             (3) least[u,c,n,l] + has[u,c,i] + has[u,c,j] &lt;= 2  where rate_ij &lt; rate_l
 *             bandwidth  sum_(u,c,n,l) (rate_l - rate_(l-1)) least[u,c,n,l]
 * </pre>
 */
final class DirectBandwidth {

  /** How many pairs of devices the model may look at. */
  private static final long MOST_PAIRS = 100_000;

  private final CompiledProblem problem;
  private final CpModelBuilder model;
  private final LinkObjective objective;
  private final LinearExprBuilder bandwidth = LinearExpr.newBuilder();

  DirectBandwidth(CompiledProblem problem, CpModelBuilder model, LinkObjective objective) {
    this.problem = problem;
    this.model = model;
    this.objective = objective;
  }

  /** Returns the objective; nothing if there are too many pairs. */
  Optional<LinearExpr> between(List<DirectUnit> units) {
    List<OnNode> all = new ArrayList<>();
    long pairs = 0;
    for (DirectUnit unit : units) {
      for (int claim = 0; claim < unit.demand().type().claims().size(); claim++) {
        for (OnNode each : onNodes(unit, claim)) {
          pairs += (long) each.has().size() * each.has().size() / 2;
          all.add(each);
        }
      }
    }
    if (pairs > MOST_PAIRS) {
      return Optional.empty();
    }
    for (OnNode each : all) {
      switch (objective) {
        case AGGREGATE -> addPairs(each);
        case WORST_PAIR -> addSlowest(each);
      }
    }
    return Optional.of(bandwidth.build());
  }

  /**
   * The devices of a node that a claim may have.
   *
   * @param name what variables of the claim on the node are called
   * @param rates the rates on the node
   * @param has by place of the device
   */
  private record OnNode(String name, LinkRates.OfNode rates, Map<Integer, LinearExpr> has) {}

  private List<OnNode> onNodes(DirectUnit unit, int claim) {
    Map<Integer, Map<Integer, Map<Integer, Literal>>> takes = new LinkedHashMap<>();
    for (Use use : unit.uses()) {
      int[] nodes = problem.devices().nodesOf(problem.devices().site(use.device()));
      if (use.pick().claim() == claim && !use.isAdmin() && nodes.length == 1) {
        int place = problem.rates().of(nodes[0]).place(use.device());
        if (place >= 0) {
          takes
              .computeIfAbsent(nodes[0], n -> new LinkedHashMap<>())
              .computeIfAbsent(place, p -> new LinkedHashMap<>())
              .put(use.taken().getIndex(), use.taken());
        }
      }
    }
    List<OnNode> onNodes = new ArrayList<>();
    takes.forEach(
        (node, byPlace) -> {
          Map<Integer, LinearExpr> has = new LinkedHashMap<>();
          byPlace.forEach(
              (place, taken) ->
                  has.put(place, LinearExpr.sum(taken.values().toArray(new Literal[0]))));
          if (has.size() > 1) {
            onNodes.add(new OnNode(unit.name("", claim, node), problem.rates().of(node), has));
          }
        });
    return onNodes;
  }

  /** (1). */
  private void addPairs(OnNode here) {
    here.has()
        .forEach(
            (one, hasOne) ->
                here.has()
                    .forEach(
                        (other, hasOther) -> {
                          if (one < other) {
                            BoolVar both =
                                model.newBoolVar("both" + here.name() + one + "," + other);
                            model.addLessOrEqual(both, hasOne);
                            model.addLessOrEqual(both, hasOther);
                            bandwidth.addTerm(both, here.rates().rates()[one][other]);
                          }
                        }));
  }

  /** (2) and (3). */
  private void addSlowest(OnNode here) {
    TreeSet<Long> rates = new TreeSet<>();
    here.has()
        .keySet()
        .forEach(
            one ->
                here.has().keySet().stream()
                    .filter(other -> one < other)
                    .forEach(other -> rates.add(here.rates().rates()[one][other])));
    long before = 0;
    BoolVar slower = null;
    for (long rate : rates) {
      BoolVar least = model.newBoolVar("least" + here.name() + rate);
      if (slower == null) {
        LinearExprBuilder devices = LinearExpr.newBuilder();
        here.has().values().forEach(devices::add);
        model.addLessOrEqual(LinearExpr.term(least, 2), devices);
      } else {
        model.addImplication(least, slower);
        addSlowerPairs(here, rate, least);
      }
      bandwidth.addTerm(least, rate - before);
      before = rate;
      slower = least;
    }
  }

  private void addSlowerPairs(OnNode here, long rate, BoolVar least) {
    here.has()
        .forEach(
            (one, hasOne) ->
                here.has()
                    .forEach(
                        (other, hasOther) -> {
                          if (one < other && here.rates().rates()[one][other] < rate) {
                            LinearExprBuilder sum = LinearExpr.newBuilder();
                            sum.add(least).add(hasOne).add(hasOther);
                            model.addLessOrEqual(sum, 2);
                          }
                        }));
  }
}
