package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.amounts;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.consumes;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.firstAvailable;
import static io.tangram.api.check.Given.held;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.partitioned;
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
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.AllocatedConfig;
import io.tangram.api.claim.AllocatedConfig.Source;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimConfig;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.DeviceClass;
import io.tangram.api.claim.DeviceConstraint.MatchAttribute;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.OpaqueConfig;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.CounterSet;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.NodeSelector.Operator;
import io.tangram.api.device.NodeSelector.Requirement;
import io.tangram.api.device.NodeSelector.Term;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.api.device.Taint.Effect;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldCheckTest {

  private static final Claim H = claim("h", request("r"));

  /** Returns the findings as rule and severity. */
  private static ImmutableList<String> judge(AllocationProblem problem) {
    return PlanChecker.of(problem).checkHeld().stream()
        .map(each -> each.rule() + (each.severity() == Severity.DRIFT ? " drift" : ""))
        .collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<String> judge(
      Claim claim, Allocation held, ResourceSlice... slices) {
    return judge(problem(slices).addHeld(held).putHeldClaims(claim.id(), claim).build());
  }

  @Test
  void findsNothingWrongWithWhatIsRight() {
    ResourceSlice ab = slice("n1", devices("a", "b"));

    assertThat(judge(H, held("h", result("r", "n1/a")), ab)).isEmpty();
    assertThat(judge(problem(ab).addHeld(held("h", result("r", "n1/a"))).build())).isEmpty();
    assertThat(judge(problem(ab).build())).isEmpty();
  }

  @Test
  void findsADeviceThatIsGivenTwice() {
    ImmutableAllocationProblem.Builder two =
        problem(slice("n1", devices("a")))
            .addHeld(held("h", result("r", "n1/a")), held("i", result("r", "n1/a")));

    assertThat(judge(two.build())).containsExactly("R90");
    assertThat(PlanChecker.of(two.build()).checkHeld())
        .extracting(Violation::toString)
        .containsExactly("R90 device gpu.example.com/n1/a: is held by claims ns/h, ns/i");
  }

  @Test
  void findsADeviceThatIsGivenTwiceInsideAClaim() {
    Claim two = claim("h", request("r"), request("s"));
    ResourceSlice a = slice("n1", devices("a"));

    assertThat(judge(two, held("h", result("r", "n1/a"), result("s", "n1/a")), a))
        .containsExactly("R90");
    assertThat(
            judge(
                problem(a)
                    .addHeld(
                        held("h", result("r", "n1/a"), result("s", "n1/a").withAdminAccess(true)))
                    .build()))
        .containsExactly("R83");
  }

  @Test
  void allowsAdministrationBesideAnotherClaim() {
    assertThat(
            judge(
                problem(slice("n1", devices("a")))
                    .addHeld(
                        held("h", result("r", "n1/a")),
                        held("i", result("r", "n1/a").withAdminAccess(true)))
                    .build()))
        .isEmpty();
  }

  @Test
  void findsADeviceThatIsGivenTwiceThoughItIsGone() {
    assertThat(
            judge(
                problem(slice("n1", devices("a")))
                    .addHeld(held("h", result("r", "n1/x")), held("i", result("r", "n1/x")))
                    .build()))
        .containsExactly("R94 drift", "R94 drift", "R90");
  }

  private static final ImmutableDevice SHARED =
      device("s")
          .allowMultipleAllocations(true)
          .putCapacity(name("memory"), DeviceCapacity.of(quantity("40Gi")))
          .build();

  private static DeviceAllocation shareOf(int number, String memory) {
    return share("r", "n1/s", number, amounts("memory", memory));
  }

  private static Claim asking(String memory) {
    return claim("h", exactly(leaf("r").putAllCapacityRequests(amounts("memory", memory))));
  }

  @Test
  void findsACapacityThatIsOverdrawn() {
    ImmutableAllocationProblem.Builder full =
        problem(slice("n1", SHARED))
            .addHeld(held("h", shareOf(1, "30Gi")), held("i", shareOf(2, "10Gi")));
    ImmutableAllocationProblem.Builder overdrawn =
        problem(slice("n1", SHARED))
            .addHeld(held("h", shareOf(1, "30Gi")), held("i", shareOf(2, "11Gi")));

    assertThat(judge(full.build())).isEmpty();
    assertThat(judge(overdrawn.build())).containsExactly("R128");
  }

  @Test
  void findsASharedDeviceThatIsHeldWholeToo() {
    assertThat(
            judge(
                problem(slice("n1", SHARED))
                    .addHeld(held("h", shareOf(1, "30Gi")), held("i", result("r", "n1/s")))
                    .build()))
        .containsExactly("R136 drift", "R143");
  }

  @Test
  void findsAShareIdThatTwoSharesOfADeviceHave() {
    assertThat(
            judge(
                problem(slice("n1", SHARED))
                    .addHeld(held("h", shareOf(1, "1Gi")), held("i", shareOf(1, "1Gi")))
                    .build()))
        .containsExactly("R136");
  }

  @Test
  void allowsOneShareIdOnTwoDevices() {
    assertThat(
            judge(
                problem(slice("n1", SHARED, SHARED.withName("t")))
                    .addHeld(
                        held("h", shareOf(1, "1Gi")),
                        held("i", share("r", "n1/t", 1, amounts("memory", "1Gi"))))
                    .build()))
        .isEmpty();
  }

  @Test
  void findsACounterThatIsOverdrawn() {
    assertThat(
            judge(
                partitioned()
                    .addHeld(held("h", result("r", "n1/p3")), held("i", result("r", "n1/p1")))
                    .build()))
        .isEmpty();
    assertThat(
            PlanChecker.of(
                    partitioned()
                        .addHeld(held("h", result("r", "n1/p3")), held("i", result("r", "n1/p2")))
                        .build())
                .checkHeld())
        .extracting(Violation::toString)
        .containsExactly(
            "R111 pool gpu.example.com/n1: counter x of set set is overdrawn: 5 of 4 are taken, by"
                + " claims ns/h, ns/i");
  }

  @Test
  void namesThoseWhoDrawOnTheCounterThatIsOverdrawn() {
    ImmutableMap<String, Quantity> both = ImmutableMap.of("x", quantity("4"), "y", quantity("4"));
    ImmutableResourceSlice sets =
        slice("n1")
            .withName("0")
            .withResourceSliceCount(2)
            .withSharedCounters(new CounterSet("set", both), new CounterSet("other", both));
    ImmutableResourceSlice parts =
        slice(
                "n1",
                device("p").addConsumesCounters(consumes("set", "x", 5)).build(),
                device("y").addConsumesCounters(consumes("set", "y", 1)).build(),
                device("o").addConsumesCounters(consumes("other", "x", 1)).build(),
                device("plain").build())
            .withResourceSliceCount(2);
    ImmutableResourceSlice elsewhere =
        slice("n2", device("p").build(), device("q").build()).withName("elsewhere");

    assertThat(
            PlanChecker.of(
                    problem(sets, parts, elsewhere)
                        .addHeld(
                            held("h", result("r", "n1/p")),
                            held("i", result("r", "n1/y")),
                            held("j", result("r", "n1/o"), result("s", "n1/plain")),
                            held("k", result("r", "n1/p").withAdminAccess(true)),
                            held("l", result("r", "n2/p")))
                        .build())
                .checkHeld())
        .extracting(Violation::toString)
        .containsExactly(
            "R111 pool gpu.example.com/n1: counter x of set set is overdrawn: 5 of 4 are taken, by"
                + " claim ns/h");
  }

  @Test
  void findsResultsThatContradictTheClaim() {
    ResourceSlice ab = slice("n1", devices("a", "b"));
    Toleration toleration = Toleration.exists("k");

    assertThat(judge(H, held("h", result("s", "n1/a")), ab)).containsExactly("R79", "R62");
    assertThat(judge(H, held("h", result("r", "n1/a"), result("r", "n1/b")), ab))
        .containsExactly("R62");
    assertThat(judge(H, held("h", result("r", "n1/a").withAdminAccess(true)), ab))
        .containsExactly("R89");
    assertThat(judge(H, held("h", result("r", "n1/a").withTolerations(toleration)), ab))
        .containsExactly("R151");
    assertThat(
            judge(
                claim(
                    "h", firstAvailable("r", leaf("x"), leaf("y").mode(AllocationMode.exactly(2)))),
                held("h", result("r/x", "n1/a"), result("r/y", "n1/b")),
                ab))
        .contains("R79");
  }

  @Test
  void allows32DevicesAndNoMore() {
    assertThat(judgeMany(32)).isEmpty();
    assertThat(judgeMany(33)).containsExactly("R204");
  }

  private static ImmutableList<String> judgeMany(int count) {
    String[] names = IntStream.range(0, count).mapToObj(i -> "d" + i).toArray(String[]::new);
    DeviceAllocation[] results =
        ImmutableList.copyOf(names).stream()
            .map(name -> result("r", "n1/" + name))
            .toArray(DeviceAllocation[]::new);
    return judge(problem(slice("n1", devices(names))).addHeld(held("h", results)).build());
  }

  @Test
  void findsConsumedCapacityWithoutAShare() {
    DeviceAllocation odd = result("r", "n1/a").withConsumedCapacity(amounts("memory", "1Gi"));

    assertThat(judge(problem(slice("n1", devices("a"))).addHeld(held("h", odd)).build()))
        .containsExactly("R137");
  }

  @Test
  void findsAWrongNodeSelector() {
    ResourceSlice a = slice("n1", devices("a"));
    Allocation right = held("h", result("r", "n1/a"));

    assertThat(judge(H, held("h", result("r", "n1/a")).withNodeSelector(Optional.empty()), a))
        .containsExactly("R182");
    assertThat(
            judge(H, held("h", result("r", "n1/a")).withNodeSelector(NodeSelector.ofNode("n2")), a))
        .containsExactly("R182");
    assertThat(judge(H, right, a)).isEmpty();
  }

  @Test
  void findsAMissingNodeSelectorOfADeviceThatBindsToItsNode() {
    ResourceSlice net =
        sharedSlice(
            "net",
            NodeSelection.allNodes(),
            ImmutableList.of(device("x").bindsToNode(true).build()));
    Allocation bound = held("h", result("r", "net/x")).withNodeSelector(NodeSelector.ofNode("n2"));

    assertThat(judge(H, bound, net)).isEmpty();
    assertThat(judge(H, held("h", result("r", "net/x")).withNodeSelector(Optional.empty()), net))
        .containsExactly("R182");
  }

  @Test
  void leavesANodeSelectorAloneWhereADeviceIsGone() {
    Claim two = claim("h", request("r"), request("s"));
    Allocation held =
        held("h", result("r", "n1/gone"), result("s", "net/x"))
            .withNodeSelector(NodeSelector.ofNode("n1"));

    assertThat(
            judge(
                two,
                held,
                slice("n1", devices("a")),
                sharedSlice("net", NodeSelection.allNodes(), devices("x"))))
        .containsExactly("R94 drift");
  }

  /** Such a selector names a node, but not the one where the claim is. */
  @Test
  void takesNoNodeFromASelectorThatIsForSeveral() {
    NodeSelector notN2 =
        new NodeSelector(
            ImmutableList.of(
                new Term(
                    ImmutableList.of(),
                    ImmutableList.of(
                        new Requirement(
                            NodeSelector.NAME_FIELD, Operator.NOT_IN, ImmutableList.of("n2"))))));
    ResourceSlice net = sharedSlice("net", new NodeSelection.Matching(notN2), devices("x"));

    assertThat(judge(H, held("h", result("r", "net/x")).withNodeSelector(notN2), net)).isEmpty();
  }

  @Test
  void saysOnWhichNodeADeviceIsGone() {
    AllocationProblem gone =
        problem(slice("n1", devices("a"))).addHeld(held("h", result("r", "n1/b"))).build();
    AllocationProblem goneEverywhere =
        problem()
            .addHeld(held("h", result("r", "n1/b")).withNodeSelector(Optional.empty()))
            .build();

    assertThat(PlanChecker.of(gone).checkHeld())
        .extracting(Violation::message)
        .containsExactly("is no longer published for node n1");
    assertThat(PlanChecker.of(goneEverywhere).checkHeld())
        .extracting(Violation::message)
        .containsExactly("is no longer published");
  }

  /** R116: unless it is assumed that such devices draw on nothing. */
  @Test
  void saysThatNobodyKnowsWhatIsLeftOfCounters() {
    ImmutableAllocationProblem problem =
        partitioned().addHeld(held("h", result("r", "n1/gone"))).build();

    assertThat(judge(problem)).containsExactly("R94 drift", "R116 drift");
    assertThat(judge(problem.withVanishedDevicesAreFree(true))).containsExactly("R94 drift");
  }

  @Test
  void saysWhichNodeSelectorIsDue() {
    AllocationProblem wrong =
        problem(slice("n1", devices("a")))
            .addHeld(held("h", result("r", "n1/a")).withNodeSelector(Optional.empty()))
            .build();

    assertThat(PlanChecker.of(wrong).checkHeld())
        .extracting(Violation::toString)
        .containsExactly(
            "R182 claim ns/h: is said to be usable on every node, but its devices say nodes with"
                + " metadata.name In [n1]");
  }

  @Test
  void findsDevicesThatHaveGone() {
    ResourceSlice a = slice("n1", devices("a"));

    assertThat(judge(H, held("h", result("r", "n1/b")), a)).containsExactly("R94 drift");
    assertThat(judge(H, held("h", result("r", "n3/b")), a)).containsExactly("R94 drift");
    assertThat(judge(H, held("h", result("r", "n1/b")))).containsExactly("R94 drift");
  }

  @Test
  void takesOnlyTheNewestGenerationForPublished() {
    ResourceSlice old = slice("n1", devices("a"));
    ResourceSlice fresh = slice("n1", devices("b")).withGeneration(2);

    assertThat(judge(H, held("h", result("r", "n1/a")), old, fresh)).containsExactly("R94 drift");
    assertThat(judge(H, held("h", result("r", "n1/b")), old, fresh)).isEmpty();
  }

  @Test
  void takesAnObsoletePoolForGone() {
    ResourceSlice old =
        sharedSlice("p", NodeSelection.node("n1"), devices("a")).withResourceSliceCount(2);
    ImmutableResourceSlice fresh =
        sharedSlice("p", NodeSelection.node("n2"), devices("b"))
            .withGeneration(2)
            .withResourceSliceCount(2);
    Allocation held = held("h", result("r", "p/a")).withNodeSelector(NodeSelector.ofNode("n1"));

    assertThat(judge(H, held, old, fresh)).containsExactly("R94 drift");
    assertThat(judge(H, held, old, fresh.withGeneration(1))).isEmpty();
  }

  /** What can't be known is not invented. */
  @Test
  void saysNothingOfDevicesInPoolsThatAreIncomplete() {
    ResourceSlice half = slice("n1", devices("a")).withResourceSliceCount(2);

    assertThat(judge(H, held("h", result("r", "n1/b")), half)).isEmpty();
    assertThat(judge(H, held("h", result("r", "n1/a")), half)).isEmpty();
  }

  @Test
  void findsADeviceThatMovedToAnotherNode() {
    Device moved = device("x").nodes(NodeSelection.node("n2")).build();
    ResourceSlice slice =
        sharedSlice(
            "p",
            new NodeSelection.PerDevice(),
            ImmutableList.of(moved, device("y").nodes(NodeSelection.node("n1")).build()));
    Allocation held =
        held("h", result("r", "p/y"), result("s", "p/x"))
            .withNodeSelector(NodeSelector.ofNode("n1"));

    assertThat(judge(problem(slice).addHeld(held).build())).containsExactly("R94 drift");
  }

  @Test
  void judgesAllocationsOfANodeThatTheClusterLacks() {
    ResourceSlice a = slice("n3", devices("a"));

    assertThat(judge(H, held("h", result("r", "n3/a")), a)).isEmpty();
    assertThat(judge(H, held("h", result("r", "n3/b")), a)).containsExactly("R94 drift");
  }

  @Test
  void judgesAllocationsThatNameTheirNode() {
    ResourceSlice net = sharedSlice("net", NodeSelection.allNodes(), devices("x"));
    Allocation named = allocation(H, "n1", result("r", "net/x")).withNodeSelector(Optional.empty());

    assertThat(judge(H, named, net)).isEmpty();
  }

  @Test
  void findsSelectorsAndClassesThatNoLongerMatch() {
    Claim picky =
        claim(
            "h",
            exactly(
                leaf("r")
                    .addSelectors(
                        DeviceSelectors.attributeEquals(name(Given.DRIVER + "/kind"), "x"))));
    Device x = device("a").putAttributes(name("kind"), new StringValue("x")).build();
    Claim classless = claim("h", exactly(leaf("r").deviceClass("none")));

    assertThat(judge(picky, held("h", result("r", "n1/a")), slice("n1", x))).isEmpty();
    assertThat(judge(picky, held("h", result("r", "n1/a")), slice("n1", devices("a"))))
        .containsExactly("R57 drift");
    assertThat(judge(classless, held("h", result("r", "n1/a")), slice("n1", devices("a"))))
        .containsExactly("R39 drift");
  }

  @Test
  void findsTaintsThatAreNotTolerated() {
    Taint taint = new Taint("k", "v", Effect.NO_EXECUTE, Optional.empty());
    ResourceSlice tainted = slice("n1", device("a").addTaints(taint).build());
    Toleration toleration = Toleration.exists("k");
    Claim tolerant = claim("h", exactly(leaf("r").addTolerations(toleration)));

    assertThat(judge(H, held("h", result("r", "n1/a")), tainted)).containsExactly("R147 drift");
    assertThat(judge(problem(tainted).addHeld(held("h", result("r", "n1/a"))).build()))
        .containsExactly("R147 drift");
    assertThat(judge(tolerant, held("h", result("r", "n1/a").withTolerations(toleration)), tainted))
        .isEmpty();
  }

  @Test
  void findsConstraintsThatAreNoLongerSatisfied() {
    ImmutableClaim matching =
        claim("h", exactly(leaf("r").mode(AllocationMode.exactly(2))))
            .withConstraints(new MatchAttribute(ImmutableList.of(), name(Given.DRIVER + "/link")));
    Device a = device("a").putAttributes(name("link"), new StringValue("1")).build();
    Device b = device("b").putAttributes(name("link"), new StringValue("2")).build();
    Allocation ab = held("h", result("r", "n1/a"), result("r", "n1/b"));

    assertThat(judge(matching, ab, slice("n1", a, b))).containsExactly("R101 drift");
    assertThat(
            judge(
                matching,
                ab,
                slice(
                    "n1",
                    a,
                    device("b").putAttributes(name("link"), new StringValue("1")).build())))
        .isEmpty();
    assertThat(judge(matching, ab, slice("n1", a))).containsExactly("R94 drift");
  }

  @Test
  void findsDevicesThatAreSharedOnlyNowOrNoLonger() {
    Device bare = device("a").allowMultipleAllocations(true).build();

    assertThat(judge(H, held("h", result("r", "n1/a")), slice("n1", bare)))
        .containsExactly("R136 drift");
    assertThat(
            judge(
                H,
                held("h", result("r", "n1/a").withShareId(new UUID(0, 1))),
                slice("n1", devices("a"))))
        .containsExactly("R136 drift");
  }

  @Test
  void findsAmountsThatWouldBeOthersToday() {
    assertThat(judge(asking("4Gi"), held("h", shareOf(1, "4Gi")), slice("n1", SHARED))).isEmpty();
    assertThat(judge(asking("4Gi"), held("h", shareOf(1, "5Gi")), slice("n1", SHARED)))
        .containsExactly("R137 drift");
    assertThat(
            judge(
                asking("4Gi"),
                held("h", share("r", "n1/s", 1, ImmutableMap.of())),
                slice("n1", SHARED)))
        .containsExactly("R137 drift");
  }

  @Test
  void findsBindingConditionsThatAreOthersToday() {
    ResourceSlice binding = slice("n1", device("a").addBindingConditions("ready").build());

    assertThat(judge(H, held("h", result("r", "n1/a")), binding)).containsExactly("R162 drift");
    assertThat(judge(H, held("h", result("r", "n1/a").withBindingConditions("ready")), binding))
        .isEmpty();
  }

  @Test
  void findsThatAllDevicesAreOthersToday() {
    Claim all = claim("h", exactly(leaf("r").mode(AllocationMode.ALL)));
    ResourceSlice ab = slice("n1", devices("a", "b"));
    Allocation onlyA = held("h", result("r", "n1/a"));

    assertThat(judge(all, onlyA, ab)).containsExactly("R67 drift");
    assertThat(judge(all, onlyA, slice("n1", devices("a")))).isEmpty();
    assertThat(judge(all, onlyA, slice("n1", devices("a", "b")).withResourceSliceCount(2)))
        .isEmpty();
  }

  /** Allocators choose it differently. */
  @Test
  void judgesNoOrderOfResults() {
    Claim two = claim("h", exactly(leaf("r").mode(AllocationMode.exactly(2))));

    assertThat(
            judge(
                two,
                held("h", result("r", "n1/b"), result("r", "n1/a")),
                slice("n1", devices("a", "b"))))
        .isEmpty();
  }

  private static final OpaqueConfig OF_CLASS = new OpaqueConfig(Given.DRIVER, "{}");
  private static final OpaqueConfig OF_CLAIM = new OpaqueConfig("other.example.com", "{}");

  private static ImmutableList<String> judgeConfigs(Claim claim, AllocatedConfig... configs) {
    return judge(
        AllocationProblem.builder()
            .addNodes(Node.of("n1"))
            .addSlices(slice("n1", devices("a")))
            .addDeviceClasses(DeviceClass.builder().name("gpu").addConfigs(OF_CLASS).build())
            .addHeld(held("h", result("r", "n1/a")).withConfigs(configs))
            .putHeldClaims(claim.id(), claim)
            .build());
  }

  private static AllocatedConfig config(Source source, OpaqueConfig opaque, String... requests) {
    return new AllocatedConfig(source, ImmutableList.copyOf(requests), opaque);
  }

  @Test
  void findsConfigurationsThatContradictTheClaim() {
    Claim claim =
        claim("h", request("r")).withConfigs(new ClaimConfig(ImmutableList.of("r"), OF_CLAIM));
    AllocatedConfig ofClass = config(Source.FROM_CLASS, OF_CLASS);

    assertThat(judgeConfigs(claim, ofClass, config(Source.FROM_CLAIM, OF_CLAIM))).isEmpty();
    assertThat(judgeConfigs(claim, ofClass)).containsExactly("R176");
    assertThat(judgeConfigs(claim, ofClass, config(Source.FROM_CLAIM, OF_CLASS)))
        .containsExactly("R176");
    assertThat(judgeConfigs(H, ofClass, config(Source.FROM_CLAIM, OF_CLAIM)))
        .containsExactly("R176");
  }

  @Test
  void findsConfigurationsThatTheClassNoLongerHas() {
    assertThat(judgeConfigs(H)).containsExactly("R175 drift");
    assertThat(judgeConfigs(H, config(Source.FROM_CLASS, OF_CLAIM))).containsExactly("R175 drift");
  }

  /** Releases before 1.37 named requests, and repeated entries (R176, R177). */
  @Test
  void allowsConfigurationsAsOlderReleasesWroteThem() {
    Claim claim =
        claim("h", request("r")).withConfigs(new ClaimConfig(ImmutableList.of("r"), OF_CLAIM));

    assertThat(
            judgeConfigs(
                claim,
                config(Source.FROM_CLASS, OF_CLASS, "r"),
                config(Source.FROM_CLAIM, OF_CLAIM, "r"),
                config(Source.FROM_CLAIM, OF_CLAIM, "r")))
        .isEmpty();
  }
}
