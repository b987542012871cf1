package io.tangram.solver.plan;

import com.google.common.collect.Maps;
import io.tangram.solver.compile.ClaimShape;
import io.tangram.solver.compile.ClaimUse;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.compile.UnitType;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.nodesearch.NodeRoom;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What is taken of a cluster by what a plan places. */
public final class PlacedState {

  private PlacedState() {}

  /** Returns what is taken by placements and by what is held. */
  public static ClusterState of(CompiledProblem problem, List<Placement> placements) {
    ClusterState state = new ClusterState(problem);
    Map<Unit, Placement> placementOf = Maps.uniqueIndex(placements, Placement::unit);
    for (Placement placement : placements) {
      take(problem, placement, state);
      loadByCommon(problem, placement, placementOf, state.room());
    }
    return state;
  }

  /** A workload loads its node also with the devices of claims that it shares (R237). */
  private static void loadByCommon(
      CompiledProblem problem,
      Placement placement,
      Map<Unit, Placement> placementOf,
      NodeRoom room) {
    UnitType type = placement.unit().type();
    List<Unit> common = placement.unit().common();
    for (int i = 0; i < common.size() && !type.uses().isEmpty(); i++) {
      Placement shared = placementOf.get(common.get(i));
      ClaimUse use = type.uses().get(type.claims().size() + i);
      if (shared != null) {
        forEachDevice(
            shared,
            (leaf, device) -> room.take(problem.loads().of(leaf, device, use), placement.node()));
      }
    }
  }

  private static void forEachDevice(Placement placement, BiConsumer<Leaf, Integer> action) {
    List<ClaimShape> claims = placement.unit().type().claims();
    for (int claim = 0; claim < claims.size(); claim++) {
      List<ClaimShape.Line> lines = claims.get(claim).requests();
      for (int request = 0; request < lines.size(); request++) {
        Placement.Choice choice = placement.choices().get(claim).get(request);
        Leaf leaf = lines.get(request).leaves().get(choice.alternative());
        choice.devices().forEach(device -> action.accept(leaf, device));
      }
    }
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
