package io.tangram.solver.compile;

import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.device.DeviceId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * The nodes in use before a plan: those with devices that are held, other than for administration,
 * and that no other node sees.
 */
public final class HeldNodes {

  private final int[] claims;

  private HeldNodes(int nodes) {
    this.claims = new int[nodes];
  }

  static HeldNodes of(AllocationProblem problem, DeviceTable devices) {
    Map<DeviceId, BitSet> nodesOfDevice = new HashMap<>();
    for (int device = 0; device < devices.size(); device++) {
      if (devices.use(device) != null && devices.isSeen(device)) {
        int[] seenBy = devices.nodesOf(devices.site(device));
        if (seenBy.length == 1) {
          nodesOfDevice.computeIfAbsent(devices.id(device), id -> new BitSet()).set(seenBy[0]);
        }
      }
    }
    HeldNodes held = new HeldNodes(problem.nodes().size());
    for (Allocation allocation : problem.held()) {
      BitSet nodes = new BitSet();
      for (DeviceAllocation result : allocation.devices()) {
        if (!result.adminAccess()) {
          nodes.or(nodesOfDevice.getOrDefault(result.device(), new BitSet()));
        }
      }
      nodes.stream().forEach(node -> held.claims[node]++);
    }
    return held;
  }

  /** How many held claims put the node in use. */
  public int claims(int node) {
    return claims[node];
  }

  /** Whether the node is in use before any plan. */
  public boolean isInUse(int node) {
    return claims[node] > 0;
  }
}
