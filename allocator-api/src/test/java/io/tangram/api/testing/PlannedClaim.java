package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DeviceId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A claim and the devices chosen for it.
 *
 * @param claim the claim
 * @param node the node's name
 * @param devices the devices, in request order
 */
record PlannedClaim(Claim claim, String node, ImmutableList<ChosenDevice> devices) {

  /** Returns the sum of the scores of the chosen alternatives (R80). */
  long preference() {
    return claim.requests().stream().mapToLong(this::score).sum();
  }

  /** Returns whether an earlier plan gave the claim the same devices, request by request. */
  boolean isAsIn(Map<ClaimId, Allocation> earlier) {
    record Given(String request, DeviceId device) {}
    Allocation allocation = earlier.get(claim.id());
    if (allocation == null || allocation.devices().size() != devices.size()) {
      return false;
    }
    Set<Given> now = new HashSet<>();
    devices.forEach(each -> now.add(new Given(each.resultName(), each.device().id())));
    Set<Given> then = new HashSet<>();
    allocation.devices().forEach(each -> then.add(new Given(each.request(), each.device())));
    return now.equals(then);
  }

  /** Returns whether its devices take something of the nodes of workloads (R239). */
  boolean loadsNodes() {
    return devices.stream().anyMatch(each -> !each.device().device().nodeConsumption().isEmpty());
  }

  private long score(Request request) {
    if (!(request instanceof Request.FirstAvailable list)) {
      return 0;
    }
    List<ChosenDevice> given =
        devices.stream().filter(each -> each.request().equals(request)).toList();
    return Request.FirstAvailable.score(list.alternatives().indexOf(given.get(0).alternative()));
  }
}
