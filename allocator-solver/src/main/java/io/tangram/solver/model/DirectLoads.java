package io.tangram.solver.model;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Ints;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import io.tangram.api.claim.ClaimId;
import io.tangram.solver.compile.ClaimUse;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.cpsat.CpModelBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What devices take of nodes in {@link DirectModel} (R239): a device i that unit u uses takes
 * load_uir of resource r on the node of u, whoever of its users it was allocated with.
 *
 * <pre>
 * Variables   load[u,i,n]  u uses the device on the node; take[i] itself where no other node is
 *                          possible
 *
 * (a) load[u,i,n] &gt;= take[i] + at[u,n] - 1
 * (b) a claim with a part of a node is for one user, of which a container references it (R238):
 *     sum_u in[u] + (U - 1) take[i] &lt;= U over the U users, take[i] + in[u] &lt;= 1 for others;
 *     sum_u in[u] &lt;= 1 over the users of a held one
 * </pre>
 */
final class DirectLoads {

  private final CompiledProblem problem;
  private final CpModelBuilder model;
  private final List<DirectUnit> units;

  /** By node and resource. */
  private final Map<List<Integer>, LinearExprBuilder> terms = new HashMap<>();

  private int loads;

  DirectLoads(CompiledProblem problem, CpModelBuilder model, List<DirectUnit> units) {
    this.problem = problem;
    this.model = model;
    this.units = units;
  }

  /**
   * Adds what devices take.
   *
   * @param claims the common claims by type
   */
  void add(Map<UnitType, DirectUnit> claims) {
    Map<ClaimId, List<Literal>> sole = new LinkedHashMap<>();
    for (DirectUnit unit : units) {
      UnitType type = unit.demand().type();
      type.sole()
          .forEach(claim -> sole.computeIfAbsent(claim, c -> new ArrayList<>()).add(unit.in()));
      if (type.uses().isEmpty()) {
        continue;
      }
      for (DirectUnit.Use use : unit.uses()) {
        add(unit, use, type.uses().get(use.pick().claim()));
      }
      for (int i = 0; i < type.common().size(); i++) {
        DirectUnit claim = claims.get(type.common().get(i));
        if (claim != null) {
          for (DirectUnit.Use use : claim.uses()) {
            add(unit, use, type.uses().get(type.claims().size() + i));
          }
        }
      }
    }
    sole.values().forEach(model::addAtMostOne);
  }

  /** (a), and the second half of (b). */
  private void add(DirectUnit user, DirectUnit.Use use, ClaimUse how) {
    if (!problem.loads().isLoad(use.device())) {
      return;
    }
    if (problem.loads().isPart(use.device()) && !how.mayBePart()) {
      atMostOne(use.taken(), user.in());
    }
    long[] load = problem.loads().of(use.device(), use.amounts().orElseGet(ImmutableMap::of), how);
    Map<Integer, BoolVar> places = places(user, use);
    places.forEach(
        (node, here) -> {
          boolean matters =
              problem.resources().scarce(node).stream().anyMatch(resource -> load[resource] > 0);
          if (matters) {
            Literal loaded =
                places.size() == 1 && use.unit() == user ? use.taken() : both(use.taken(), here);
            problem.resources().scarce(node).stream()
                .filter(resource -> load[resource] > 0)
                .forEach(
                    resource ->
                        terms
                            .computeIfAbsent(
                                List.of(node, resource), key -> LinearExpr.newBuilder())
                            .addTerm(loaded, load[resource]));
          }
        });
  }

  /** Where the user may be while it uses the device: one of its own has to be seen there. */
  private Map<Integer, BoolVar> places(DirectUnit user, DirectUnit.Use use) {
    if (use.unit() != user) {
      return user.at();
    }
    DeviceTable devices = problem.devices();
    int[] seeing = devices.nodesOf(devices.site(use.device()));
    Map<Integer, BoolVar> places = new LinkedHashMap<>();
    user.at()
        .forEach(
            (node, here) -> {
              if (Ints.contains(seeing, node)) {
                places.put(node, here);
              }
            });
    return places;
  }

  private Literal both(Literal taken, Literal here) {
    BoolVar loaded = model.newBoolVar("load[" + loads++ + "]");
    LinearExprBuilder more = LinearExpr.newBuilder();
    more.add(taken).add(here).addTerm(loaded, -1);
    model.addLessOrEqual(more, 1);
    return loaded;
  }

  /** The first half of (b). */
  void requireOneUser(DirectUnit claim, List<DirectUnit> users) {
    for (DirectUnit.Use use : claim.uses()) {
      if (problem.loads().isPart(use.device())) {
        LinearExprBuilder sum = LinearExpr.newBuilder();
        users.forEach(user -> sum.add(user.in()));
        sum.addTerm(use.taken(), users.size() - 1L);
        model.addLessOrEqual(sum, users.size());
      }
    }
  }

  private void atMostOne(Literal one, Literal other) {
    model.addAtMostOne(List.of(one, other));
  }

  /** Adds what devices take of a resource of a node to the sum. */
  void addTo(LinearExprBuilder taken, int node, int resource) {
    LinearExprBuilder more = terms.get(List.of(node, resource));
    if (more != null) {
      taken.add(more);
    }
  }
}
