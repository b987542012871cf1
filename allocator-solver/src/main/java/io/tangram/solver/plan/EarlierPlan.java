package io.tangram.solver.plan;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceId;
import io.tangram.solver.compile.DeviceTable;
import java.util.List;

/**
 * What an earlier plan gave to claims.
 *
 * @param devices the devices of the problem
 * @param allocations the earlier allocations
 */
public record EarlierPlan(DeviceTable devices, ImmutableMap<ClaimId, Allocation> allocations) {

  /**
   * A device given to a request.
   *
   * @param request the request as results name it (R79)
   * @param device the device
   */
  public record Given(String request, DeviceId device) {}

  /** Whether the claim was allocated. */
  public boolean knows(ClaimId claim) {
    return allocations.containsKey(claim);
  }

  /** What a claim got, nothing if it got nothing. */
  public ImmutableMultiset<Given> given(ClaimId claim) {
    Allocation allocation = allocations.get(claim);
    ImmutableMultiset.Builder<Given> given = ImmutableMultiset.builder();
    if (allocation != null) {
      for (DeviceAllocation result : allocation.devices()) {
        given.add(new Given(result.request(), result.device()));
      }
    }
    return given.build();
  }

  /** The same of a device that an alternative of a claim's request may take. */
  public Given given(Claim claim, int request, int alternative, int device) {
    Request asked = claim.requests().get(request);
    return new Given(asked.resultName(asked.alternatives().get(alternative)), devices.id(device));
  }

  /** How many claims of a placement get the devices that they got earlier, request by request. */
  int kept(Placement placement) {
    int kept = 0;
    for (int i = 0; i < placement.choices().size(); i++) {
      Claim claim = placement.unit().claims().get(i);
      if (knows(claim.id()) && given(claim.id()).equals(given(claim, placement.choices().get(i)))) {
        kept++;
      }
    }
    return kept;
  }

  private ImmutableMultiset<Given> given(Claim claim, List<Placement.Choice> choices) {
    ImmutableMultiset.Builder<Given> given = ImmutableMultiset.builder();
    for (int request = 0; request < choices.size(); request++) {
      Placement.Choice choice = choices.get(request);
      for (int device : choice.devices().asList()) {
        given.add(given(claim, request, choice.alternative(), device));
      }
    }
    return given.build();
  }
}
