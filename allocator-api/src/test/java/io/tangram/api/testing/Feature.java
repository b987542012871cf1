package io.tangram.api.testing;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.CapacityPolicy;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What generated problems may contain. Each constant can tell whether a given problem has it, so
 * statistics count what is there and not what was asked for.
 */
public enum Feature {
  /** Devices that share a counter: partitions of one board (section 7 of the rules). */
  PARTITIONS(problem -> anySlice(problem, Feature::twoDevicesShareACounterSet)),
  /** A device that draws on two counter sets. */
  SEVERAL_COUNTER_SETS(problem -> anyDevice(problem, d -> d.consumesCounters().size() > 1)),
  /** A device that may draw on a counter set only beside certain others (R122). */
  COMPATIBILITY_GROUPS(
      problem ->
          anyDevice(
              problem,
              device ->
                  device.consumesCounters().stream()
                      .anyMatch(consumption -> !consumption.compatibilityGroups().isEmpty()))),
  /** A claim with more than one request. */
  SEVERAL_REQUESTS(problem -> anyClaim(problem, claim -> claim.requests().size() > 1)),
  /** A request for more than one device, no more than a claim can have. */
  COUNTS(problem -> anyLeaf(problem, leaf -> count(leaf) > 1 && count(leaf) <= Claim.MAX_DEVICES)),
  /** A prioritized list (R74). */
  PRIORITIZED_LISTS(
      problem ->
          anyClaim(
              problem,
              claim ->
                  claim.requests().stream().anyMatch(r -> r instanceof Request.FirstAvailable))),
  /** A request in mode All (R65). */
  ALL_MODE(problem -> anyLeaf(problem, leaf -> leaf.mode() instanceof AllocationMode.All)),
  /** A claim whose devices must have a value in common (R98). */
  MATCH_ATTRIBUTE(
      problem -> anyConstraint(problem, c -> c instanceof DeviceConstraint.MatchAttribute)),
  /** A claim whose devices must differ in a value (R104). */
  DISTINCT_ATTRIBUTE(
      problem -> anyConstraint(problem, c -> c instanceof DeviceConstraint.DistinctAttribute)),
  /** A claim whose devices must be joined in some way. */
  LINKS(problem -> anyConstraint(problem, c -> c instanceof DeviceConstraint.Linked)),
  /** A device with a list as the value of an attribute (R101). */
  LIST_ATTRIBUTES(
      problem ->
          anyDevice(
              problem, d -> d.attributes().values().stream().anyMatch(AttributeValue::isList))),
  /** A device with a list as the value of an attribute where lists are off (R100). */
  UNREAD_LISTS(
      problem ->
          anyDevice(
              problem,
              d ->
                  d.attributes().values().stream()
                      .anyMatch(v -> v.type() == AttributeValue.Type.UNREAD_LIST))),
  /** A device that requests match and that is never given (R73). */
  WITHHELD_DEVICES(problem -> anyDevice(problem, d -> d.barrier().isPresent() && !d.isHidden())),
  /** A device that no request matches (R161). */
  HIDDEN_DEVICES(problem -> anyDevice(problem, Device::isHidden)),
  /** A constraint on an attribute that a request derives (R234). */
  DERIVED_ATTRIBUTES(problem -> anyClaim(problem, Feature::comparesDerived)),
  /** A device with a taint that blocks allocation (R146). */
  TAINTS(problem -> anyDevice(problem, d -> d.taints().stream().anyMatch(Taint::blocksAllocation))),
  /** A request that tolerates taints (R148). */
  TOLERATIONS(problem -> anyLeaf(problem, leaf -> !leaf.tolerations().isEmpty())),
  /** A device that a claim holds already. */
  HELD_DEVICES(problem -> anyHeld(problem, device -> isPublished(problem, device.device()))),
  /** A held device that no slice publishes (R94). */
  VANISHED_DEVICES(problem -> anyHeld(problem, device -> !isPublished(problem, device.device()))),
  /** A request with administrative access, in a namespace that is allowed it (R82). */
  ADMIN_ACCESS(
      problem -> anyClaim(problem, claim -> asksAdmin(claim) && isAllowed(problem, claim))),
  /** A request with administrative access, in a namespace that is not allowed it (R81). */
  ADMIN_ACCESS_DENIED(
      problem -> anyClaim(problem, claim -> asksAdmin(claim) && !isAllowed(problem, claim))),
  /** A device that several claims may share (section 8 of the rules). */
  SHARED_DEVICES(problem -> anyDevice(problem, Device::allowMultipleAllocations)),
  /** A request that asks for an amount of a capacity (R130). */
  CAPACITY_REQUESTS(problem -> anyLeaf(problem, leaf -> !leaf.capacityRequests().isEmpty())),
  /** A capacity that has a default and nothing else (R130.5). */
  DEFAULT_POLICIES(problem -> anyPolicy(problem, p -> p instanceof CapacityPolicy.DefaultOnly)),
  /** A capacity given out in a range (R131). */
  RANGE_POLICIES(problem -> anyPolicy(problem, p -> p instanceof CapacityPolicy.ValidRange)),
  /** A capacity given out in a range with a bound that is a fraction (R134). */
  FRACTIONAL_RANGES(problem -> anyPolicy(problem, Feature::hasFraction)),
  /** A capacity given out in certain amounts (R130.4). */
  VALUES_POLICIES(problem -> anyPolicy(problem, p -> p instanceof CapacityPolicy.ValidValues)),
  /** A pool that has devices in several slices for one node (R23). */
  SEVERAL_SLICES(
      problem ->
          anyPool(
              problem,
              slices -> slices.stream().filter(Feature::hasDevices).count() > nodesOf(slices))),
  /** A pool with slices for different nodes and a counter set for all of them (R121). */
  POOLS_ACROSS_NODES(
      problem ->
          anyPool(
              problem,
              slices ->
                  nodesOf(slices) > 1
                      && slices.stream().anyMatch(slice -> !slice.sharedCounters().isEmpty()))),
  /** A slice that every node sees. */
  SEEN_BY_ALL_NODES(
      problem -> anySlice(problem, slice -> slice.nodes() instanceof NodeSelection.AllNodes)),
  /** A slice that the nodes with a certain label see. */
  SEEN_BY_MATCHING_NODES(
      problem -> anySlice(problem, slice -> slice.nodes() instanceof NodeSelection.Matching)),
  /** A slice whose devices say for themselves which nodes see them (R7). */
  SEEN_PER_DEVICE(
      problem -> anySlice(problem, slice -> slice.nodes() instanceof NodeSelection.PerDevice)),
  /** A pool of which slices are missing (R12). */
  INCOMPLETE_POOLS(
      problem -> anyPool(problem, slices -> slices.get(0).resourceSliceCount() != slices.size())),
  /** A pool that contradicts itself (R16 to R18). */
  INVALID_POOLS(problem -> anyPool(problem, slices -> new PoolContents(slices).hasDefect())),
  /** Two drivers with pools of one name (R2). */
  TWO_DRIVERS(Feature::hasTwoDriversWithOnePoolName),
  /** A slice that a newer generation has replaced (R3). */
  OLDER_GENERATIONS(
      problem ->
          anySlice(problem, slice -> slice.generation() < newestGeneration(problem, slice.pool()))),
  /** A device with binding conditions (section 10 of the rules). */
  BINDING_CONDITIONS(problem -> anyDevice(problem, d -> !d.bindingConditions().isEmpty())),
  /** A request whose class does not exist (R39). */
  MISSING_CLASSES(
      problem ->
          anyLeaf(
              problem,
              leaf ->
                  problem.deviceClasses().stream()
                      .noneMatch(c -> c.name().equals(leaf.deviceClass())))),
  /** A selector that fails on some devices (R55). */
  FAILING_SELECTORS(
      problem ->
          anyLeaf(
              problem,
              leaf ->
                  leaf.selectors().stream().anyMatch(s -> s instanceof TestSelector.FailingOn))),
  /** A selector that does not compile (R54). */
  BROKEN_SELECTORS(
      problem ->
          anyLeaf(
              problem, leaf -> leaf.selectors().stream().anyMatch(s -> s.defect().isPresent()))),
  /** A claim that uses a feature that is off. */
  FEATURES_OFF(problem -> anyClaim(problem, claim -> !claim.offFeatures().isEmpty())),
  /** A claim that asks for more devices than a claim can have (R203). */
  OVERSIZED_CLAIMS(problem -> anyLeaf(problem, leaf -> count(leaf) > Claim.MAX_DEVICES)),
  /** A claim that asks for nothing (R172). */
  EMPTY_CLAIMS(problem -> anyClaim(problem, claim -> claim.requests().isEmpty())),
  /** A workload with several pending claims (R194). */
  WORKLOADS(problem -> anyWorkload(problem, workload -> pending(problem, workload).size() > 1)),
  /** A workload that references pending claims and a held one (R186). */
  HELD_CLAIMS_REFERENCED(
      problem ->
          anyWorkload(
              problem,
              workload ->
                  !pending(problem, workload).isEmpty()
                      && pending(problem, workload).size() < workload.claims().size())),
  /** A workload that references held claims and no other. */
  HELD_CLAIMS_ONLY(
      problem ->
          anyWorkload(
              problem,
              workload -> !workload.claims().isEmpty() && pending(problem, workload).isEmpty())),
  /** A workload that references a held claim that no new workload may use (R160). */
  EVICTED_CLAIMS(
      problem ->
          problem.held().stream()
              .filter(held -> !EvictingTaint.of(held, problem).isEmpty())
              .anyMatch(held -> anyWorkload(problem, w -> w.claims().contains(held.claim())))),
  /** A workload that references no claim. */
  CLAIMLESS_WORKLOADS(problem -> anyWorkload(problem, workload -> workload.claims().isEmpty())),
  /** A pending claim that several workloads reference (R227). */
  SHARED_CLAIMS(Feature::hasSharedClaim),
  /** A node that has less of a resource than its workloads take together. */
  NODE_RESOURCES(Feature::hasScarceResource),
  /** A claim that stands for extended resources of its workload (section 13 of the rules). */
  EXTENDED_RESOURCES(problem -> anyClaim(problem, claim -> !claim.extendedResources().isEmpty())),
  /** A node that offers such a resource itself (R216). */
  EXTENDED_BY_NODES(Feature::offersExtendedResource),
  /** A device that takes something of the node of its workload (R239). */
  NODE_CONSUMPTION(problem -> anyDevice(problem, d -> !d.nodeConsumption().isEmpty())),
  /** A node with a taint that keeps workloads away. */
  NODE_TAINTS(
      problem ->
          problem.nodes().stream()
              .anyMatch(node -> node.taints().stream().anyMatch(Taint::blocksAllocation))),
  /** A workload that tolerates taints of nodes. */
  NODE_TOLERATIONS(problem -> anyWorkload(problem, workload -> !workload.tolerations().isEmpty())),
  /** A workload that may use only some nodes. */
  NODE_SELECTORS(problem -> anyWorkload(problem, workload -> !workload.nodeSelectors().isEmpty())),
  /** A group of workloads of which several must be placed for any to be placed. */
  GROUPS(problem -> problem.groups().stream().anyMatch(group -> group.minMembers() > 1)),
  /** A group that has to be, or would rather be, in certain domains of nodes. */
  GROUP_TOPOLOGY(
      problem -> problem.groups().stream().anyMatch(group -> !group.topology().isEmpty())),
  /** A workload with a constraint that nobody implements. */
  UNSUPPORTED_CONSTRAINTS(
      problem -> anyWorkload(problem, workload -> !workload.unsupported().isEmpty())),
  /** Workloads of different priorities. */
  PRIORITIES(problem -> anyWorkload(problem, workload -> workload.priority() != 0)),
  /** A claim or workload that says when it was created. */
  CREATION_TIMES(
      problem ->
          anyClaim(problem, claim -> claim.createdAt().isPresent())
              || anyWorkload(problem, workload -> workload.createdAt().isPresent())),
  /** A slice for whose devices nodes need not do everything (section 11.1 of the rules). */
  SKIPPED_NODE_OPERATIONS(
      problem -> anySlice(problem, slice -> !slice.skipNodeOperations().isEmpty())),
  /** Configuration in a class or a claim (section 11.2 of the rules). */
  CONFIGS(
      problem ->
          anyClaim(problem, claim -> !claim.configs().isEmpty())
              || problem.deviceClasses().stream().anyMatch(c -> !c.configs().isEmpty()));

