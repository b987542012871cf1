package io.tangram.solver.model;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import io.tangram.api.claim.Claim;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.DeviceTable;
import io.tangram.solver.compile.IntList;
import io.tangram.solver.compile.Leaf;
import io.tangram.solver.compile.Matching;
import io.tangram.solver.result.ConsumedCapacity;
import io.tangram.solver.symmetry.Candidates;
import io.tangram.solver.symmetry.Part;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which devices the leaf requests of a part may take, one by one or all of a node's. */
final class DirectDevices {

  private record LeafOnNode(Leaf leaf, int node) {}

  private final CompiledProblem problem;
  private final Candidates candidates;
  private final Part part;
  private final Map<Leaf, ImmutableIntArray> exact = new HashMap<>();
  private final Map<LeafOnNode, Optional<ImmutableIntArray>> all = new HashMap<>();

  DirectDevices(CompiledProblem problem, Candidates candidates, Part part) {
    this.problem = problem;
    this.candidates = candidates;
    this.part = part;
  }

  /** The nodes on which units are to be placed. */
  BitSet nodes() {
    return part.nodes();
  }

  /** The devices that a leaf request in exact numbers may take, ascending. */
  ImmutableIntArray exact(Leaf leaf) {
    return exact.computeIfAbsent(
        leaf, l -> l.request().adminAccess() ? forAdministration(l) : free(l));
  }

  private ImmutableIntArray free(Leaf leaf) {
    IntList devices = new IntList();
    for (int device : part.dedicated()) {
      if (candidates.admittedBy(device).get(leaf.index())) {
        devices.add(device);
      }
    }
    for (int device : part.shared()) {
      if (candidates.admittedBy(device).get(leaf.index()) && offers(leaf, device)) {
        devices.add(device);
      }
    }
    return ImmutableIntArray.copyOf(devices.toArray());
  }

  private ImmutableIntArray forAdministration(Leaf leaf) {
    BitSet seen = new BitSet();
    for (int node : part.nodes().stream().toArray()) {
      for (int device : problem.devices().onNode(node)) {
        if (matches(leaf, device)
            && mayTake(leaf, device)
            && offers(leaf, device)
            && !problem.devices().isUnmergeable(device)) {
          seen.set(device);
        }
      }
    }
    return ImmutableIntArray.copyOf(seen.stream());
  }

  /**
   * Whether a leaf request of mode All, chosen or not, rules the node out for its claim: a pool is
   * incomplete or invalid there (R69), or a selector fails on one of the devices, all of which are
   * looked at beforehand (R55, R76).
   */
  boolean rulesOut(Leaf leaf, int node) {
    if (!leaf.isAll()) {
      return false;
    }
    if (problem.blocksAllMode(node)) {
      return true;
    }
    for (int device : problem.devices().onNode(node)) {
      if (problem.matching().verdict(leaf, device) == Matching.Verdict.FAILURE) {
        return true;
      }
    }
    return false;
  }

  /**
   * The devices that a leaf request of mode All takes on a node that it doesn't {@linkplain
   * #rulesOut rule out}, in offered order; nothing if the set is empty (R66) or too large (R204),
   * or one of its devices is held, tainted or withheld (R67, R73).
   */
  Optional<ImmutableIntArray> all(Leaf leaf, int node) {
    return all.computeIfAbsent(new LeafOnNode(leaf, node), key -> allOn(leaf, node));
  }

  private Optional<ImmutableIntArray> allOn(Leaf leaf, int node) {
    IntList set = new IntList();
    for (int device : problem.devices().onNode(node)) {
      if (matches(leaf, device) && offers(leaf, device)) {
        if (!mayTake(leaf, device)
            || problem.devices().isUnmergeable(device)
            || !(leaf.request().adminAccess() || isFree(device))) {
          return Optional.empty();
        }
        set.add(device);
      }
    }
    return set.size() == 0 || set.size() > Claim.MAX_DEVICES
        ? Optional.empty()
        : Optional.of(ImmutableIntArray.copyOf(set.toArray()));
  }

  private boolean isFree(int device) {
    return candidates.dedicated().get(device) || candidates.shared().get(device);
  }

  private boolean matches(Leaf leaf, int device) {
    return problem.matching().verdict(leaf, device) == Matching.Verdict.MATCH;
  }

  private boolean mayTake(Leaf leaf, int device) {
    return Matching.mayTake(leaf.request(), problem.devices().device(device));
  }

  /** Whether the device has what the request asks for in all, used or not (R71, R127). */
  private boolean offers(Leaf leaf, int device) {
    DeviceTable devices = problem.devices();
    if (!devices.isShared(device)) {
      return Matching.offers(leaf.request(), devices.device(device));
    }
    Device published = devices.device(device);
    return consumed(leaf, device)
        .map(
            amounts ->
                amounts.entrySet().stream()
                    .allMatch(
                        amount -> {
                          DeviceCapacity capacity = published.capacity().get(amount.getKey());
                          return capacity != null
                              && amount.getValue().compareTo(capacity.value()) <= 0;
                        }))
        .orElse(false);
  }

  /** What a share of the device for the leaf request consumes; nothing if it can't serve it. */
  Optional<ImmutableMap<QualifiedName, Quantity>> consumed(Leaf leaf, int device) {
    return ConsumedCapacity.of(problem.devices().device(device), leaf.request().capacityRequests());
  }
}
