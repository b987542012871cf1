package io.tangram.solver.plan;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import io.tangram.solver.compile.DeviceTable;
import java.util.List;

/**
 * What an earlier plan gave to claims.
 *
 * @param devices the devices of the problem
 * @param allocations the earlier allocations
 */
record EarlierPlan(DeviceTable devices, ImmutableMap<ClaimId, Allocation> allocations) {

  private record Given(String request, DeviceId device) {}

  /** How many claims of a placement get the devices that they got earlier, request by request. */
  int kept(Placement placement) {
    int kept = 0;
    for (int i = 0; i < placement.choices().size(); i++) {
      Claim claim = placement.unit().claims().get(i);
      Allocation earlier = allocations.get(claim.id());
      if (earlier != null && given(earlier).equals(given(claim, placement.choices().get(i)))) {
        kept++;
      }
    }
    return kept;
  }

  private static ImmutableMultiset<Given> given(Allocation allocation) {
    ImmutableMultiset.Builder<Given> given = ImmutableMultiset.builder();
    for (DeviceAllocation result : allocation.devices()) {
      given.add(new Given(result.request(), result.device()));
    }
    return given.build();
  }

  private ImmutableMultiset<Given> given(Claim claim, List<Placement.Choice> choices) {
    ImmutableMultiset.Builder<Given> given = ImmutableMultiset.builder();
    for (int i = 0; i < choices.size(); i++) {
      Placement.Choice choice = choices.get(i);
      var request = claim.requests().get(i);
      String name = request.resultName(request.alternatives().get(choice.alternative()));
      choice.devices().forEach(device -> given.add(new Given(name, devices.id(device))));
    }
    return given.build();
  }
}