  @SuppressWarnings("ImmutableEnumChecker") // the lambdas above capture nothing
  private final Predicate<AllocationProblem> occurrence;

  Feature(Predicate<AllocationProblem> occurrence) {
    this.occurrence = occurrence;
  }

  /** Returns whether the problem has this feature. */
  public boolean isIn(AllocationProblem problem) {
    return occurrence.test(problem);
  }

  /** Returns the features that the problem has. */
  public static ImmutableSet<Feature> of(AllocationProblem problem) {
    return Stream.of(values())
        .filter(feature -> feature.isIn(problem))
        .collect(Sets.toImmutableEnumSet());
  }

  private static boolean anySlice(AllocationProblem problem, Predicate<ResourceSlice> condition) {
    return problem.slices().stream().anyMatch(condition);
  }

  private static boolean anyDevice(AllocationProblem problem, Predicate<Device> condition) {
    return anySlice(problem, slice -> slice.devices().stream().anyMatch(condition));
  }

  private static boolean anyPolicy(AllocationProblem problem, Predicate<CapacityPolicy> condition) {
    return anyDevice(
        problem,
        device ->
            device.capacity().values().stream()
                .anyMatch(capacity -> capacity.policy().filter(condition).isPresent()));
  }

  private static boolean hasFraction(CapacityPolicy policy) {
    return policy instanceof CapacityPolicy.ValidRange range
        && Stream.of(Optional.of(range.min()), range.max(), range.step())
            .flatMap(Optional::stream)
            .anyMatch(bound -> bound.value().remainder(BigDecimal.ONE).signum() != 0);
  }

