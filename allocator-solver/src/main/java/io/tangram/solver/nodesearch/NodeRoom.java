package io.tangram.solver.nodesearch;

import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;

/** What is left of the resources of nodes while units are placed one after the other. */
public final class NodeRoom {

  private final long[][] left;

  /** Starts with what there is before any unit is placed. */
  public NodeRoom(CompiledProblem problem) {
    left = new long[problem.nodes()][];
    for (int node = 0; node < left.length; node++) {
      left[node] = problem.resources().available(node).clone();
    }
  }

  /** Whether a unit of the type finds enough of everything on the node. */
  public boolean fits(UnitType type, int node) {
    if (!type.mayUse(node)) {
      return false;
    }
    for (int i = 0; i < type.resources().length(); i++) {
      if (type.resources().get(i) > left[node][i]) {
        return false;
      }
    }
    return true;
  }

  /** Takes what a unit of the type needs. */
  public void take(UnitType type, int node) {
    for (int i = 0; i < type.resources().length(); i++) {
      left[node][i] -= type.resources().get(i);
    }
  }
}
