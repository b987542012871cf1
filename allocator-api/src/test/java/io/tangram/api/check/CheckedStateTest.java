package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.amounts;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.claimId;
import static io.tangram.api.check.Given.consumes;
import static io.tangram.api.check.Given.counterSet;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.held;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.partitioned;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.quantity;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.rules;
import static io.tangram.api.check.Given.share;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.check.Violation.Severity;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Request;
import io.tangram.api.device.Device;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.ResourceSlice;
import org.junit.jupiter.api.Test;

class CheckedStateTest {

  private static final Claim C = claim("c", request("r"));
  private static final Claim D = claim("d", request("r"));

  private static Allocation give(Claim claim, String path) {
    return allocation(claim, "n1", result("r", path));
  }

  private static CheckedState stateOf(AllocationProblem problem) {
    return PlanChecker.of(problem).state();
  }

  @Test
  void takesInWhatIsLegal() {
    CheckedState state = stateOf(problem(slice("n1", devices("a", "b"))).build());

    assertThat(state.add(C, give(C, "n1/a"))).isEmpty();
    assertThat(rules(state.add(D, give(D, "n1/a")))).containsExactly("R90");
    assertThat(state.add(D, give(D, "n1/b"))).isEmpty();
  }

  @Test
  void namesTheClaimThatIsInTheWay() {
    CheckedState state = stateOf(problem(slice("n1", devices("a"))).build());
    state.add(C, give(C, "n1/a"));

    assertThat(state.add(D, give(D, "n1/a")))
        .extracting(Violation::toString)
        .containsExactly("R90 claim ns/d device gpu.example.com/n1/a: is in use by claim ns/c");
  }

  /** In a plan even what would be drift elsewhere is a violation. */
  @Test
  void findsOnlyViolations() {
    CheckedState state =
        stateOf(problem(slice("n1", devices("a")).withResourceSliceCount(2)).build());

    assertThat(state.add(C, give(C, "n1/a")))
        .extracting(Violation::severity)
        .containsExactly(Severity.VIOLATION);
  }

  @Test
  void allocatesAClaimOnce() {
    CheckedState state =
        stateOf(
            problem(slice("n1", devices("a", "b")))
                .addHeld(held("d", result("r", "n1/b")))
                .build());
    state.add(C, give(C, "n1/a"));

    assertThat(rules(state.add(C, give(C, "n1/a")))).containsExactly("R173");
    assertThat(rules(state.add(D, give(D, "n1/a")))).containsExactly("R173");
  }

  @Test
  void givesBackWhatIsRemoved() {
    CheckedState state = stateOf(problem(slice("n1", devices("a"))).build());
    state.add(C, give(C, "n1/a"));

    state.remove(C.id());

    assertThat(state.add(D, give(D, "n1/a"))).isEmpty();
    assertThat(rules(state.add(C, give(C, "n1/a")))).containsExactly("R90");
  }

  @Test
  void givesBackWhatWasHeld() {
    CheckedState state =
        stateOf(problem(slice("n1", devices("a"))).addHeld(held("h", result("r", "n1/a"))).build());

    state.remove(claimId("h"));

    assertThat(state.add(C, give(C, "n1/a"))).isEmpty();
  }