  private static boolean anyHeld(AllocationProblem problem, Predicate<DeviceAllocation> condition) {
    return problem.held().stream().anyMatch(held -> held.devices().stream().anyMatch(condition));
  }

  private static boolean anyWorkload(AllocationProblem problem, Predicate<Workload> condition) {
    return problem.workloads().stream().anyMatch(condition);
  }

  private static boolean anyClaim(AllocationProblem problem, Predicate<Claim> condition) {
    return problem.claims().stream().anyMatch(condition);
  }

  private static boolean anyLeaf(AllocationProblem problem, Predicate<DeviceRequest> condition) {
    return anyClaim(
        problem,
        claim ->
            claim.requests().stream()
                .flatMap(request -> request.alternatives().stream())
                .anyMatch(condition));
  }

  /** Returns how many devices are asked for, 0 for mode All. */
  private static long count(DeviceRequest leaf) {
    return leaf.mode() instanceof AllocationMode.ExactCount exact ? exact.count() : 0;
  }

  private static boolean anyConstraint(
      AllocationProblem problem, Predicate<DeviceConstraint> condition) {
    return anyClaim(problem, claim -> claim.constraints().stream().anyMatch(condition));
  }

  /** Tests the newest generation of each pool. */
  private static boolean anyPool(
      AllocationProblem problem, Predicate<List<ResourceSlice>> condition) {
    return problem.slices().stream()
        .filter(slice -> slice.generation() == newestGeneration(problem, slice.pool()))
        .collect(Collectors.groupingBy(ResourceSlice::pool))
        .values()
        .stream()
        .anyMatch(condition);
  }

