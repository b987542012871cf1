package io.tangram.solver.diagnose;

import static io.tangram.solver.Fleet.all;
import static io.tangram.solver.Fleet.any;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Barrier;
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
import io.tangram.api.device.Taint;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.OffFeature;
import io.tangram.api.plan.ExcludedNodes;
import io.tangram.api.plan.Reason;
import io.tangram.api.plan.ReasonCode;
import io.tangram.api.testing.TestSelector;
import io.tangram.solver.Fleet;
import io.tangram.solver.compile.CompiledProblem;
import io.tangram.solver.compile.Unit;
import io.tangram.solver.limit.Deadline;
import io.tangram.solver.nodesearch.SearchBudget;
import io.tangram.solver.nodesearch.SearchRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

  private static final QualifiedName MEMORY = QualifiedName.parse("memory");
  private static final OffFeature PARTITIONS =
      new OffFeature("partitions", FeatureGate.PARTITIONABLE_DEVICES, "R117");
  private static final Taint BROKEN =
      new Taint("broken", "", Taint.Effect.NO_SCHEDULE, Optional.empty());

  @Test
  void callsAUnitThatFitsAloneOutranked() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 1)))
            .addClaims(claim("c", one("big")))
            .build();

    assertThat(reasons(problem)).containsExactly(Reason.Outranked.byOthers());
  }

  @Test
  void findsThatNothingMatches() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 3)))
            .addClaims(claim("c", one("small")))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.NoMatchingDevice("small", 3));
  }

  @Test
  void findsThatTooFewAreOnOneNode() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 2)), slice("b", devices("big", 3)))
            .addClaims(claim("c", some("big", 4)))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.InsufficientDevices("big", 4, 5, 3));
  }

  @Test
  void findsThatTooFewAreFree() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 3)))
            .addHeld(held("n", "big-0"), held("n", "big-1"))
            .addClaims(claim("c", some("big", 2)))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.InsufficientDevices("big", 2, 3, 1));
  }

  @Test
  void findsTaints() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", tainted("a"), tainted("b")))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.Tainted("gpu", 2, BROKEN));
  }

  @Test
  void findsThatNoDeviceHasTheCapacity() {
    Request wanting =
        new Request.Exactly(
            leaf("gpu", 1).withCapacityRequests(ImmutableMap.of(MEMORY, Quantity.of(9))));
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", shared("a"), shared("b")))
            .addClaims(claim("c", wanting))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.CapacityBeyondAll("gpu", 2));
  }

  @Test
  void findsThatTooLittleCapacityIsLeft() {
    Request wanting =
        new Request.Exactly(
            leaf("gpu", 1).withCapacityRequests(ImmutableMap.of(MEMORY, Quantity.of(3))));
    Allocation share =
        Allocation.builder()
            .claim(id("share"))
            .addDevices(
                DeviceAllocation.builder()
                    .request("gpu")
                    .device(new DeviceId(Fleet.DRIVER, "n", "a"))
                    .shareId(new UUID(1, 1))
                    .putConsumedCapacity(MEMORY, Quantity.of(6))
                    .build())
            .build();
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", shared("a")))
            .addHeld(share)
            .addClaims(claim("c", wanting))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.CapacityExhausted("gpu", 1));
  }

  @Test
  void findsThatCountersAreUsedUp() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(counters(4), drawing(partition("a", 3), partition("b", 3)))
            .addHeld(held("n", "a"))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.CountersExhausted("gpu", 1, 1, 1));
  }

  @Test
  void findsThatCountersDoNotSufficeForTwo() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(counters(4), drawing(partition("a", 3), partition("b", 3)))
            .addClaims(claim("c", some("gpu", 2)))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.CountersExhausted("gpu", 2, 2, 0));
  }

  @Test
  void findsThatDevicesAreIncompatibleWithThoseInUse() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                counters(9),
                drawing(partition("a", 1, "even"), partition("b", 1, "odd"), partition("c", 9)))
            .addHeld(held("n", "a"))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(reasons(problem))
        .containsExactly(
            new Reason.GroupsIncompatible("gpu", 2, 2, new DeviceId(Fleet.DRIVER, "n", "b")));
  }

  @Test
  void findsThatOneRequestWantsDevicesThatAreIncompatible() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(counters(9), drawing(partition("a", 1, "even"), partition("b", 1, "odd")))
            .addClaims(claim("c", some("gpu", 2)))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.GroupsApart(ImmutableList.of("gpu")));
  }

  @Test
  void findsThatRequestsWantDevicesThatAreIncompatible() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                counters(9),
                drawing(
                    partition("a", 1, "even"),
                    ImmutableDevice.copyOf(device("b", "small"))
                        .withConsumesCounters(partition("b", 1, "odd").consumesCounters())))
            .addClaims(claim("c", one("big"), one("small")))
            .build();

    assertThat(reasons(problem))
        .containsExactly(new Reason.GroupsApart(ImmutableList.of("big", "small")));
  }

  /** It would take counters that nobody has, whatever the groups. */
  @Test
  void blamesGroupsForNothingElse() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(counters(4), drawing(partition("a", 3, "even"), partition("b", 3, "odd")))
            .addClaims(claim("c", some("gpu", 2)))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.CountersExhausted("gpu", 2, 2, 0));
  }

  @Test
  void findsThatNobodyKnowsWhatIsLeftOfCounters() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(counters(4), drawing(partition("a", 1)))
            .addHeld(held("n", "gone"))
            .addClaims(claim("c", one("gpu")))
            .build();

    assertThat(reasons(problem))
        .containsExactly(new Reason.CountersClosed("gpu", new PoolId(Fleet.DRIVER, "n")));
  }

  @Test
  void findsIncompleteAndInvalidPools() {
    AllocationProblem incomplete =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 2)).withResourceSliceCount(2))
            .addClaims(claim("c", one("big")))
            .build();
    AllocationProblem invalid =
        Fleet.of("n")
            .addSlices(slice("n", device("twice", "big"), device("twice", "big")))
            .addClaims(claim("c", one("big")))
            .build();
    PoolId pool = new PoolId(Fleet.DRIVER, "n");

    assertThat(reasons(incomplete)).containsExactly(new Reason.PoolIncomplete("big", pool, 2));
    assertThat(reasons(invalid))
        .containsExactly(
            new Reason.PoolInvalid("big", pool, "device twice is published twice (R16)"));
  }

  @Test
  void mentionsUnusablePoolsAfterWhatStandsInTheWayElsewhere() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice("n", devices("big", 1)),
                slice("n", devices("big", 2))
                    .withPool(new PoolId(Fleet.DRIVER, "other"))
                    .withResourceSliceCount(2))
            .addClaims(claim("c", some("big", 2)))
            .build();

    assertThat(reasons(problem))
        .containsExactly(
            new Reason.InsufficientDevices("big", 2, 1, 1),
            new Reason.PoolIncomplete("big", new PoolId(Fleet.DRIVER, "other"), 2));
  }

  @Test
  void findsTheDeviceThatModeAllLacks() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 3)))
            .addHeld(held("n", "big-1"))
            .addClaims(claim("c", all("big")))
            .build();

    assertThat(reasons(problem))
        .containsExactly(
            new Reason.AllModeBlocked("big", new DeviceId(Fleet.DRIVER, "n", "big-1")));
  }

  @Test
  void findsThePoolThatKeepsModeAllOff() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice("n", devices("big", 3)),
                slice("n", devices("small", 1))
                    .withPool(new PoolId("other.example.com", "n"))
                    .withResourceSliceCount(2))
            .addClaims(claim("c", all("big")))
            .build();

    assertThat(reasons(problem))
        .containsExactly(
            new Reason.PoolBlocksAll(
                "big", new PoolId("other.example.com", "n"), ReasonCode.POOL_INCOMPLETE));
  }

  @Test
  void findsThatModeAllTakesMoreThanAClaimCanHave() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 40)))
            .addClaims(claim("c", all("big")))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.LimitExceeded(40, 32));
  }

  @Test
  void findsConstraints() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice(
                    "n",
                    device("a", ImmutableMap.of("root", "r0")),
                    device("b", ImmutableMap.of("root", "r1"))))
            .addClaims(
                claim("c", some("gpu", 2))
                    .withConstraints(
                        new DeviceConstraint.MatchAttribute(
                            ImmutableList.of("gpu"), QualifiedName.of(Fleet.DRIVER, "root"))))
            .build();

    assertThat(reasons(problem))
        .containsExactly(
            new Reason.ConstraintUnsatisfied(
                ImmutableList.of("matchAttribute gpu.example.com/root of gpu")));
  }

  @Test
  void findsConstraintsOnAttributesThatNoDeviceHas() { // R97
    QualifiedName root = QualifiedName.of(Fleet.DRIVER, "root");
    QualifiedName misspelled = QualifiedName.of(Fleet.DRIVER, "roots");
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", device("a", ImmutableMap.of("root", "r"))))
            .addClaims(
                claim("c", some("gpu", 1))
                    .withConstraints(
                        new DeviceConstraint.MatchAttribute(ImmutableList.of(), root),
                        new DeviceConstraint.DistinctAttribute(ImmutableList.of(), misspelled)))
            .build();

    assertThat(reasons(problem))
        .containsExactly(
            new Reason.AttributeUnpublished(
                "distinctAttribute gpu.example.com/roots of all requests", misspelled));
  }

  @Test
  void findsConstraintsOnWhatIsDerived() { // R234
    QualifiedName root = QualifiedName.of(Fleet.DRIVER, "root");
    QualifiedName alias = QualifiedName.of("derived", "root");
    Request derived =
        new Request.Exactly(
            leaf("gpu", 2)
                .withDerivedAttributes(ImmutableMap.of(alias, DerivedAttributes.copyOf(root))));
    DeviceConstraint match = new DeviceConstraint.MatchAttribute(ImmutableList.of(), alias);
    ImmutableAllocationProblem.Builder problem =
        Fleet.of("n").addClaims(claim("c", derived).withConstraints(match));
    Device one = device("a", ImmutableMap.of("root", "r0"));

    AllocationProblem different =
        problem.addSlices(slice("n", one, device("b", ImmutableMap.of("root", "r1")))).build();
    AllocationProblem absent =
        ImmutableAllocationProblem.copyOf(different)
            .withSlices(slice("n", one, device("b", ImmutableMap.of())));

    assertThat(reasons(different))
        .containsExactly(
            new Reason.ConstraintUnsatisfied(
                ImmutableList.of("matchAttribute derived/root of all requests")));
    assertThat(reasons(absent).get(0))
        .isEqualTo(
            new Reason.DerivationFailed(
                "gpu",
                alias,
                DerivedAttributes.copyOf(root).shown(),
                "no such attribute: gpu.example.com/root on device gpu.example.com/n/b"));
  }

  @Test
  void findsWhatRequestsLackTogether() {
    Request first = one("gpu");
    Request second = new Request.Exactly(leaf("gpu", 1).withName("second"));
    ImmutableList<String> both = ImmutableList.of("gpu", "second");
    AllocationProblem devices =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 1)))
            .addClaims(claim("c", first, second))
            .build();
    AllocationProblem counters =
        Fleet.of("n")
            .addSlices(counters(4), drawing(partition("a", 3), partition("b", 3)))
            .addClaims(claim("c", first, second))
            .build();
    AllocationProblem capacity =
        Fleet.of("n")
            .addSlices(slice("n", shared("a")))
            .addClaims(claim("c", first, second))
            .build();
    AllocationProblem nodes =
        Fleet.of("a", "b")
            .addSlices(slice("a", devices("big", 1)), slice("b", devices("small", 1)))
            .addClaims(claim("c", one("big"), one("small")))
            .build();

    assertThat(reasons(devices))
        .containsExactly(new Reason.Competing(both, ReasonCode.INSUFFICIENT_DEVICES));
    assertThat(reasons(counters)).containsExactly(new Reason.Competing(both, ReasonCode.COUNTERS));
    assertThat(reasons(capacity)).containsExactly(new Reason.Competing(both, ReasonCode.CAPACITY));
    assertThat(reasons(nodes))
        .containsExactly(
            new Reason.Competing(ImmutableList.of("big", "small"), ReasonCode.NODE_SELECTOR));
  }

  @Test
  void saysOfEachAlternativeWhatKeepsItOut() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 1)))
            .addClaims(claim("c", any(leaf("small", 1), leaf("big", 2))))
            .build();

    assertThat(reasons(problem))
        .containsExactly(
            new Reason.InsufficientDevices("any/big", 2, 1, 1),
            new Reason.NoMatchingDevice("any/small", 1));
  }

  @Test
  void blamesAlternativesThatKeepOneAnotherFromBeingTried() { // R76
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(slice("a", bigWith("left")), slice("b", bigWith("right")))
            .addClaims(claim("c", any(allFailingOn("left", "big"), allFailingOn("right", "gpu"))))
            .build();

    assertThat(reasons(problem))
        .containsExactly(
            new Reason.SelectorFailed(
                "any/big",
                "fail where has(gpu.example.com/left)",
                "attribute gpu.example.com/left is there on device gpu.example.com/a/w"),
            new Reason.SelectorFailed(
                "any/gpu",
                "fail where has(gpu.example.com/right)",
                "attribute gpu.example.com/right is there on device gpu.example.com/b/w"));
  }

  @Test
  void blamesPoolsThatKeepAlternativesFromBeingTried() { // R69, R76
    PoolId incomplete = new PoolId("other.example.com", "a");
    AllocationProblem problem =
        Fleet.of("a", "b", "c")
            .addSlices(
                slice("a", devices("small", 1)),
                slice("a").withPool(incomplete).withResourceSliceCount(2),
                slice("b", bigWith("left")),
                slice("c", bigWith("right")))
            .addClaims(
                claim(
                    "c",
                    any(
                        leaf("small", 1),
                        allFailingOn("left", "big"),
                        allFailingOn("right", "gpu"))))
            .build();

    assertThat(reasons(problem))
        .containsExactly(
            new Reason.PoolBlocksAll("any/big", incomplete, ReasonCode.POOL_INCOMPLETE),
            new Reason.PoolBlocksAll("any/gpu", incomplete, ReasonCode.POOL_INCOMPLETE));
  }

  @Test
  void tellsTheOtherClaimsOfAWorkloadWhoseFaultItIs() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 1)))
            .addClaims(claim("fine", one("big")), claim("bad", one("small")))
            .addWorkloads(
                Workload.builder()
                    .id(new WorkloadId("ns", "w"))
                    .addClaims(id("fine"), id("bad"))
                    .build())
            .build();
    Reason bad = new Reason.NoMatchingDevice("small", 1);

    ImmutableMap<?, Reason> reasons = diagnosis(problem).reasons(unit(problem)).ofClaims();

    assertThat(reasons.get(id("bad"))).isEqualTo(bad);
    assertThat(reasons.get(id("fine"))).isEqualTo(new Reason.PartnerUnallocated(id("bad"), bad));
  }

  @Test
  void saysThatThereIsNoNode() {
    AllocationProblem problem = Fleet.of().addClaims(claim("c", one("gpu"))).build();

    assertThat(reasons(problem))
        .containsExactly(new Reason.NodesExcluded(0, 0, ExcludedNodes.NONE));
  }

  @Test
  void leavesAUnitUndecidedWithoutABudget() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 1)))
            .addClaims(claim("c", one("big")))
            .build();
    CompiledProblem compiled = CompiledProblem.of(problem, Deadline.never());
    SearchBudget none = new SearchBudget(Deadline.never(), OptionalDouble.of(1e-12));

    Diagnosis diagnosis =
        new Diagnosis(compiled, SearchRules.PLAIN, none, unit -> Reason.Outranked.byOthers());

    assertThat(diagnosis.reasons(compiled.units().queue().get(0)).ofClaims().values())
        .containsExactly(new Reason.NotProven());
  }

  @Test
  void findsThatAllButTooFewAreWithheld() {
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(
                slice("a", behind("a", Barrier.withholding(PARTITIONS)), device("x", "big")),
                slice("b", behind("b", Barrier.withholding(PARTITIONS))))
            .addClaims(claim("c", some("big", 2)))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.DevicesBarred("big", 2, PARTITIONS));
  }

  /** R73. */
  @Test
  void findsThatModeAllWantsADeviceThatIsWithheld() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", device("x", "big"), behind("y", Barrier.withholding(PARTITIONS))))
            .addClaims(claim("c", all("big")))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.DevicesBarred("big", 1, PARTITIONS));
  }

  /** R161: they match nothing, but with the feature they would. */
  @Test
  void findsThatMatchingDevicesAreHidden() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", device("x", "small"), behind("y", Barrier.hiding(PARTITIONS))))
            .addClaims(claim("c", one("big")), claim("d", all("big")))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.DevicesBarred("big", 1, PARTITIONS));
    assertThat(diagnosis(problem).explain(unit(problem, 1)).get(id("d")))
        .containsExactly(new Reason.DevicesBarred("big", 1, PARTITIONS));
  }

  /** R9: no node sees the slice, but with the feature some would. */
  @Test
  void findsThatTheSliceIsNotConsidered() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(
                slice("n", behind("y", Barrier.hiding(PARTITIONS)))
                    .withNodes(new NodeSelection.Unknown()))
            .addClaims(claim("c", one("big")))
            .build();

    assertThat(reasons(problem)).containsExactly(new Reason.DevicesBarred("big", 1, PARTITIONS));
  }

  @Test
  void saysWhichFeatureAClaimUsesThatIsOff() {
    OffFeature off = new OffFeature("alternatives", FeatureGate.PRIORITIZED_LIST, "R78");
    Claim claim = ImmutableClaim.copyOf(claim("c", one("missing"))).withOffFeatures(off);
    AllocationProblem problem = Fleet.of("n").addClaims(claim).build();

    assertThat(CompiledProblem.of(problem, Deadline.never()).units().refused())
        .containsExactly(entry(id("c"), new Reason.FeatureOff(off)));
  }

  private static Device behind(String name, Barrier barrier) {
    return ImmutableDevice.copyOf(device(name, "big")).withBarrier(barrier);
  }

  private static List<Reason> reasons(AllocationProblem problem) {
    return diagnosis(problem).explain(unit(problem)).get(id("c"));
  }

  private static Diagnosis diagnosis(AllocationProblem problem) {
    return new Diagnosis(
        CompiledProblem.of(problem, Deadline.never()),
        SearchRules.PLAIN,
        new SearchBudget(Deadline.never(), OptionalDouble.empty()),
        unit -> Reason.Outranked.byOthers());
  }

  private static Unit unit(AllocationProblem problem) {
    return unit(problem, 0);
  }

  private static Unit unit(AllocationProblem problem, int place) {
    return CompiledProblem.of(problem, Deadline.never()).units().queue().get(place);
  }

  private static Allocation held(String pool, String device) {
    return Allocation.builder()
        .claim(id("held-" + device))
        .addDevices(
            DeviceAllocation.builder()
                .request("gpu")
                .device(new DeviceId(Fleet.DRIVER, pool, device))
                .build())
        .build();
  }

  private static Device tainted(String name) {
    return ImmutableDevice.copyOf(device(name, "big")).withTaints(BROKEN);
  }

  private static Device shared(String name) {
    return ImmutableDevice.copyOf(device(name, "big"))
        .withAllowMultipleAllocations(true)
        .withCapacity(ImmutableMap.of(MEMORY, DeviceCapacity.of(Quantity.of(8))));
  }

  private static Device bigWith(String attribute) {
    return device("w", ImmutableMap.of("model", "big", attribute, "there"));
  }

  private static DeviceRequest allFailingOn(String attribute, String deviceClass) {
    return leaf(deviceClass, 1)
        .withMode(AllocationMode.ALL)
        .withSelectors(new TestSelector.FailingOn(QualifiedName.of(Fleet.DRIVER, attribute)));
  }

  private static ImmutableResourceSlice counters(long slots) {
    return slice("n")
        .withName("counters")
        .withNodes(NodeSelection.node("n"))
        .withResourceSliceCount(2)
        .withSharedCounters(new CounterSet("board", ImmutableMap.of("slots", Quantity.of(slots))));
  }

  private static ImmutableResourceSlice drawing(Device... devices) {
    return slice("n", devices).withResourceSliceCount(2);
  }

  private static Device partition(String name, long slots, String... groups) {
    return ImmutableDevice.copyOf(device(name, "big"))
        .withConsumesCounters(
            new CounterConsumption(
                "board",
                ImmutableMap.of("slots", Quantity.of(slots)),
                ImmutableSet.copyOf(groups)));
  }
}
