package io.tangram.solver.plan;

import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.ClaimUse;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.NodeRoom;
import java.util.List;

/** What is taken of a cluster by what a plan places. */
public final class PlacedState {

  private PlacedState() {}

  /** Returns what is taken by placements and by what is held. */
  public static ClusterState of(CompiledProblem problem, List<Placement> placements) {
    ClusterState state = new ClusterState(problem);
    placements.forEach(placement -> take(problem, placement, state));
    return state;
  }

  /** Takes what a placement takes, of devices and of its node. */
  static void take(CompiledProblem problem, Placement placement, ClusterState state) {
    UnitType type = placement.unit().type();
    NodeRoom room = state.room();
    room.take(type, placement.node());
    for (int claim = 0; claim < type.claims().size(); claim++) {
      List<ClaimShape.Line> lines = type.claims().get(claim).requests();
      for (int request = 0; request < lines.size(); request++) {
        Placement.Choice choice = placement.choices().get(claim).get(request);
        Leaf leaf = lines.get(request).leaves().get(choice.alternative());
        boolean loads = !type.uses().isEmpty();
        ClaimUse use = loads ? type.uses().get(claim) : new ClaimUse(0, true);
        choice
            .devices()
            .forEach(
                device -> {
                  state.take(leaf, device);
                  if (loads) {
                    room.take(problem.loads().of(leaf, device, use), placement.node());
                  }
                });
      }
    }
  }
}
