package io.tangram.solver.reference;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.Node;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.plan.Placement;
import io.tangram.solver.result.Choice;
import io.tangram.solver.result.ChosenDevice;
import io.tangram.solver.result.ConsumedCapacity;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The numbers of devices by the rules, to tell what placements are worth. Devices that the rules
 * would not give at all have no number; a plan with one of them breaks a rule, and nobody asks what
 * it is worth.
 */
final class DeviceNumbers {

  private final Map<DeviceId, Integer> numbers = new HashMap<>();

  DeviceNumbers(DeviceTable devices) {
    for (int device = devices.size() - 1; device >= 0; device--) {
      numbers.put(devices.id(device), device);
    }
  }

  /**
   * Returns the placement of the own claims of a unit on a node.
   *
   * @param node the number of the node
   * @param target the node
   * @param choices for each claim the choice for each request that needs devices there (R216)
   */
  Placement placement(
      Unit unit, int node, Node target, Map<ClaimId, ImmutableList<Choice>> choices) {
    ImmutableList.Builder<ImmutableList<Placement.Choice>> claims = ImmutableList.builder();
    for (Claim claim : unit.claims()) {
      ImmutableList.Builder<Placement.Choice> requests = ImmutableList.builder();
      Iterator<Choice> ofClaim = choices.getOrDefault(claim.id(), ImmutableList.of()).iterator();
      List<Request> asking = claim.on(target).requests();
      for (Request request : claim.requests()) {
        requests.add(
            asking.contains(request) ? choice(request, ofClaim.next()) : Placement.Choice.NOTHING);
      }
      claims.add(requests.build());
    }
    return new Placement(unit, node, claims.build());
  }

  private Placement.Choice choice(Request request, Choice choice) {
    ImmutableIntArray.Builder devices = ImmutableIntArray.builder();
    for (ChosenDevice chosen : choice.devices()) {
      Integer number = numbers.get(chosen.id());
      if (number != null && isServable(chosen, choice.alternative())) {
        devices.add(number);
      }
    }
    return new Placement.Choice(
        request.alternatives().indexOf(choice.alternative()), devices.build());
  }

  private static boolean isServable(ChosenDevice chosen, DeviceRequest request) {
    return ConsumedCapacity.of(chosen.device(), request.capacityRequests()).isPresent();
  }
}
