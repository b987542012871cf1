package io.tangram.solver.model;

import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.LinkedHashMultiset;
import com.google.common.collect.Multiset;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.tangram.api.claim.Claim;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.cpsat.CpModelBuilder;
import io.tangram.solver.model.DirectUnit.Use;
import io.tangram.solver.plan.EarlierPlan;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many claims keep the devices of an earlier plan, in {@link DirectModel}.
 *
 * <pre>
 * Variables   keep[u,c]  claim c of unit u gets just the devices that it had
 * (1)  keep[u,c] &lt;= take[u,k,i] for each device i that alternative k had
 * (2)  keep[u,c] &lt;= sum_n at[u,n]  over the nodes n that need devices for just these requests
 * Objective   stability  sum_(u,c) keep[u,c]
 * </pre>
 */
final class DirectStability {

  private final CpModelBuilder model;
  private final EarlierPlan earlier;

  DirectStability(CpModelBuilder model, EarlierPlan earlier) {
    this.model = model;
    this.earlier = earlier;
  }

  LinearExpr kept(List<DirectUnit> units) {
    LinearExprBuilder kept = LinearExpr.newBuilder();
    for (DirectUnit unit : units) {
      for (int number = 0; number < unit.unit().claims().size(); number++) {
        Claim claim = unit.unit().claims().get(number);
        ImmutableMultiset<EarlierPlan.Given> had = earlier.given(claim.id());
        int ofClaim = number;
        List<Use> uses = unit.uses().stream().filter(use -> use.pick().claim() == ofClaim).toList();
        Map<Integer, Literal> needed = new LinkedHashMap<>();
        if (earlier.knows(claim.id()) && takes(claim, uses, had, needed)) {
          BoolVar keep = model.newBoolVar("keep[" + claim.id() + "]");
          model.addLessOrEqual(keep, placed(unit, number, requests(needed, uses)));
          needed.values().forEach(literal -> model.addImplication(keep, literal));
          kept.add(keep);
        }
      }
    }
    return kept.build();
  }

  /** Whether some uses together are what the claim had, and nothing more; if so, collects them. */
  private boolean takes(
      Claim claim, List<Use> uses, Multiset<EarlierPlan.Given> had, Map<Integer, Literal> needed) {
    Multiset<EarlierPlan.Given> found = LinkedHashMultiset.create();
    Map<Ways.Pick, Integer> counts = new LinkedHashMap<>();
    for (Use use : uses) {
      EarlierPlan.Given given =
          earlier.given(claim, use.pick().request(), use.pick().alternative(), use.device());
      boolean here = !use.pick().leaf().isAll() || isWhole(use, uses, claim, had);
      if (here && had.contains(given) && found.add(given)) {
        needed.put(use.taken().getIndex(), use.taken());
        counts.merge(use.pick(), 1, Integer::sum);
      }
    }
    return found.equals(had)
        && counts.entrySet().stream()
            .allMatch(
                each ->
                    each.getKey().leaf().isAll()
                        || each.getKey().leaf().count() == each.getValue());
  }

  /** The places of the requests that get the devices. */
  private static BitSet requests(Map<Integer, Literal> devices, List<Use> uses) {
    BitSet requests = new BitSet();
    uses.stream()
        .filter(use -> devices.containsKey(use.taken().getIndex()))
        .forEach(use -> requests.set(use.pick().request()));
    return requests;
  }

  /** (2): whether the unit is where a claim of it needs devices for just these requests. */
  private static LinearExpr placed(DirectUnit unit, int claim, BitSet requests) {
    List<ClaimShape.Line> lines = unit.unit().type().claims().get(claim).requests();
    LinearExprBuilder placed = LinearExpr.newBuilder();
    if (!unit.unit().type().dependsOnNode()) {
      return LinearExpr.term(unit.in(), requests.cardinality() == lines.size() ? 1 : 0);
    }
    unit.at()
        .forEach(
            (node, here) -> {
              boolean isSame =
                  IntStream.range(0, lines.size())
                      .allMatch(i -> lines.get(i).asksOn(node) == requests.get(i));
              if (isSame) {
                placed.add(here);
              }
            });
    return placed.build();
  }

  /** Whether the set that a request in mode All takes with this device is what the claim had. */
  private boolean isWhole(Use use, List<Use> uses, Claim claim, Multiset<EarlierPlan.Given> had) {
    List<EarlierPlan.Given> set =
        uses.stream()
            .filter(other -> other.taken().getIndex() == use.taken().getIndex())
            .map(
                other ->
                    earlier.given(
                        claim, other.pick().request(), other.pick().alternative(), other.device()))
            .toList();
    String request = set.get(0).request();
    return had.containsAll(set)
        && had.stream().filter(given -> given.request().equals(request)).count() == set.size();
  }
}
