package io.tangram.solver.search;

import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.model.Demands;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.symmetry.NodeKinds;
import io.tangram.solver.symmetry.Part;
import io.tangram.solver.symmetry.ReadNodes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leaves out nodes that a better plan has no use for: where ten nodes are known to do, the eleventh
 * of nodes that could exchange their names is as good as not there.
 */
final class UsefulNodes {

  private final CompiledProblem compiled;
  private final Formulation formulation;
  private final Part part;
  private final Demands demands;

  UsefulNodes(CompiledProblem compiled, Formulation formulation, Part part, Demands demands) {
    this.compiled = compiled;
    this.formulation = formulation;
    this.part = part;
    this.demands = demands;
  }

  /**
   * Returns the part without such nodes.
   *
   * @param objective the first objective that is about nodes
   * @param value what a known plan is worth under it
   * @param known that plan, whose nodes stay
   */
  Part of(Objective objective, long value, List<Placement> known, Deadline deadline) {
    if (objective == Objective.SPREAD) {
      return part;
    }
    Optional<NodeKinds> twins = formulation.twins(part, deadline);
    if (twins.isEmpty()) {
      return part;
    }
    BitSet useful = new BitSet();
    known.forEach(placement -> useful.set(placement.node()));
    Map<Integer, Long> ofKind = new HashMap<>();
    useful.stream().forEach(node -> ofKind.merge(twins.get().of(node), 1L, Long::sum));
    for (int node = 0; node < compiled.nodes(); node++) {
      int kind = twins.get().of(node);
      boolean isTwin = twins.get().size(kind) > 1;
      if (!useful.get(node)
          && (!isTwin || ofKind.getOrDefault(kind, 0L) < most(objective, value, kind))) {
        useful.set(node);
        ofKind.merge(kind, 1L, Long::sum);
      }
    }
    return new NodeCut(compiled, part).to(useful, demands);
  }

  /** How many nodes of a kind a plan may take into use that is at least as good. */
  private long most(Objective objective, long value, int kind) {
    ReadNodes nodes = formulation.nodes();
    if (objective == Objective.PACKING) {
      return value;
    }
    return nodes.price(kind) == 0 ? Long.MAX_VALUE : value / nodes.price(kind);
  }
}