  private static boolean comparesDerived(Claim claim) {
    Set<QualifiedName> compared = new HashSet<>();
    claim.constraints().forEach(each -> each.compared().ifPresent(compared::add));
    return RequestRules.leaves(claim)
        .flatMap(leaf -> leaf.derivedAttributes().keySet().stream())
        .anyMatch(compared::contains);
  }

  private static boolean hasDevices(ResourceSlice slice) {
    return !slice.devices().isEmpty();
  }

  private static long nodesOf(List<ResourceSlice> slices) {
    return slices.stream().filter(Feature::hasDevices).map(ResourceSlice::nodes).distinct().count();
  }

  private static long newestGeneration(AllocationProblem problem, PoolId pool) {
    return problem.slices().stream()
        .filter(slice -> slice.pool().equals(pool))
        .mapToLong(ResourceSlice::generation)
        .max()
        .orElseThrow();
  }

  private static boolean twoDevicesShareACounterSet(ResourceSlice slice) {
    Set<String> seen = new HashSet<>();
    return slice.devices().stream()
        .flatMap(device -> device.consumesCounters().stream())
        .anyMatch(consumption -> !seen.add(consumption.counterSet()));
  }

  private static boolean isPublished(AllocationProblem problem, DeviceId id) {
    return anySlice(
        problem,
        slice ->
            slice.pool().equals(id.poolId())
                && slice.devices().stream().anyMatch(d -> d.name().equals(id.device())));
  }

