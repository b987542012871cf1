package io.tangram.solver.model;

import com.google.common.primitives.Ints;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import io.tangram.api.claim.Claim;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.cpsat.CpModelBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ties a common claim c to the workloads w that reference it: it is placed on the node of one of
 * them, and the others where all its devices can be used.
 *
 * <pre>
 * (1) at[c,n] &lt;= sum_w at[w,n]
 * (2) at[w,n] &lt;= in[c]
 * (3) M at[w,n] + sum_(i not usable on n) take[c,i] &lt;= M + M at[c,n]      M = 32 devices (R204)
 * </pre>
 *
 * <p>A device that ties its result to a node is usable on no other (R182).
 */
final class CommonPlacement {

  private final CompiledProblem problem;
  private final CpModelBuilder model;
  private final DirectUnit claim;

  CommonPlacement(CompiledProblem problem, CpModelBuilder model, DirectUnit claim) {
    this.problem = problem;
    this.model = model;
    this.claim = claim;
  }

  void tieTo(List<DirectUnit> workloads) {
    Map<Integer, LinearExprBuilder> users = new LinkedHashMap<>();
    for (DirectUnit workload : workloads) {
      workload
          .at()
          .forEach(
              (node, here) -> {
                users.computeIfAbsent(node, n -> LinearExpr.newBuilder()).add(here);
                model.addImplication(here, claim.in());
                requireUsable(here, node);
              });
    }
    claim
        .at()
        .forEach(
            (node, here) ->
                model.addLessOrEqual(here, users.getOrDefault(node, LinearExpr.newBuilder())));
  }

  /** (3). */
  private void requireUsable(BoolVar here, int node) {
    LinearExprBuilder elsewhere = LinearExpr.newBuilder();
    elsewhere.addTerm(here, Claim.MAX_DEVICES);
    boolean any = false;
    for (DirectUnit.Use use : claim.uses()) {
      if (!isUsable(use.device(), node)) {
        elsewhere.add(use.taken());
        any = true;
      }
    }
    BoolVar there = claim.at().get(node);
    if (there != null) {
      elsewhere.addTerm(there, -Claim.MAX_DEVICES);
    }
    if (any) {
      model.addLessOrEqual(elsewhere, Claim.MAX_DEVICES);
    }
  }

  private boolean isUsable(int device, int node) {
    DeviceTable devices = problem.devices();
    return !devices.device(device).bindsToNode()
        && Ints.contains(devices.nodesOf(devices.site(device)), node);
  }
}
