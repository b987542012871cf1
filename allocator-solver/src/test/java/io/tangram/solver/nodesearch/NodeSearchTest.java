package io.tangram.solver.nodesearch;

import static io.tangram.solver.Fleet.all;
import static io.tangram.solver.Fleet.any;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static io.tangram.solver.nodesearch.OneNode.ROOT;
import static io.tangram.solver.nodesearch.OneNode.board;
import static io.tangram.solver.nodesearch.OneNode.drawing;
import static io.tangram.solver.nodesearch.OneNode.found;
import static io.tangram.solver.nodesearch.OneNode.held;
import static io.tangram.solver.nodesearch.OneNode.heldShare;
import static io.tangram.solver.nodesearch.OneNode.onBoard;
import static io.tangram.solver.nodesearch.OneNode.onRoot;
import static io.tangram.solver.nodesearch.OneNode.outcome;
import static io.tangram.solver.nodesearch.OneNode.problem;
import static io.tangram.solver.nodesearch.OneNode.shared;
import static io.tangram.solver.nodesearch.OneNode.workload;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.DeviceConstraint.DistinctAttribute;
import io.tangram.api.claim.DeviceConstraint.MatchAttribute;
import io.tangram.api.claim.Request;
import io.tangram.api.device.AttributeValue.StringValue;
import io.tangram.api.device.DerivedAttributes;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.PoolId;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.device.Taint;
import io.tangram.solver.FailingOn;
import io.tangram.solver.Fleet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeSearchTest {

  /** R234: with what one alternative derives there may be a solution where another has none. */
  @Test
  void tellsAlternativesApartThatDeriveOtherAttributes() {
    QualifiedName alias = QualifiedName.of(Fleet.DRIVER, "alias");
    Device small = device("a", ImmutableMap.of("root", "0"));
    Device big =
        ImmutableDevice.copyOf(device("b", "big"))
            .withAttributes(
                ImmutableMap.of(
                    QualifiedName.parse("model"),
                    new StringValue("big"),
                    ROOT,
                    new StringValue("0"),
                    alias,
                    new StringValue("1")));
    Request either =
        any(
            leaf("gpu", 1),
            leaf("big", 1)
                .withDerivedAttributes(ImmutableMap.of(ROOT, DerivedAttributes.copyOf(alias))));
    var apart = new DistinctAttribute(ImmutableList.of(), ROOT);

    assertThat(
            found(
                problem(slice("n", small, big))
                    .addClaims(claim("c", either, one("gpu")).withConstraints(apart))))
        .containsExactly("b", "a");
  }

  @Test
  void givesARequestDifferentDevicesAlsoOfThoseThatMayBeShared() {
    ResourceSlice two = slice("n", shared("a"), device("b", "big"));
    var problem = problem(two).addHeld(held("b"));

    assertThat(found(problem.addClaims(claim("c", some("gpu", 2))))).isEmpty();
    assertThat(found(problem(two).addClaims(claim("c", one("gpu"), one("big")))))
        .containsExactly("a", "a");
  }

  @Test
  void keepsTheFirstAlternativeOfAnEarlierRequest() {
    Request next =
        new Request.FirstAvailable("next", ImmutableList.of(leaf("big", 2), leaf("small", 1)));
    var problem =
        problem(slice("n", device("a", "big"), device("b", "big"), device("c", "small")))
            .addClaims(claim("c", any(leaf("big", 1), leaf("small", 1)), next));

    assertThat(found(problem)).containsExactly("a", "c");
  }

  @Test
  void doesNotAskSelectorsOfADeviceThatIsInUse() {
    Request failing = new Request.Exactly(leaf("gpu", 1).withSelectors(new FailingOn("small")));
    var problem =
        problem(slice("n", device("a", "small"), device("b", "big")))
            .addHeld(held("a"))
            .addClaims(claim("c", failing));

    assertThat(found(problem)).containsExactly("b");
  }

  @Test
  void triesDevicesThatDrawLessWhereOneFails() {
    var problem =
        problem(
                board(4),
                onBoard(
                    drawing(3, device("a", "big")),
                    drawing(2, device("b", "big")),
                    drawing(2, device("c", "big"))))
            .addClaims(claim("c", some("gpu", 2)));

    assertThat(found(problem)).containsExactly("b", "c");
  }

  @Test
  void asksSelectorsOfDevicesThatOnlyTheirSliceLeavesToTheNode() {
    Request failing = new Request.Exactly(leaf("gpu", 1).withSelectors(new FailingOn("small")));
    Device elsewhere =
        ImmutableDevice.copyOf(device("a", "small")).withNodes(NodeSelection.node("other"));
    Device here = ImmutableDevice.copyOf(device("b", "big")).withNodes(NodeSelection.node("n"));

    assertThat(outcome(problem(perDevice(elsewhere, here)).addClaims(claim("c", failing))))
        .isInstanceOf(SearchOutcome.SelectorFailed.class);
    assertThat(found(problem(perDevice(here, elsewhere)).addClaims(claim("c", failing))))
        .containsExactly("b");
    assertThat(found(problem(perDevice(elsewhere, here)).addClaims(claim("c", one("gpu")))))
        .containsExactly("b");
  }

  private static ResourceSlice perDevice(Device... devices) {
    return slice("n", devices).withNodes(new NodeSelection.PerDevice());
  }

  // Mode All.

  @Test
  void givesARequestForAllEveryMatchingDeviceOrNothing() {
    var problem =
        problem(slice("n", device("a", "big"), device("b", "small"), device("c", "big")))
            .addClaims(claim("c", all("big")));

    assertThat(found(problem)).containsExactly("a", "c");
    assertThat(found(problem.addHeld(held("c")))).isEmpty();
  }

  @Test
  void givesNothingToARequestForAllOfNothing() {
    var problem = problem(slice("n", devices("big", 1))).addClaims(claim("c", all("small")));

    assertThat(outcome(problem)).isEqualTo(new SearchOutcome.None());
  }

  @Test
  void givesNothingToARequestForAllWhereADeviceIsTainted() {
    Device tainted =
        ImmutableDevice.copyOf(device("b", "big"))
            .withTaints(new Taint("broken", "", Taint.Effect.NO_SCHEDULE, Optional.empty()));
    var problem =
        problem(slice("n", device("a", "big"), tainted)).addClaims(claim("c", all("gpu")));

    assertThat(found(problem)).isEmpty();
  }

  @Test
  void leavesOutOfAllWhatNeverHasTheCapacityButNotWhatHasNoneLeft() {
    Request wanting =
        new Request.Exactly(
            leaf("gpu", 1)
                .withMode(AllocationMode.ALL)
                .withCapacityRequests(ImmutableMap.of(OneNode.MEMORY, Quantity.of(3))));
    var problem =
        problem(slice("n", shared("large", 8), shared("tiny", 2))).addClaims(claim("c", wanting));

    assertThat(found(problem)).containsExactly("large");
    assertThat(found(problem.addHeld(heldShare("large", 6)))).isEmpty();
  }

  @Test
  void triesAnotherAlternativeWhereAConstraintIsAgainstAll() {
    Request either =
        any(
            leaf("gpu", 1).withName("every").withMode(AllocationMode.ALL),
            leaf("gpu", 1).withName("single"));
    var problem =
        problem(slice("n", onRoot("a", 0), onRoot("b", 1)))
            .addClaims(
                claim("c", either).withConstraints(new MatchAttribute(ImmutableList.of(), ROOT)));

    assertThat(found(problem)).containsExactly("a");
  }

  @Test
  void findsNothingWhereAPoolKeepsTheSetOfALaterAlternativeFromBeingKnown() {
    ResourceSlice incomplete =
        slice("n", devices("small", 1))
            .withPool(new PoolId("other.example.com", "n"))
            .withResourceSliceCount(2);
    Request unneeded = any(leaf("big", 1), leaf("small", 1).withMode(AllocationMode.ALL));
    ResourceSlice complete = slice("n", devices("big", 1));

    assertThat(found(problem(complete).addClaims(claim("c", unneeded)))).containsExactly("big-0");
    assertThat(found(problem(complete, incomplete).addClaims(claim("c", unneeded)))).isEmpty();
  }

  @Test
  void asksSelectorsOfAllDevicesBeforeAnyIsGiven() {
    Request everything =
        new Request.Exactly(
            leaf("gpu", 1)
                .withName("everything")
                .withMode(AllocationMode.ALL)
                .withSelectors(new FailingOn("small")));
    var problem =
        problem(slice("n", device("a", "big"), device("b", "small")))
            .addClaims(claim("c", some("gpu", 3), everything));

    assertThat(outcome(problem)).isInstanceOf(SearchOutcome.SelectorFailed.class);
  }

  // Limits.

  @Test
  void skipsAnAlternativeThatWouldBringTheClaimAbove32() {
    var problem =
        problem(slice("n", devices("big", 40)), smalls())
            .addClaims(claim("c", some("big", 31), any(leaf("gpu", 2), leaf("small", 1))));

    assertThat(found(problem)).hasSize(32).endsWith("small-0");
  }

  @Test
  void countsTheDevicesOfEachClaimByThemselves() {
    var problem =
        problem(slice("n", devices("big", 40)))
            .addClaims(claim("c0", some("big", 20)), claim("c1", some("big", 20)))
            .addWorkloads(workload("c0", "c1"));

    assertThat(found(problem)).hasSize(40);
  }

  @Test
  void findsNothingWhereTheSmallestAlternativesAreTooManyTogether() {
    var problem =
        problem(slice("n", devices("big", 30)), smalls())
            .addClaims(claim("c", all("big"), some("small", 3)));

    assertThat(found(problem)).isEmpty();
  }

  private static ResourceSlice smalls() {
    return slice("n", devices("small", 3)).withPool(new PoolId(Fleet.DRIVER, "other"));
  }
}
