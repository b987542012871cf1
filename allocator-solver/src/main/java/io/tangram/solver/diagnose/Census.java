package io.tangram.solver.diagnose;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Matching;
import io.tangram.solver.nodesearch.ClusterState;
import io.tangram.solver.result.ConsumedCapacity;
import java.util.Optional;

/**
 * The devices that a node offers to one request, counted by how far each of them gets: every count
 * is part of the one before it.
 */
final class Census {

  /** How many match class and selectors. */
  int matching;

  /** Of these, how many have no barrier before them. */
  int open;

  /** Of these, how many have no taint against the request. */
  int tolerated;

  /** Of these, how many have the capacity it asks for, used or not. */
  int capable;

  /** Of these, how many nobody holds whole. */
  int free;

  /** Of these, how many could be had one at a time. */
  int available;

  /** Of the free ones, how many are not available for their counters. */
  int shortOfCounters;

  /** Of these, how many draw on counters from which nothing is given. */
  int closed;

  /** Of these, how many have no compatibility group in common with what is in use beside them. */
  int incompatible;

  /** A device on which a selector fails, -1 if there is none. */
  int failing = -1;

  /** A matching device with a taint against the request, -1 if there is none. */
  int tainted = -1;

  /** A capable device that is not available, -1 if there is none. */
  int blocked = -1;

  /** A free device that draws on counters from which nothing is given, -1 if there is none. */
  int closedExample = -1;

  /** A free device that is incompatible with what is in use, -1 if there is none. */
  int incompatibleExample = -1;

  /** Counts the devices of a node in a state. */
  static Census of(CompiledProblem problem, ClusterState state, Leaf leaf, int node) {
    Census census = new Census();
    for (int device : problem.devices().onNode(node)) {
      switch (problem.matching().verdict(leaf, device)) {
        case MATCH -> census.count(problem, state, leaf, device);
        case FAILURE -> census.failing = census.failing < 0 ? device : census.failing;
        case NO_MATCH -> {}
      }
    }
    return census;
  }

  private void count(CompiledProblem problem, ClusterState state, Leaf leaf, int number) {
    DeviceTable devices = problem.devices();
    Device device = devices.device(number);
    matching++;
    if (device.barrier().isPresent()) {
      return;
    }
    open++;
    if (!Matching.tolerates(leaf.request(), device)) {
      tainted = tainted < 0 ? number : tainted;
      return;
    }
    tolerated++;
    Optional<ImmutableMap<QualifiedName, Quantity>> amounts =
        ConsumedCapacity.of(device, leaf.request().capacityRequests());
    if (amounts.isEmpty()) {
      return;
    }
    capable++;
    boolean admin = leaf.request().adminAccess();
    if (!admin && !state.isFree(number)) {
      blocked = blocked < 0 ? number : blocked;
      return;
    }
    free++;
    boolean paid = admin || (devices.isShared(number) && state.hasShares(number));
    boolean fitsCounters = paid || (state.fitsCounters(number) && state.fitsGroups(number));
    boolean fitsCapacity = !devices.isShared(number) || state.fitsCapacity(number, amounts.get());
    if (!fitsCounters) {
      shortOfCounters++;
      if (!state.fitsGroups(number)) {
        incompatible++;
        incompatibleExample = incompatibleExample < 0 ? number : incompatibleExample;
      }
      if (state.isClosed(number)) {
        closed++;
        closedExample = closedExample < 0 ? number : closedExample;
      }
    }
    if (fitsCounters && fitsCapacity) {
      available++;
    } else {
      blocked = blocked < 0 ? number : blocked;
    }
  }
}
