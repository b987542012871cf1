package io.tangram.api.testing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.DerivedAttribute;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelector.Outcome;
import io.tangram.api.device.Taint;
import java.util.Optional;
import java.util.stream.Stream;

/** Which devices a request may have, whoever else has them (section 5 of the rules). */
final class RequestRules {

  private final ImmutableMap<String, DeviceClass> classes;
  private final AllocationProblem problem;

  RequestRules(AllocationProblem problem) {
    this.problem = problem;
    this.classes =
        problem.deviceClasses().stream()
            .collect(ImmutableMap.toImmutableMap(DeviceClass::name, each -> each));
  }

  static Stream<DeviceRequest> leaves(Claim claim) {
    return claim.requests().stream().flatMap(request -> request.alternatives().stream());
  }

  /** Returns whether the claim can be allocated on no node whatever is published there. */
  boolean isHopeless(Claim claim) {
    return !claim.offFeatures().isEmpty()
        || leaves(claim).anyMatch(leaf -> isClassMissing(leaf) || isBroken(leaf))
        || isDeniedAdmin(claim)
        || leastDevices(claim) > Claim.MAX_DEVICES;
  }

  /** R39, R76. */
  boolean isClassMissing(DeviceRequest leaf) {
    return !classes.containsKey(leaf.deviceClass());
  }

  /** R54, R76, R234. */
  boolean isBroken(DeviceRequest leaf) {
    return selectors(leaf).anyMatch(selector -> selector.defect().isPresent())
        || leaf.derivedAttributes().values().stream()
            .anyMatch(attribute -> attribute.defect().isPresent());
  }

  /** R81. */
  boolean isDeniedAdmin(Claim claim) {
    return leaves(claim).anyMatch(DeviceRequest::adminAccess)
        && !problem.adminNamespaces().contains(claim.id().namespace());
  }

  /** R203; a set of mode All has at least one device (R66). */
  static long leastDevices(Claim claim) {
    return claim.requests().stream()
        .map(Request::alternatives)
        .mapToLong(
            alternatives ->
                alternatives.stream().mapToLong(RequestRules::leastDevices).min().orElseThrow())
        .sum();
  }

  static long leastDevices(DeviceRequest leaf) {
    return leaf.mode() instanceof AllocationMode.ExactCount exact ? exact.count() : 1;
  }

  private Stream<DeviceSelector> selectors(DeviceRequest leaf) {
    DeviceClass deviceClass = classes.get(leaf.deviceClass());
    return Stream.concat(
        deviceClass == null ? Stream.empty() : deviceClass.selectors().stream(),
        leaf.selectors().stream());
  }

  /**
   * Class selectors first, then the request's; the first that does not match decides (R57). A
   * derived attribute without a value is like a selector that fails (R234).
   */
  Outcome outcome(DeviceRequest leaf, PublishedDevice device) {
    return selectors(leaf)
        .map(selector -> selector.evaluate(device.driver(), device.device()))
        .filter(outcome -> !outcome.equals(Outcome.MATCH))
        .findFirst()
        .or(() -> failure(leaf, device))
        .orElse(Outcome.MATCH);
  }

  private static Optional<Outcome> failure(DeviceRequest leaf, PublishedDevice device) {
    return leaf.derivedAttributes().values().stream()
        .map(attribute -> attribute.evaluate(device.driver(), device.device()))
        .filter(outcome -> outcome instanceof DerivedAttribute.Outcome.Failure)
        .<Outcome>map(outcome -> new Outcome.Failure(outcome.toString()))
        .findFirst();
  }

  /** Whatever selectors say, a hidden device matches nothing (R161). */
  boolean matches(DeviceRequest leaf, PublishedDevice device) {
    return !device.device().isHidden() && outcome(leaf, device).equals(Outcome.MATCH);
  }

  /** Returns whether the device may be given to a request that it matches (R73, R147). */
  private static boolean mayBeGiven(DeviceRequest leaf, PublishedDevice device) {
    return device.device().barrier().isEmpty() && toleratesTaints(leaf, device);
  }

  /** R147. */
  static boolean toleratesTaints(DeviceRequest leaf, PublishedDevice device) {
    return device.device().taints().stream()
        .filter(Taint::blocksAllocation)
        .allMatch(taint -> leaf.tolerations().stream().anyMatch(each -> each.tolerates(taint)));
  }

  /** R127, R129, R132: the capacity that the device offers in total. */
  static boolean offersCapacity(DeviceRequest leaf, PublishedDevice device) {
    return CapacityRules.amounts(leaf, device.device()).isPresent();
  }

  /**
   * Returns whether the claim can't be on the node because of a request in mode All, be it of an
   * alternative that nobody needs: a pool is unusable (R69), a selector fails (R76).
   */
  boolean isRuledOut(Claim claim, NodeView view) {
    return leaves(claim)
        .filter(leaf -> leaf.mode() instanceof AllocationMode.All)
        .anyMatch(
            leaf ->
                view.hasUnusablePool()
                    || view.pools().stream()
                        .flatMap(pool -> pool.offered().stream())
                        .filter(device -> !device.device().isHidden())
                        .anyMatch(device -> outcome(leaf, device) instanceof Outcome.Failure));
  }

  /** Returns the devices among which an exact number is chosen, in the order of offer (R62). */
  ImmutableList<PublishedDevice> candidates(DeviceRequest leaf, NodeView view) {
    return matchingOn(view, leaf)
        .filter(device -> mayBeGiven(leaf, device))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the devices of mode All, unless there are none or not all can be had (R65 to R67). */
  Optional<ImmutableList<PublishedDevice>> allOf(DeviceRequest leaf, NodeView view) {
    ImmutableList<PublishedDevice> set =
        matchingOn(view, leaf).collect(ImmutableList.toImmutableList());
    return Optional.of(set)
        .filter(devices -> !devices.isEmpty())
        .filter(devices -> devices.stream().allMatch(device -> mayBeGiven(leaf, device)));
  }

  private Stream<PublishedDevice> matchingOn(NodeView view, DeviceRequest leaf) {
    return view.pools().stream()
        .flatMap(pool -> pool.offered().stream())
        .filter(device -> matches(leaf, device))
        .filter(device -> offersCapacity(leaf, device));
  }
}
