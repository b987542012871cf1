package io.tangram.solver.greedy;

import io.tangram.solver.compile.CompiledProblem;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The places of nodes in the order of their names. */
final class NodeNames {

  private final int[] nodes;
  private final int[] places;

  NodeNames(CompiledProblem problem) {
    this.nodes =
        IntStream.range(0, problem.nodes())
            .boxed()
            .sorted(Comparator.comparing(node -> problem.problem().nodes().get(node).name()))
            .mapToInt(Integer::intValue)
            .toArray();
    this.places = new int[nodes.length];
    for (int place = 0; place < nodes.length; place++) {
      places[nodes[place]] = place;
    }
  }

  /** The number of the node in a place. */
  int node(int place) {
    return nodes[place];
  }

  /** The place of a node. */
  int place(int node) {
    return places[node];
  }
}