  private static boolean asksAdmin(Claim claim) {
    return claim.requests().stream()
        .flatMap(request -> request.alternatives().stream())
        .anyMatch(DeviceRequest::adminAccess);
  }

  private static boolean isAllowed(AllocationProblem problem, Claim claim) {
    return problem.adminNamespaces().contains(claim.id().namespace());
  }

  private static boolean hasTwoDriversWithOnePoolName(AllocationProblem problem) {
    Set<PoolId> pools =
        problem.slices().stream().map(ResourceSlice::pool).collect(Collectors.toSet());
    return pools.stream().map(PoolId::pool).distinct().count() < pools.size();
  }

  private static boolean offersExtendedResource(AllocationProblem problem) {
    return anyClaim(
        problem,
        claim ->
            claim.extendedResources().values().stream()
                .anyMatch(
                    resource ->
                        problem.nodes().stream()
                            .anyMatch(node -> NodeRules.offers(node, resource))));
  }

  private static boolean hasSharedClaim(AllocationProblem problem) {
    Set<ClaimId> seen = new HashSet<>();
    return problem.workloads().stream()
        .flatMap(workload -> pending(problem, workload).stream())
        .anyMatch(claim -> !seen.add(claim));
  }

  private static boolean hasScarceResource(AllocationProblem problem) {
    return problem.workloads().stream()
        .flatMap(workload -> workload.resources().keySet().stream())
        .anyMatch(resource -> isScarce(resource, problem));
  }

  private static boolean isScarce(String resource, AllocationProblem problem) {
    Quantity wanted =
        problem.workloads().stream()
            .map(workload -> workload.resources().getOrDefault(resource, Quantity.ZERO))
            .filter(amount -> amount.signum() > 0)
            .reduce(Quantity.ZERO, Quantity::plus);
    return problem.nodes().stream()
        .flatMap(node -> node.available().stream())
        .map(available -> available.getOrDefault(resource, Quantity.ZERO))
        .anyMatch(available -> available.compareTo(wanted) < 0);
  }

  private static Set<ClaimId> pending(AllocationProblem problem, Workload workload) {
    Set<ClaimId> pending = new HashSet<>(workload.claims());
    pending.retainAll(problem.claims().stream().map(Claim::id).collect(Collectors.toSet()));
    return pending;
  }
}
