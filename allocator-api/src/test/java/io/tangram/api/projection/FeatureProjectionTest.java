package io.tangram.api.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.ImmutableDeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.Barrier;
import io.tangram.api.device.CapacityPolicy.ValidRange;
import io.tangram.api.device.CounterConsumption;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.DerivedAttributes;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceId;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.FeatureSet;
import io.tangram.api.feature.OffFeature;
import io.tangram.api.testing.FeatureSetArbitraries;
import io.tangram.api.testing.ProblemArbitraries;
import io.tangram.api.testing.SampleProblem;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FeatureProjectionTest {

  private static final PoolId POOL = new PoolId("gpu.example.com", "n1");
  private static final QualifiedName MEMORY = QualifiedName.parse("memory");
  private static final QualifiedName LINK = QualifiedName.parse("link");
  private static final ImmutableMap<String, Quantity> ONE_UNIT =
      ImmutableMap.of("units", Quantity.ONE);

  @Provide
  Arbitrary<SampleProblem> problems() {
    return ProblemArbitraries.all().problems();
  }

  @Provide
  Arbitrary<FeatureSet> features() {
    return FeatureSetArbitraries.all();
  }

  @Property
  void aProblemIsItselfWhereEverythingIsOn(@ForAll("problems") SampleProblem sample) {
    AllocationProblem problem = sample.problem();

    assertThat(FeatureProjection.of(FeatureSetArbitraries.everything()).of(problem))
        .isSameAs(problem);
  }

  @Property
  void whatIsOffStaysOff(
      @ForAll("problems") SampleProblem sample, @ForAll("features") FeatureSet features) {
    FeatureProjection projection = FeatureProjection.of(features);

    AllocationProblem once = projection.of(sample.problem());

    assertThat(projection.of(once)).isEqualTo(once);
  }

  private static FeatureSet without(FeatureGate... gates) {
    return FeatureSetArbitraries.without(ImmutableSet.copyOf(gates));
  }

  private static ResourceSlice slice(NodeSelection nodes, Device... devices) {
    return ResourceSlice.builder().name("s").pool(POOL).nodes(nodes).addDevices(devices).build();
  }

  private static ResourceSlice projected(ResourceSlice slice, FeatureGate... off) {
    AllocationProblem problem = AllocationProblem.builder().addSlices(slice).build();
    return FeatureProjection.of(without(off)).of(problem).slices().get(0);
  }

  private static Device projected(Device device, FeatureGate... off) {
    return Iterables.getOnlyElement(
        projected(slice(NodeSelection.node("n1"), device), off).devices());
  }

  private static ImmutableDevice.Builder device() {
    return Device.builder().name("d");
  }

  /** R216. */
  @Example
  void extendedResourcesAreThoseOfNodes() {
    ClaimId own = new ClaimId("ns", "own");
    Claim extended =
        ImmutableClaim.builder()
            .from(Claim.of(new ClaimId("ns", "extended"), DeviceRequest.of("r", "gpu")))
            .putExtendedResources("r", "example.com/gpu")
            .build();
    Workload workload =
        Workload.builder()
            .id(new WorkloadId("ns", "w"))
            .addClaims(own, extended.id())
            .putResources("example.com/gpu", Quantity.ONE)
            .build();
    AllocationProblem problem =
        AllocationProblem.builder()
            .addDeviceClasses(DeviceClass.builder().name("gpu").build())
            .addClaims(Claim.of(own), extended)
            .addWorkloads(workload)
            .build();

    AllocationProblem without =
        FeatureProjection.of(without(FeatureGate.EXTENDED_RESOURCE)).of(problem);

    assertThat(without.claims()).extracting(Claim::id).containsExactly(own);
    assertThat(without.workloads().get(0).claims()).containsExactly(own);
    assertThat(without.workloads().get(0).resources()).isEqualTo(workload.resources());
  }

  /** R150. */
  @Example
  void taintsAreGone() {
    Device tainted =
        device().addTaints(new Taint("k", "", Taint.Effect.NO_EXECUTE, Optional.empty())).build();

    assertThat(projected(tainted, FeatureGate.DEVICE_TAINTS).taints()).isEmpty();
    assertThat(projected(tainted, FeatureGate.DEVICE_TAINT_RULES)).isEqualTo(tainted);
  }

  /** R152. */
  @Example
  void taintsOfRulesAreGoneWithoutRules() {
    Taint own = new Taint("own", "", Taint.Effect.NO_SCHEDULE, Optional.empty());
    Device tainted = device().addTaints(own, own.ofRule("rule")).build();

    assertThat(projected(tainted, FeatureGate.DEVICE_TAINT_RULES).taints()).containsExactly(own);
  }

  /** R124: the pool lacks them. */
  @Example
  void slicesWithCompatibilityGroupsAreGone() {
    Device grouped =
        device()
            .addConsumesCounters(new CounterConsumption("set", ONE_UNIT, ImmutableSet.of("video")))
            .build();
    AllocationProblem problem =
        AllocationProblem.builder().addSlices(slice(NodeSelection.node("n1"), grouped)).build();

    assertThat(
            FeatureProjection.of(without(FeatureGate.DEVICE_COMPATIBILITY_GROUPS))
                .of(problem)
                .slices())
        .isEmpty();
  }

  /** R123. */
  @Example
  void heldDevicesWereGivenUnderNoGroups() {
    DeviceAllocation given =
        DeviceAllocation.builder()
            .request("r")
            .device(new DeviceId(POOL.driver(), POOL.pool(), "d"))
            .putCompatibilityGroups("set", ImmutableSet.of("video"))
            .build();
    AllocationProblem problem =
        AllocationProblem.builder()
            .addHeld(
                Allocation.builder().claim(new ClaimId("ns", "held")).addDevices(given).build())
            .build();

    AllocationProblem without =
        FeatureProjection.of(without(FeatureGate.DEVICE_COMPATIBILITY_GROUPS)).of(problem);

    assertThat(without.held().get(0).devices().get(0).compatibilityGroups()).isEmpty();
  }

  @Example
  void devicesWhoseNodesCouldSkipOperationsAreWithheld() {
    ResourceSlice skipping =
        ImmutableResourceSlice.copyOf(slice(NodeSelection.node("n1"), device().build()))
            .withSkipNodeOperations("*");

    assertThat(
            projected(skipping, FeatureGate.OPTIONAL_NODE_OPERATIONS)
                .devices()
                .get(0)
                .barrier()
                .map(Barrier::counts))
        .hasValue(true);
  }

  /** R73, R117. */
  @Example
  void devicesThatDrawOnCountersAreWithheld() {
    Device partition =
        device().addConsumesCounters(new CounterConsumption("set", ONE_UNIT)).build();

    Device without = projected(partition, FeatureGate.PARTITIONABLE_DEVICES);

    assertThat(without.consumesCounters()).isEmpty();
    assertThat(without.isHidden()).isFalse();
    assertThat(without.barrier().map(barrier -> barrier.feature().message()))
        .hasValue(
            "no devices that draw on shared counters while feature gate DRAPartitionableDevices is"
                + " off (R117)");
  }

  /** R9: it still counts for completeness. */
  @Example
  void slicesWithCountersAreSeenByNoNode() {
    ResourceSlice counters =
        ResourceSlice.builder()
            .name("s")
            .pool(POOL)
            .nodes(NodeSelection.node("n1"))
            .addSharedCounters(new CounterSet("set", ONE_UNIT))
            .build();

    ResourceSlice without = projected(counters, FeatureGate.PARTITIONABLE_DEVICES);

    assertThat(without.nodes()).isEqualTo(new NodeSelection.Unknown());
    assertThat(without.sharedCounters()).isEmpty();
    assertThat(without.pool()).isEqualTo(POOL);
  }

  /** R9. */
  @Example
  void slicesThatLeaveNodesToDevicesAreSeenByNoNode() {
    Device own = device().nodes(NodeSelection.node("n1")).build();

    ResourceSlice without =
        projected(slice(new NodeSelection.PerDevice(), own), FeatureGate.PARTITIONABLE_DEVICES);

    assertThat(without.nodes()).isEqualTo(new NodeSelection.Unknown());
    assertThat(without.devices().get(0).nodes()).isEmpty();
    assertThat(without.devices().get(0).isHidden()).isTrue();
  }

  /** R161: also where they draw on counters. */
  @Example
  void devicesWithBindingConditionsAreHidden() {
    Device waiting =
        device()
            .addBindingConditions("ready")
            .addConsumesCounters(new CounterConsumption("set", ONE_UNIT))
            .build();

    assertThat(projected(waiting, FeatureGate.DEVICE_BINDING_CONDITIONS).isHidden()).isTrue();
    assertThat(
            projected(
                    waiting,
                    FeatureGate.DEVICE_BINDING_CONDITIONS,
                    FeatureGate.PARTITIONABLE_DEVICES)
                .isHidden())
        .isTrue();
    assertThat(projected(waiting, FeatureGate.DEVICE_TAINTS).barrier()).isEmpty();
  }

  /** R93, R125. */
  @Example
  void sharedDevicesAreDedicatedAndSoAreTheirShares() {
    DeviceAllocation share =
        DeviceAllocation.builder()
            .request("r")
            .device(new DeviceId(POOL.driver(), POOL.pool(), "d"))
            .shareId(new UUID(1, 1))
            .putConsumedCapacity(MEMORY, Quantity.ONE)
            .build();
    AllocationProblem problem =
        AllocationProblem.builder()
            .addSlices(
                slice(NodeSelection.node("n1"), device().allowMultipleAllocations(true).build()))
            .addHeld(
                Allocation.builder().claim(new ClaimId("ns", "held")).addDevices(share).build())
            .build();

    AllocationProblem without =
        FeatureProjection.of(without(FeatureGate.CONSUMABLE_CAPACITY)).of(problem);

    assertThat(without.slices().get(0).devices().get(0).allowMultipleAllocations()).isFalse();
    assertThat(without.held().get(0).devices().get(0).shareId()).isEmpty();
    assertThat(without.held().get(0).devices().get(0).consumedCapacity()).isEmpty();
  }

  /** R134. */
  @Example
  void fractionsOfRangesDoNotCount() {
    ValidRange range =
        new ValidRange(
            Optional.empty(),
            Quantity.parse("500m"),
            Optional.empty(),
            Optional.of(Quantity.parse("250m")));
    Device shared =
        device()
            .allowMultipleAllocations(true)
            .putCapacity(MEMORY, new DeviceCapacity(Quantity.of(4), Optional.of(range)))
            .build();

    Device without = projected(shared, FeatureGate.FRACTIONAL_CAPACITY_RANGE);

    assertThat(without.capacity().get(MEMORY).policy())
        .hasValue(
            new ValidRange(range.defaultAmount(), range.min(), range.max(), range.step(), false));
  }

  /** R100: equal lists are not the same value. */
  @Example
  void listsAreNotRead() {
    AttributeValue list = new AttributeValue.StringList(ImmutableList.of("a"));
    Device one = device().putAttributes(LINK, list).build();
    Device other = ImmutableDevice.copyOf(one).withName("e");

    ResourceSlice without =
        projected(slice(NodeSelection.node("n1"), one, other), FeatureGate.LIST_TYPE_ATTRIBUTES);

    assertThat(without.devices())
        .extracting(device -> device.attributes().get(LINK))
        .doesNotHaveDuplicates()
        .allSatisfy(value -> assertThat(value).isInstanceOf(AttributeValue.UnreadList.class));
  }

  private static ImmutableDeviceRequest.Builder leaf() {
    return DeviceRequest.builder().name("r").deviceClass("gpu");
  }

  private static ImmutableList<String> off(
      ImmutableDeviceRequest.Builder leaf, FeatureGate... gates) {
    return off(Claim.of(new ClaimId("ns", "c"), leaf.build()), gates);
  }

  private static ImmutableList<String> off(Claim claim, FeatureGate... gates) {
    AllocationProblem problem = AllocationProblem.builder().addClaims(claim).build();
    return FeatureProjection.of(without(gates)).of(problem).claims().get(0).offFeatures().stream()
        .map(OffFeature::message)
        .collect(ImmutableList.toImmutableList());
  }

  /** R88: the field must not be there, whatever it says. */
  @Example
  void administrativeAccessIsNotSpokenOf() {
    FeatureGate gate = FeatureGate.ADMIN_ACCESS;

    assertThat(off(leaf().adminAccess(true), gate))
        .containsExactly(
            "no adminAccess in request r while feature gate DRAAdminAccess is off (R88)");
    assertThat(off(leaf().mentionsAdminAccess(true), gate))
        .containsExactly(
            "no adminAccess, not even false, in request r while feature gate DRAAdminAccess is off"
                + " (R88)");
    assertThat(off(leaf(), gate)).isEmpty();
  }

  /** R125. */
  @Example
  void capacityIsNotAskedFor() {
    assertThat(
            off(leaf().putCapacityRequests(MEMORY, Quantity.ONE), FeatureGate.CONSUMABLE_CAPACITY))
        .containsExactly(
            "no capacity in request r while feature gate DRAConsumableCapacity is off (R125)");
  }

  /** R234. */
  @Example
  void attributesAreNotDerived() {
    QualifiedName name = QualifiedName.parse("example.com/link");

    assertThat(
            off(
                leaf().putDerivedAttributes(name, DerivedAttributes.copyOf(name)),
                FeatureGate.DERIVED_ATTRIBUTES))
        .containsExactly(
            "no derivedAttributes in request r while feature gate DRADerivedAttributes is off"
                + " (R234)");
  }

  /** R78. */
  @Example
  void thereAreNoAlternatives() {
    Claim claim =
        Claim.builder()
            .id(new ClaimId("ns", "c"))
            .addRequests(new Request.FirstAvailable("r", ImmutableList.of(leaf().build())))
            .build();

    assertThat(off(claim, FeatureGate.PRIORITIZED_LIST))
        .containsExactly(
            "no alternatives for request r while feature gate DRAPrioritizedList is off (R78)");
  }

  /** R95: all allocators of kube-scheduler but the simplest know it. */
  @Example
  void distinctAttributeNeedsMoreThanTheSimplestAllocator() {
    Claim claim =
        Claim.builder()
            .id(new ClaimId("ns", "c"))
            .addConstraints(
                new DeviceConstraint.DistinctAttribute(
                    ImmutableList.of(), QualifiedName.parse("example.com/link")))
            .build();

    assertThat(off(claim, FeatureGate.CONSUMABLE_CAPACITY)).isEmpty();
    assertThat(
            off(
                claim,
                FeatureGate.CONSUMABLE_CAPACITY,
                FeatureGate.DEVICE_BINDING_CONDITIONS,
                FeatureGate.DEVICE_COMPATIBILITY_GROUPS,
                FeatureGate.DERIVED_ATTRIBUTES,
                FeatureGate.LIST_TYPE_ATTRIBUTES))
        .containsExactly(
            "no distinctAttribute while feature gate DRAConsumableCapacity is off (R95)");
  }

  @Example
  void nothingIsAllocatedWithoutDynamicResourceAllocation() {
    AllocationProblem problem =
        AllocationProblem.builder()
            .addClaims(Claim.of(new ClaimId("ns", "c"), leaf().build()))
            .build();

    AllocationProblem without =
        FeatureProjection.of(without(FeatureGate.DYNAMIC_RESOURCE_ALLOCATION)).of(problem);

    assertThat(without.claims().get(0).offFeatures())
        .extracting(OffFeature::gate)
        .containsExactly(FeatureGate.DYNAMIC_RESOURCE_ALLOCATION);
  }

  @Example
  void aDeviceThatIsHiddenStaysSo() {
    OffFeature future = new OffFeature("such devices", FeatureGate.DERIVED_ATTRIBUTES, "R234");
    Device hidden =
        device()
            .barrier(Barrier.hiding(future))
            .addConsumesCounters(new CounterConsumption("set", ONE_UNIT))
            .build();

    assertThat(projected(hidden, FeatureGate.PARTITIONABLE_DEVICES).barrier())
        .isEqualTo(hidden.barrier());
  }
}
