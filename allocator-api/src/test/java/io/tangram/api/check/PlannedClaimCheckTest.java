package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.amounts;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.claimId;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.judge;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.quantity;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.share;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.Toleration.Operator;
import io.tangram.api.device.Barrier;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.Taint;
import io.tangram.api.device.Taint.Effect;
import io.tangram.api.feature.FeatureGate;
import io.tangram.api.feature.OffFeature;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannedClaimCheckTest {

  private static final Claim ONE = claim("c", request("r"));

  private static ImmutableList<String> judgeDevice(Device device, DeviceAllocation result) {
    return judge(problem(slice("n1", device)).build(), ONE, allocation(ONE, "n1", result));
  }

  @Test
  void givesADeviceThatTheNodeSees() {
    AllocationProblem problem =
        problem(slice("n1", devices("a")), slice("n2", devices("b"))).build();

    assertThat(judge(problem, ONE, allocation(ONE, "n1", result("r", "n1/a")))).isEmpty();
    assertThat(judge(problem, ONE, allocation(ONE, "n1", result("r", "n2/b"))))
        .containsExactly("R5");
    assertThat(judge(problem, ONE, allocation(ONE, "n1", result("r", "n1/b"))))
        .containsExactly("R5");
    assertThat(judge(problem, ONE, allocation(ONE, "n1", result("r", "n3/a"))))
        .containsExactly("R5");
  }

  @Test
  void givesADeviceOnlyToTheNodesItSelectsItself() {
    Device own = device("own").nodes(NodeSelection.node("n1")).build();
    Device others = device("others").nodes(NodeSelection.node("n2")).build();
    AllocationProblem problem =
        problem(sharedSlice("p", new NodeSelection.PerDevice(), ImmutableList.of(own, others)))
            .build();

    assertThat(judge(problem, ONE, allocation(ONE, "n1", result("r", "p/own")))).isEmpty();
    assertThat(judge(problem, ONE, allocation(ONE, "n1", result("r", "p/others"))))
        .containsExactly("R5");
  }

  @Test
  void takesNothingFromPoolsThatCannotBeUsed() {
    AllocationProblem incomplete =
        problem(slice("n1", devices("a")).withResourceSliceCount(2)).build();
    AllocationProblem invalid = problem(slice("n1", devices("a", "a"))).build();
    Allocation allocation = allocation(ONE, "n1", result("r", "n1/a"));

    assertThat(judge(incomplete, ONE, allocation)).containsExactly("R15");
    assertThat(judge(invalid, ONE, allocation)).containsExactly("R16");
  }

  @Test
  void demandsANodeThatIsThere() {
    AllocationProblem problem = problem(slice("n1", devices("a"))).build();
    ImmutableAllocation allocation = allocation(ONE, "n1", result("r", "n1/a"));

    assertThat(judge(problem, ONE, allocation.withNode("n3"))).containsExactly("R194");
    assertThat(judge(problem, ONE, allocation.withNode(Optional.empty()))).containsExactly("R194");
  }

  /** R172. */
  @Test
  void allocatesAClaimWithoutRequestsAnywhere() {
    Claim nothing = claim("c");
    ImmutableAllocation allocation = allocation(nothing, "n1").withNodeSelector(Optional.empty());

    assertThat(judge(problem().build(), nothing, allocation)).isEmpty();
    assertThat(judge(problem().build(), nothing, allocation.withNode(Optional.empty()))).isEmpty();
    assertThat(judge(problem().build(), nothing, allocation.withNode("n3")))
        .containsExactly("R194");
  }

  @Test
  void refusesTheAllocationOfAnotherClaim() {
    ImmutableAllocation allocation = allocation(ONE, "n1", result("r", "n1/a"));

    assertThat(
            judge(
                problem(slice("n1", devices("a"))).build(),
                ONE,
                allocation.withClaim(claimId("d"))))
        .containsExactly("R173");
  }

  @Test
  void allows32DevicesAndNoMore() {
    assertThat(judgeMany(32)).isEmpty();
    assertThat(judgeMany(33)).containsExactly("R204");
  }

  private static ImmutableList<String> judgeMany(int count) {
    String[] names = IntStream.range(0, count).mapToObj(i -> "d" + i).toArray(String[]::new);
    Claim claim = claim("c", exactly(leaf("r").mode(AllocationMode.exactly(count))));
    DeviceAllocation[] results =
        ImmutableList.copyOf(names).stream()
            .map(name -> result("r", "n1/" + name))
            .toArray(DeviceAllocation[]::new);

    return judge(
        problem(slice("n1", devices(names))).build(), claim, allocation(claim, "n1", results));
  }

  @ParameterizedTest
  @EnumSource(Effect.class)
  void refusesTaintsThatBlockAllocation(Effect effect) {
    Device tainted = device("a").addTaints(new Taint("k", "v", effect, Optional.empty())).build();
    boolean blocks = effect == Effect.NO_SCHEDULE || effect == Effect.NO_EXECUTE;

    assertThat(judgeDevice(tainted, result("r", "n1/a")))
        .isEqualTo(blocks ? ImmutableList.of("R147") : ImmutableList.of());
  }

  @Test
  void refusesTaintsForAdministrationToo() {
    Device tainted =
        device("a").addTaints(new Taint("k", "v", Effect.NO_SCHEDULE, Optional.empty())).build();
    Claim claim = claim("c", exactly(leaf("r").adminAccess(true)));

    assertThat(
            judge(
                problem(slice("n1", tainted)).addAdminNamespaces("ns").build(),
                claim,
                allocation(claim, "n1", result("r", "n1/a").withAdminAccess(true))))
        .containsExactly("R147");
  }

  @Test
  void allowsTaintsThatAreToleratedEach() {
    Device tainted =
        device("a")
            .addTaints(
                new Taint("k", "v", Effect.NO_SCHEDULE, Optional.empty()),
                new Taint("l", "w", Effect.NO_EXECUTE, Optional.empty()))
            .build();
    Toleration k = Toleration.exists("k");
    Toleration l =
        new Toleration("l", Operator.EQUAL, "w", Optional.of(Effect.NO_EXECUTE), Optional.of(10L));

    assertThat(judgeTolerant(tainted, k, l)).isEmpty();
    assertThat(judgeTolerant(tainted, k)).containsExactly("R147");
    assertThat(judgeTolerant(tainted)).containsExactly("R147", "R147");
  }

  @Test
  void refusesADeviceBehindABarrier() {
    Device withheld = device("a").barrier(Barrier.withholding(off("R117"))).build();
    Device hidden = device("a").barrier(Barrier.hiding(off("R161"))).build();

    assertThat(judgeDevice(withheld, result("r", "n1/a"))).containsExactly("R117");
    assertThat(judgeDevice(hidden, result("r", "n1/a"))).containsExactly("R161");
  }

  /** R73, R161: mode All needs a device that it can never have, unless that matches nothing. */
  @Test
  void modeAllNeedsWithheldDevicesAndPassesHiddenOnes() {
    Device withheld = device("b").barrier(Barrier.withholding(off("R117"))).build();
    Device hidden = device("b").barrier(Barrier.hiding(off("R161"))).build();
    Claim all = claim("c", exactly(leaf("r").mode(AllocationMode.ALL)));
    Allocation one = allocation(all, "n1", result("r", "n1/a"));
    Allocation both = allocation(all, "n1", result("r", "n1/a"), result("r", "n1/b"));
    Device a = device("a").build();

    assertThat(judge(problem(slice("n1", a, withheld)).build(), all, one)).containsExactly("R67");
    assertThat(judge(problem(slice("n1", a, withheld)).build(), all, both)).containsExactly("R117");
    assertThat(judge(problem(slice("n1", a, hidden)).build(), all, one)).isEmpty();
  }

  @Test
  void refusesAClaimThatUsesWhatIsOff() {
    Claim claim = ImmutableClaim.copyOf(ONE).withOffFeatures(off("R78"));

    assertThat(
            judge(
                problem(slice("n1", devices("a"))).build(),
                claim,
                allocation(claim, "n1", result("r", "n1/a"))))
        .containsExactly("R78");
  }

  private static OffFeature off(String rule) {
    return new OffFeature("such things", FeatureGate.PRIORITIZED_LIST, rule);
  }

  private static ImmutableList<String> judgeTolerant(Device device, Toleration... tolerations) {
    Claim claim = claim("c", exactly(leaf("r").addTolerations(tolerations)));
    return judge(
        problem(slice("n1", device)).build(),
        claim,
        allocation(claim, "n1", result("r", "n1/a").withTolerations(tolerations)));
  }

  @Test
  void demandsTheBindingConditionsOfTheDevice() {
    Device binding =
        device("a").addBindingConditions("ready").addBindingFailureConditions("failed").build();

    assertThat(
            judgeDevice(
                binding,
                result("r", "n1/a")
                    .withBindingConditions("ready")
                    .withBindingFailureConditions("failed")))
        .isEmpty();
    assertThat(judgeDevice(binding, result("r", "n1/a").withBindingConditions("ready")))
        .containsExactly("R162");
    assertThat(judgeDevice(binding, result("r", "n1/a").withBindingFailureConditions("failed")))
        .containsExactly("R162");
  }

  private static final ImmutableDevice SHARED =
      device("a")
          .allowMultipleAllocations(true)
          .putCapacity(name("memory"), DeviceCapacity.of(quantity("40Gi")))
          .build();

  @Test
  void demandsAShareIdForSharedDevicesOnly() {
    assertThat(judgeDevice(SHARED, share("r", "n1/a", 1, amounts("memory", "40Gi")))).isEmpty();
    assertThat(
            judgeDevice(
                SHARED, result("r", "n1/a").withConsumedCapacity(amounts("memory", "40Gi"))))
        .containsExactly("R136");
    assertThat(judgeDevice(device("a").build(), result("r", "n1/a").withShareId(new UUID(0, 1))))
        .containsExactly("R136");
  }

  /** R138: shared without limit. */
  @Test
  void demandsAShareIdOfADeviceWithoutCapacitiesToo() {
    ImmutableDevice bare = SHARED.withCapacity(ImmutableMap.of());

    assertThat(judgeDevice(bare, share("r", "n1/a", 1, ImmutableMap.of()))).isEmpty();
    assertThat(judgeDevice(bare, result("r", "n1/a"))).containsExactly("R136");
  }

  @Test
  void demandsExactlyTheAmountsThatAreDue() {
    assertThat(judgeDevice(SHARED, share("r", "n1/a", 1, amounts("memory", "40960Mi")))).isEmpty();
    assertThat(judgeDevice(SHARED, share("r", "n1/a", 1, amounts("memory", "39Gi"))))
        .containsExactly("R137");
    assertThat(judgeDevice(SHARED, share("r", "n1/a", 1, ImmutableMap.of())))
        .containsExactly("R137");
    assertThat(
            judgeDevice(
                SHARED.withAllowMultipleAllocations(false),
                result("r", "n1/a").withConsumedCapacity(amounts("memory", "40Gi"))))
        .containsExactly("R137");
  }

  @Test
  void refusesADeviceWithoutTheCapacityAskedFor() {
    Claim claim = claim("c", exactly(leaf("r").putAllCapacityRequests(amounts("compute", "1"))));

    assertThat(
            judge(
                problem(slice("n1", SHARED.withAllowMultipleAllocations(false))).build(),
                claim,
                allocation(claim, "n1", result("r", "n1/a"))))
        .containsExactly("R127");
  }

  @Test
  void demandsResultsInTheOrderOfRequestsPoolsAndDevices() {
    AllocationProblem problem =
        problem(
                slice("n1", devices("b", "a")),
                sharedSlice("net", NodeSelection.node("n1"), devices("c")))
            .build();
    Claim three = claim("c", exactly(leaf("r").mode(AllocationMode.exactly(3))));
    DeviceAllocation a = result("r", "n1/a");
    DeviceAllocation b = result("r", "n1/b");
    DeviceAllocation c = result("r", "net/c");

    assertThat(judge(problem, three, allocation(three, "n1", b, a, c))).isEmpty();
    assertThat(judge(problem, three, allocation(three, "n1", a, b, c))).containsExactly("R171");
    assertThat(judge(problem, three, allocation(three, "n1", c, b, a))).containsExactly("R171");
    assertThat(judge(problem, three, allocation(three, "n1", b, c, a))).containsExactly("R171");
  }

  @Test
  void demandsResultsOfAnEarlierRequestFirst() {
    AllocationProblem problem = problem(slice("n1", devices("a", "b"))).build();
    Claim claim = claim("c", request("r"), request("s"));

    assertThat(
            judge(
                problem, claim, allocation(claim, "n1", result("r", "n1/b"), result("s", "n1/a"))))
        .isEmpty();
    assertThat(
            judge(
                problem, claim, allocation(claim, "n1", result("s", "n1/a"), result("r", "n1/b"))))
        .containsExactly("R171");
  }

  /** R22: such a pool comes last, whatever its name. */
  @Test
  void demandsResultsFromPoolsWithBindingConditionsLast() {
    AllocationProblem problem =
        problem(
                slice("n1", device("a").build(), device("x").addBindingConditions("ok").build()),
                sharedSlice("net", NodeSelection.node("n1"), devices("c")))
            .build();
    Claim two = claim("c", exactly(leaf("r").mode(AllocationMode.exactly(2))));
    DeviceAllocation a = result("r", "n1/a");
    DeviceAllocation c = result("r", "net/c");

    assertThat(judge(problem, two, allocation(two, "n1", c, a))).isEmpty();
    assertThat(judge(problem, two, allocation(two, "n1", a, c))).containsExactly("R171");
  }

  @Test
  void takesADeviceThatIsGivenTwiceForNothingOutOfOrder() {
    AllocationProblem problem = problem(slice("n1", devices("a", "b"))).build();
    Claim two = claim("c", exactly(leaf("r").mode(AllocationMode.exactly(2))));
    DeviceAllocation a = result("r", "n1/a");

    assertThat(judge(problem, two, allocation(two, "n1", a, a))).containsExactly("R63", "R90");
  }

  @Test
  void saysWhetherAShareIdIsMissingOrTooMuch() { // R136
    AllocationProblem problem =
        problem(slice("n1", SHARED.withCapacity(ImmutableMap.of()), device("b").build())).build();
    Claim two = claim("c", request("r"), request("s"));
    DeviceAllocation bare = result("r", "n1/a");
    DeviceAllocation shared = result("s", "n1/b").withShareId(new UUID(0, 1));

    assertThat(PlanChecker.of(problem).state().add(two, allocation(two, "n1", bare, shared)))
        .extracting(Violation::toString)
        .contains(
            "R136 claim ns/c device gpu.example.com/n1/a: is a shared device, but given without a"
                + " share ID",
            "R136 claim ns/c device gpu.example.com/n1/b: is a dedicated device, but given under a"
                + " share ID");
  }

  /** R216: such a claim differs from node to node. */
  @Test
  void demandsDevicesForAnExtendedResourceUnlessTheNodeOffersIt() {
    Claim claim = claim("c", request("r")).withExtendedResources(ImmutableMap.of("r", "gpus"));
    Node offering =
        Node.builder().name("n3").available(ImmutableMap.of("gpus", quantity("4"))).build();
    AllocationProblem problem =
        problem(slice("n1", devices("a")), slice("n3", devices("b"))).addNodes(offering).build();
    ImmutableAllocation none = allocation(claim, "n3").withNodeSelector(Optional.empty());

    assertThat(judge(problem, claim, allocation(claim, "n1", result("r", "n1/a")))).isEmpty();
    assertThat(judge(problem, claim, none)).isEmpty();
    assertThat(judge(problem, claim, none.withNode("n1"))).containsExactly("R62");
    assertThat(judge(problem, claim, allocation(claim, "n3", result("r", "n3/b"))))
        .containsExactly("R79");
  }
}