  @Test
  void refusesToRemoveWhatIsNotThere() {
    CheckedState state = stateOf(problem(slice("n1", devices("a"))).build());

    assertThatThrownBy(() -> state.remove(C.id()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ns/c");
  }

  /** A claim of which the second device is refused must not keep the first. */
  @Test
  void staysAsItWasWhereAnyDeviceIsRefused() {
    CheckedState state = stateOf(everything());
    Claim two = claim("two", exactly(leaf("r").mode(AllocationMode.exactly(2))));
    Allocation bad = allocation(two, "n1", result("r", "n1/p3"), result("r", "n1/p2"));

    assertThat(rules(state.add(two, bad))).containsExactly("R112");

    assertThat(state.add(two, allocation(two, "n1", result("r", "n1/p2"), result("r", "n1/p1"))))
        .isEmpty();
  }

  @Test
  void keepsNoShareOfARefusedClaim() {
    CheckedState state = stateOf(everything());
    Claim two = claim("two", asking("r"), asking("s"));
    DeviceAllocation first = shareOf("r", 1);

    assertThat(rules(state.add(two, allocation(two, "n1", first, shareOf("s", 1)))))
        .containsExactly("R136");

    assertThat(state.add(two, allocation(two, "n1", first, shareOf("s", 2)))).isEmpty();
  }

  @Test
  void givesSharesBack() {
    CheckedState state = stateOf(everything());
    Claim two = claim("two", asking("r"), asking("s"));
    Claim one = claim("one", asking("r"));
    state.add(two, allocation(two, "n1", shareOf("r", 1), shareOf("s", 2)));

    assertThat(rules(state.add(one, allocation(one, "n1", shareOf("r", 3)))))
        .containsExactly("R128");

    state.remove(two.id());

    assertThat(state.add(one, allocation(one, "n1", shareOf("r", 1)))).isEmpty();
    assertThat(rules(state.add(C, give(C, "n1/p2")))).containsExactly("R112");
  }

  @Test
  void keepsTheCountersOfASharedDeviceUntilItsLastShareIsGone() {
    CheckedState state = stateOf(everything());
    Claim one = claim("one", asking("r"));
    Claim other = claim("other", asking("r"));
    state.add(one, allocation(one, "n1", shareOf("r", 1)));
    state.add(other, allocation(other, "n1", shareOf("r", 2)));

    state.remove(one.id());
    assertThat(rules(state.add(C, give(C, "n1/p2")))).containsExactly("R112");

    state.remove(other.id());
    assertThat(state.add(C, give(C, "n1/p2"))).isEmpty();
  }

  @Test
  void givesTheCapacityOfOneOfTwoSharesBack() {
    CheckedState state = stateOf(everything());
    Claim one = claim("one", asking("r"));
    Claim other = claim("other", asking("r"));
    Claim third = claim("third", asking("r"));
    Claim fourth = claim("fourth", asking("r"));
    state.add(one, allocation(one, "n1", shareOf("r", 1)));
    state.add(other, allocation(other, "n1", shareOf("r", 2)));
    assertThat(rules(state.add(third, allocation(third, "n1", shareOf("r", 3)))))
        .containsExactly("R128");

    state.remove(one.id());

    assertThat(state.add(third, allocation(third, "n1", shareOf("r", 3)))).isEmpty();
    assertThat(rules(state.add(fourth, allocation(fourth, "n1", shareOf("r", 4)))))
        .containsExactly("R128");
  }

  @Test
  void forgetsTheIdOfAShareForAdministration() {
    CheckedState state = stateOf(everything());
    Claim admin =
        claim(
            "admin",
            exactly(leaf("r").adminAccess(true).putAllCapacityRequests(amounts("memory", "20Gi"))));
    Claim one = claim("one", asking("r"));
    state.add(admin, allocation(admin, "n1", adminShare()));

    assertThat(rules(state.add(one, allocation(one, "n1", shareOf("r", 1)))))
        .containsExactly("R136");

    state.remove(admin.id());

    assertThat(state.add(one, allocation(one, "n1", shareOf("r", 1)))).isEmpty();
  }

  private static DeviceAllocation adminShare() {
    return share("r", "n1/s3", 1, amounts("memory", "20Gi")).withAdminAccess(true);
  }

  @Test
  void isIndependentOfOtherStatesOfTheChecker() {
    PlanChecker checker = PlanChecker.of(problem(slice("n1", devices("a"))).build());
    checker.state().add(C, give(C, "n1/a"));

    assertThat(checker.state().add(D, give(D, "n1/a"))).isEmpty();
  }

  /** Any walk from one state to itself leaves nothing behind. */
  @Test
  void leavesNothingBehindAfterManyChanges() {
    CheckedState state = stateOf(everything());
    ImmutableList<String> parts = ImmutableList.of("n1/p3", "n1/p2", "n1/p1");
    for (String first : parts) {
      for (String second : parts) {
        boolean fits = state.add(C, give(C, first)).isEmpty();
        boolean bothFit = state.add(D, give(D, second)).isEmpty();
        if (bothFit) {
          state.remove(D.id());
        }
        if (fits) {
          state.remove(C.id());
        }
      }
    }

    assertThat(state.add(C, give(C, "n1/p3"))).isEmpty();
    assertThat(state.add(D, give(D, "n1/p1"))).isEmpty();
    assertThat(rules(state.add(claim("e", request("r")), give(claim("e"), "n1/p2"))))
        .containsExactly("R112");
  }

  /** Partitions, and a shared one that draws 3 and has 40Gi. */
  private static AllocationProblem everything() {
    Device shared =
        device("s3")
            .allowMultipleAllocations(true)
            .addConsumesCounters(consumes("set", "x", 3))
            .putCapacity(name("memory"), DeviceCapacity.of(quantity("40Gi")))
            .build();
    return partitioned(shared).addAdminNamespaces("ns").build();
  }

  private static Request asking(String request) {
    return exactly(leaf(request).putAllCapacityRequests(amounts("memory", "20Gi")));
  }

  private static DeviceAllocation shareOf(String request, int number) {
    return share(request, "n1/s3", number, amounts("memory", "20Gi"));
  }

  /** R11: n2 sees the old generation of a pool whose new one is for n1. */
  @Test
  void givesDevicesOfTwoGenerationsSideBySide() {
    ResourceSlice now =
        sharedSlice(
                "p",
                NodeSelection.node("n1"),
                ImmutableList.of(device("new").addConsumesCounters(consumes("s", "x", 1)).build()))
            .withGeneration(2)
            .withResourceSliceCount(2);
    ResourceSlice counters =
        sharedSlice("p", NodeSelection.node("n1"), devices())
            .withGeneration(2)
            .withResourceSliceCount(2)
            .withSharedCounters(counterSet("s", "x", 1));
    ResourceSlice old = sharedSlice("p", NodeSelection.node("n2"), devices("old"));
    CheckedState state = stateOf(problem(now, counters, old).build());

    assertThat(state.add(C, allocation(C, "n2", result("r", "p/old")))).isEmpty();
    assertThat(state.add(D, allocation(D, "n1", result("r", "p/new")))).isEmpty();
  }

  @Test
  void opensAPoolAgainWhenTheClaimWithTheVanishedDeviceGoes() {
    CheckedState state =
        stateOf(
            ImmutableAllocationProblem.copyOf(everything())
                .withHeld(held("h", result("r", "n1/gone"))));
    assertThat(rules(state.add(C, give(C, "n1/p1")))).containsExactly("R116");

    state.remove(claimId("h"));

    assertThat(state.add(C, give(C, "n1/p1"))).isEmpty();
  }
}
