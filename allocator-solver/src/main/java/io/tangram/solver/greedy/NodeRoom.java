package io.tangram.solver.greedy;

import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.UnitType;

/** What is left of the resources of nodes while units are placed one after the other. */
final class NodeRoom {

  private final long[][] left;

  NodeRoom(CompiledProblem problem) {
    left = new long[problem.nodes()][];
    for (int node = 0; node < left.length; node++) {
      left[node] = problem.resources().available(node).clone();
    }
  }

  /** Whether a unit of the type finds enough of everything on the node. */
  boolean fits(UnitType type, int node) {
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
  void take(UnitType type, int node) {
    for (int i = 0; i < type.resources().length(); i++) {
      left[node][i] -= type.resources().get(i);
    }
  }
}
