package io.tangram.api.check;

import static io.tangram.api.check.Given.DRIVER;
import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.amounts;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.deviceClass;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.firstAvailable;
import static io.tangram.api.check.Given.judge;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.quantity;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.ImmutableDeviceAllocation;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.AttributeValue;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.DeviceSelector;
import io.tangram.api.device.DeviceSelectors;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.SelectorReads;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Section 5 of the rules, as far as a claim is judged by itself. */
class RequestCheckTest {

  private static final ImmutableResourceSlice ABC = slice("n1", devices("a", "b", "c"));
  private static final AllocationProblem PLAIN = problem(ABC).build();

  private static ImmutableList<String> judgeOn(
      AllocationProblem problem, Claim claim, DeviceAllocation... results) {
    return judge(problem, claim, allocation(claim, "n1", results));
  }

  private static Claim counting(long count) {
    return claim("c", exactly(leaf("r").mode(AllocationMode.exactly(count))));
  }

  private static Claim all() {
    return claim("c", exactly(leaf("r").mode(AllocationMode.ALL)));
  }

  private static ImmutableDeviceAllocation r(String path) {
    return result("r", path);
  }

  @Test
  void demandsExactlyAsManyDevicesAsAreAskedFor() {
    assertThat(judgeOn(PLAIN, counting(2), r("n1/a"))).containsExactly("R62");
    assertThat(judgeOn(PLAIN, counting(2), r("n1/a"), r("n1/b"))).isEmpty();
    assertThat(judgeOn(PLAIN, counting(2), r("n1/a"), r("n1/b"), r("n1/c"))).containsExactly("R62");
  }

  @Test
  void demandsAnAnswerToEveryRequest() {
    Claim claim = claim("c", request("r"), request("s"));

    assertThat(judgeOn(PLAIN, claim, r("n1/a"))).containsExactly("R62");
    assertThat(judgeOn(PLAIN, claim, r("n1/a"), result("s", "n1/b"))).isEmpty();
  }

  @Test
  void refusesADeviceGivenTwiceToOneRequest() {
    assertThat(judgeOn(PLAIN, counting(2), r("n1/a"), r("n1/a"))).contains("R63");
  }

  @Test
  void refusesAnswersToNoRequest() {
    assertThat(judgeOn(PLAIN, counting(1), r("n1/a"), result("s", "n1/b"))).contains("R79");
    assertThat(judgeOn(PLAIN, counting(1), result("r/r", "n1/a"))).contains("R79");
  }

  @Test
  void demandsTheNameOfTheChosenAlternative() {
    Claim claim = claim("c", firstAvailable("r", leaf("x"), leaf("y")));

    assertThat(judgeOn(PLAIN, claim, result("r/x", "n1/a"))).isEmpty();
    assertThat(judgeOn(PLAIN, claim, result("r/y", "n1/a"))).isEmpty();
    assertThat(judgeOn(PLAIN, claim, r("n1/a"))).contains("R79", "R62");
    assertThat(judgeOn(PLAIN, claim, result("r/z", "n1/a"))).contains("R79");
  }

  @Test
  void refusesTwoAlternativesForOneRequest() {
    Claim claim = claim("c", firstAvailable("r", leaf("x"), leaf("y")));

    assertThat(judgeOn(PLAIN, claim, result("r/x", "n1/a"), result("r/y", "n1/b"))).contains("R79");
  }

  @Test
  void countsForTheAlternativeThatWasChosen() {
    Claim claim =
        claim("c", firstAvailable("r", leaf("x"), leaf("y").mode(AllocationMode.exactly(2))));

    assertThat(judgeOn(PLAIN, claim, result("r/y", "n1/a"), result("r/y", "n1/b"))).isEmpty();
    assertThat(judgeOn(PLAIN, claim, result("r/y", "n1/a"))).containsExactly("R62");
  }

  @Test
  void demandsTheTolerationsAndTheAccessOfTheRequest() {
    Toleration toleration = Toleration.exists("k");
    Claim tolerant = claim("c", exactly(leaf("r").addTolerations(toleration)));
    Claim admin = claim("c", exactly(leaf("r").adminAccess(true)));
    AllocationProblem open = problem(ABC).addAdminNamespaces("ns").build();

    assertThat(judgeOn(PLAIN, tolerant, r("n1/a"))).containsExactly("R151");
    assertThat(judgeOn(PLAIN, tolerant, r("n1/a").withTolerations(toleration))).isEmpty();
    assertThat(judgeOn(PLAIN, counting(1), r("n1/a").withTolerations(toleration)))
        .containsExactly("R151");
    assertThat(judgeOn(open, admin, r("n1/a"))).containsExactly("R89");
    assertThat(judgeOn(open, admin, r("n1/a").withAdminAccess(true))).isEmpty();
    assertThat(judgeOn(open, counting(1), r("n1/a").withAdminAccess(true))).containsExactly("R89");
  }

