package io.tangram.solver.nodesearch;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Matching;
import io.tangram.solver.result.ConsumedCapacity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The devices that a node offers to a leaf request, free or not, in the order in which it offers
 * them (R22 to R24). What doesn't depend on the state is decided here: class, selectors, taints,
 * barriers, capacity that the device never has.
 */
final class Candidates {

  private final Leaf leaf;
  private final int[] devices;
  private final int[] places;
  private final boolean[] failing;
  private final List<@Nullable ImmutableMap<QualifiedName, Quantity>> amounts;
  private final boolean anyFailing;
  private final boolean anyUnwilling;

  private Candidates(
      Leaf leaf,
      int[] devices,
      boolean[] failing,
      List<@Nullable ImmutableMap<QualifiedName, Quantity>> amounts,
      boolean anyUnwilling) {
    this.leaf = leaf;
    this.devices = devices;
    this.places = IntStream.range(0, devices.length).toArray();
    this.failing = failing;
    this.amounts = amounts;
    this.anyUnwilling = anyUnwilling;
    boolean any = false;
    for (boolean each : failing) {
      any |= each;
    }
    this.anyFailing = any;
  }

  /**
   * Looks at all devices of the node. Where failures are fatal, one on which a selector fails is
   * there too if only its slice is for the node (R7).
   */
  static Candidates of(CompiledProblem problem, Leaf leaf, int node, SearchRules rules) {
    DeviceTable table = problem.devices();
    DeviceRequest request = leaf.request();
    IntList found = new IntList();
    List<Boolean> failing = new ArrayList<>();
    List<@Nullable ImmutableMap<QualifiedName, Quantity>> amounts = new ArrayList<>();
    boolean unwilling = false;
    for (int number : rules.failuresAreFatal() ? table.beforeNode(node) : table.onNode(node)) {
      Device device = table.device(number);
      Matching.Verdict verdict = problem.matching().verdict(leaf, number);
      if (verdict == Matching.Verdict.FAILURE) {
        found.add(number);
        failing.add(true);
        amounts.add(null);
      } else if (verdict == Matching.Verdict.MATCH && table.isSeenBy(number, node)) {
        Optional<ImmutableMap<QualifiedName, Quantity>> taken = amounts(request, device);
        // A device that never has the capacity is no part of the set that mode All takes (R71).
        boolean willing = taken.isPresent() && Matching.mayTake(request, device);
        unwilling |= taken.isPresent() && !willing;
        if (willing) {
          found.add(number);
          failing.add(false);
          amounts.add(device.allowMultipleAllocations() ? taken.get() : null);
        }
      }
    }
    boolean[] fails = new boolean[failing.size()];
    for (int i = 0; i < fails.length; i++) {
      fails[i] = failing.get(i);
    }
    return new Candidates(leaf, found.toArray(), fails, amounts, unwilling);
  }

  private static Optional<ImmutableMap<QualifiedName, Quantity>> amounts(
      DeviceRequest request, Device device) {
    // Who asks for no capacity can have every device that is given whole.
    boolean whole = device.capacity().isEmpty() || !device.allowMultipleAllocations();
    return whole && request.capacityRequests().isEmpty()
        ? Optional.of(ImmutableMap.of())
        : ConsumedCapacity.of(device, request.capacityRequests());
  }

  /** The request. */
  Leaf leaf() {
    return leaf;
  }

  /** How many there are. */
  int size() {
    return devices.length;
  }

  /** The places of all of them, from 0 on; don't change the array. */
  int[] places() {
    return places;
  }

  /** The number of the i-th device. */
  int device(int i) {
    return devices[i];
  }

  /** Whether a selector fails on the i-th device. */
  boolean isFailing(int i) {
    return failing[i];
  }

  /** Whether a selector fails on any of the devices. */
  boolean anyFailing() {
    return anyFailing;
  }

  /**
   * The number of the first device on which a selector fails.
   *
   * @throws IllegalStateException if there is none
   */
  int firstFailing() {
    for (int i = 0; i < devices.length; i++) {
      if (failing[i]) {
        return devices[i];
      }
    }
    throw new IllegalStateException("No selector fails on any of the devices.");
  }

  /** Whether mode All would need a device with a taint that isn't tolerated or a barrier (R67). */
  boolean anyUnwilling() {
    return anyUnwilling;
  }

  /** What the request takes of the i-th device's capacities if it is shared, else null. */
  @Nullable ImmutableMap<QualifiedName, Quantity> amounts(int i) {
    return amounts.get(i);
  }
}
