package io.tangram.solver.symmetry;

import com.google.common.primitives.ImmutableLongArray;
import io.tangram.api.AllocationOptions;
import io.tangram.api.plan.Objective;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.HeldNodes;

/**
 * What the objectives in force read of nodes: packing and cost whether they are in use, spread how
 * many claims they have.
 *
 * @param held what they have before the plan
 * @param prices their prices by number, in millionths; 0 where cost is no objective
 * @param readsUse whether it counts which nodes are in use
 * @param readsClaims whether it counts how many claims a node has
 */
public record ReadNodes(
    HeldNodes held, ImmutableLongArray prices, boolean readsUse, boolean readsClaims) {

  /** Returns what the objectives of the options read. */
  public static ReadNodes of(CompiledProblem problem, AllocationOptions options) {
    boolean priced = options.objectives().contains(Objective.COST);
    ImmutableLongArray.Builder prices = ImmutableLongArray.builder(problem.nodes());
    problem
        .problem()
        .nodes()
        .forEach(node -> prices.add(priced ? options.prices().getOrDefault(node.name(), 0L) : 0));
    return new ReadNodes(
        problem.heldNodes(),
        prices.build(),
        priced || options.objectives().contains(Objective.PACKING),
        options.objectives().contains(Objective.SPREAD));
  }

  /** The same nodes for objectives that read nothing of them. */
  public ReadNodes unread() {
    return new ReadNodes(held, prices, false, false);
  }

  /** Whether an objective reads anything of nodes. */
  public boolean areRead() {
    return readsUse || readsClaims;
  }

  /** What the node costs if the plan takes it into use, in millionths. */
  public long price(int node) {
    return prices.get(node);
  }
}