  @Test
  void allowsAdministrativeAccessOnlyInNamespacesOfThatKind() {
    Claim admin = claim("c", exactly(leaf("r").adminAccess(true)));

    assertThat(judgeOn(PLAIN, admin, r("n1/a").withAdminAccess(true))).containsExactly("R81");
  }

  @Test
  void givesAllDevicesOfTheNodeToARequestForAll() {
    AllocationProblem two =
        problem(
                ABC,
                sharedSlice("net", NodeSelection.allNodes(), devices("d")),
                slice("n2", devices("e")))
            .build();

    assertThat(judgeOn(two, all(), r("n1/a"), r("n1/b"), r("n1/c"), r("net/d"))).isEmpty();
    assertThat(judgeOn(two, all(), r("n1/a"), r("n1/c"), r("net/d"))).containsExactly("R67");
    assertThat(judgeOn(two, all(), r("n1/a"), r("n1/b"), r("n1/c"), r("n2/e"), r("net/d")))
        .contains("R65");
  }

  @Test
  void leavesOutOfAllWhatClassAndSelectorsDoNotAdmit() {
    Claim picky =
        claim(
            "c",
            exactly(
                leaf("r")
                    .mode(AllocationMode.ALL)
                    .addSelectors(DeviceSelectors.attributeEquals(name(DRIVER + "/kind"), "x"))));
    Device x = device("x").putAttributes(name("kind"), new AttributeValue.StringValue("x")).build();
    AllocationProblem problem = problem(slice("n1", x, device("y").build())).build();

    assertThat(judgeOn(problem, picky, r("n1/x"))).isEmpty();
    assertThat(judgeOn(problem, picky, r("n1/x"), r("n1/y"))).contains("R65", "R57");
  }

  /** R71 as intended: too small at all is out, too little left is not. */
  @Test
  void leavesOutOfAllWhatCouldNeverServeTheRequest() {
    Claim large =
        claim(
            "c",
            exactly(
                leaf("r")
                    .mode(AllocationMode.ALL)
                    .putAllCapacityRequests(amounts("memory", "40Gi"))));
    AllocationProblem problem =
        problem(
                slice(
                    "n1",
                    device("big")
                        .putCapacity(name("memory"), DeviceCapacity.of(quantity("40Gi")))
                        .build(),
                    device("small")
                        .putCapacity(name("memory"), DeviceCapacity.of(quantity("39Gi")))
                        .build()))
            .build();

    assertThat(judgeOn(problem, large, r("n1/big"))).isEmpty();
    assertThat(judgeOn(problem, large, r("n1/big"), r("n1/small"))).contains("R65", "R128");
  }

  /** R67: a device that another claim has is not left out, it makes the request fail. */
  @Test
  void countsDevicesInUseAmongAll() {
    AllocationProblem problem = problem(ABC).addHeld(Given.held("other", r("n1/b"))).build();

    assertThat(judgeOn(problem, all(), r("n1/a"), r("n1/c"))).containsExactly("R67");
    assertThat(judgeOn(problem, all(), r("n1/a"), r("n1/b"), r("n1/c"))).containsExactly("R90");
  }

  @Test
  void demandsAtLeastOneDeviceForAll() {
    assertThat(judge(problem().build(), all(), allocation(all(), "n1"))).contains("R62");
  }

  /** R69: whoever owns the pool, and whether or not the request was chosen. */
  @Test
  void refusesARequestForAllWhereAPoolCannotBeTold() {
    AllocationProblem incomplete =
        problem(
                ABC,
                sharedSlice("net", NodeSelection.node("n1"), devices("d"))
                    .withResourceSliceCount(2))
            .build();
    AllocationProblem invalid =
        problem(ABC, sharedSlice("net", NodeSelection.node("n1"), devices("d", "d"))).build();
    AllocationProblem elsewhere =
        problem(ABC, sharedSlice("net", NodeSelection.node("n2"), devices("d", "d"))).build();
    Claim unneeded = claim("c", firstAvailable("r", leaf("x"), leaf("y").mode(AllocationMode.ALL)));

    assertThat(judgeOn(incomplete, all(), r("n1/a"), r("n1/b"), r("n1/c"))).contains("R69");
    assertThat(judgeOn(invalid, all(), r("n1/a"), r("n1/b"), r("n1/c"))).contains("R69");
    assertThat(judgeOn(elsewhere, all(), r("n1/a"), r("n1/b"), r("n1/c"))).isEmpty();
    assertThat(judgeOn(incomplete, unneeded, result("r/x", "n1/a"))).containsExactly("R69");
    assertThat(judgeOn(PLAIN, unneeded, result("r/x", "n1/a"))).isEmpty();
  }

  /** R13: an obsolete pool is not there. */
  @Test
  void takesNoNoticeOfObsoletePoolsForAll() {
    AllocationProblem problem =
        problem(
                ABC,
                sharedSlice("net", NodeSelection.node("n1"), devices("old"))
                    .withResourceSliceCount(2),
                sharedSlice("net", NodeSelection.node("n2"), devices("new")).withGeneration(2))
            .build();

    assertThat(judgeOn(problem, all(), r("n1/a"), r("n1/b"), r("n1/c"))).isEmpty();
  }

  /** R11 lets the reference take them; others need not. */
  @Test
  void takesOrLeavesDevicesOfOutdatedPoolsForAll() {
    AllocationProblem problem =
        problem(
                ABC,
                sharedSlice("net", NodeSelection.node("n1"), devices("old")),
                sharedSlice("net", NodeSelection.node("n2"), devices("new")).withGeneration(2))
            .build();

    assertThat(judgeOn(problem, all(), r("n1/a"), r("n1/b"), r("n1/c"))).isEmpty();
    assertThat(judgeOn(problem, all(), r("n1/a"), r("n1/b"), r("n1/c"), r("net/old"))).isEmpty();
    assertThat(judgeOn(problem, all(), r("n1/a"), r("n1/b"), r("net/old"))).containsExactly("R67");
    assertThat(judgeOn(problem, all(), r("n1/a"), r("n1/b"), r("n1/c"), r("net/new")))
        .contains("R65");
  }

  /** A selector that fails on device b, whatever it is asked for. */
  private record FailsOnB() implements DeviceSelector {

    @Override
    public String expression() {
      return "fails on b";
    }

    @Override
    public Optional<String> defect() {
      return Optional.empty();
    }

    @Override
    public SelectorReads reads() {
      return new SelectorReads(
          false, false, false, ImmutableSet.of(name(DRIVER + "/b")), ImmutableSet.of());
    }

    @Override
    public Outcome evaluate(String driver, Device device) {
      return device.attributes().containsKey(name("b"))
          ? new Outcome.Failure("is b")
          : Outcome.MATCH;
    }
  }

  @Test
  void refusesARequestForAllWhereASelectorFailsOnADevice() {
    Device a = device("a").build();
    Device b = device("b").putAttributes(name("b"), new AttributeValue.BoolValue(true)).build();
    AllocationProblem problem = problem(slice("n1", a, b)).build();
    Claim claim =
        claim("c", exactly(leaf("r").mode(AllocationMode.ALL).addSelectors(new FailsOnB())));
    Claim one = claim("c", exactly(leaf("r").addSelectors(new FailsOnB())));

    assertThat(judgeOn(problem, claim, r("n1/a"))).containsExactly("R55");
    assertThat(judgeOn(problem, one, r("n1/a"))).isEmpty();
    assertThat(judgeOn(problem, one, r("n1/b"))).containsExactly("R55");
  }

  /** R39, R76: checked for all alternatives. */
  @Test
  void refusesAClaimThatNamesAMissingClassAnywhere() {
    Claim claim = claim("c", firstAvailable("r", leaf("x"), leaf("y").deviceClass("none")));

    assertThat(judgeOn(PLAIN, claim, result("r/x", "n1/a"))).containsExactly("R39");
    assertThat(
            judgeOn(
                problem(ABC).addDeviceClasses(deviceClass("none")).build(),
                claim,
                result("r/x", "n1/a")))
        .isEmpty();
  }

  @Test
  void refusesAClaimWithABrokenSelectorAnywhere() {
    Claim claim =
        claim("c", firstAvailable("r", leaf("x"), leaf("y").addSelectors(new BrokenSelector())));

    assertThat(judgeOn(PLAIN, claim, result("r/x", "n1/a"))).containsExactly("R54");
  }

  @Test
  void saysWhetherTheMarkOfAdministrationIsMissingOrTooMuch() { // R89
    Claim claim = claim("c", exactly(leaf("r").adminAccess(true)), request("s"));
    AllocationProblem open = problem(ABC).addAdminNamespaces("ns").build();

    assertThat(
            PlanChecker.of(open)
                .state()
                .add(
                    claim,
                    allocation(
                        claim,
                        "n1",
                        result("r", "n1/a"),
                        result("s", "n1/b").withAdminAccess(true))))
        .extracting(Violation::message)
        .containsExactly(
            "is not marked as taken for administration",
            "is marked as taken for administration, but is not");
  }
}
