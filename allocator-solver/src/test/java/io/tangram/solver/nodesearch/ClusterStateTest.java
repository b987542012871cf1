package io.tangram.solver.nodesearch;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static io.tangram.solver.nodesearch.OneNode.administrated;
import static io.tangram.solver.nodesearch.OneNode.board;
import static io.tangram.solver.nodesearch.OneNode.drawing;
import static io.tangram.solver.nodesearch.OneNode.found;
import static io.tangram.solver.nodesearch.OneNode.held;
import static io.tangram.solver.nodesearch.OneNode.heldShare;
import static io.tangram.solver.nodesearch.OneNode.onBoard;
import static io.tangram.solver.nodesearch.OneNode.problem;
import static io.tangram.solver.nodesearch.OneNode.shared;
import static io.tangram.solver.nodesearch.OneNode.wanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.device.PoolId;
import io.tangram.api.device.ResourceSlice;
import io.tangram.solver.Fleet;
import org.junit.jupiter.api.Test;

class ClusterStateTest {

  // Who has what.

  @Test
  void givesNoDeviceThatIsHeld() {
    var problem = problem(slice("n", devices("big", 2))).addHeld(held("big-0"));

    assertThat(found(problem.addClaims(claim("c", one("gpu"))))).containsExactly("big-1");
  }

  @Test
  void tellsDevicesOfOneNameInTwoPoolsApart() {
    ResourceSlice other =
        slice("n", device("a", "big")).withPool(new PoolId(Fleet.DRIVER, "other"));
    var problem = problem(slice("n", device("a", "big")), other).addHeld(held("a"));

    assertThat(found(problem.addClaims(claim("c", some("gpu", 2))))).isEmpty();
    assertThat(found(problem(other).addHeld(held("a")).addClaims(claim("c", one("gpu")))))
        .containsExactly("a");
  }

  @Test
  void givesADeviceThatIsHeldForAdministration() {
    var problem = problem(slice("n", devices("big", 1))).addHeld(administrated("big-0"));

    assertThat(found(problem.addClaims(claim("c", one("gpu"))))).containsExactly("big-0");
  }

  @Test
  void givesNoDeviceAsAWholeOfWhichSharesAreHeld() {
    var problem = problem(slice("n", device("a", "big"))).addHeld(heldShare("a"));

    assertThat(found(problem.addClaims(claim("c", one("gpu"))))).isEmpty();
  }

  @Test
  void givesNoShareOfADeviceThatIsHeldAsAWhole() {
    var problem = problem(slice("n", shared("a"))).addHeld(held("a"));

    assertThat(found(problem.addClaims(claim("c", one("gpu"))))).isEmpty();
  }

  // Capacity.

  @Test
  void givesSharesUpToTheCapacity() {
    ResourceSlice slice = slice("n", shared("a", 8), shared("b", 8));

    assertThat(found(problem(slice).addClaims(claim("c", wanting("x", 5), wanting("y", 3)))))
        .containsExactly("a", "a");
    assertThat(found(problem(slice).addClaims(claim("c", wanting("x", 5), wanting("y", 4)))))
        .containsExactly("a", "b");
  }

  @Test
  void addsUpTheSharesThatAreHeld() {
    var problem =
        problem(slice("n", shared("a", 8), shared("b", 8)))
            .addHeld(heldShare("a", 3), heldShare("a", 4));

    assertThat(found(problem.addClaims(claim("c", wanting("x", 2))))).containsExactly("b");
  }

  @Test
  void givesAnyNumberOfSharesOfADeviceWithoutCapacities() {
    var problem = problem(slice("n", shared("a"))).addHeld(heldShare("a"), heldShare("a"));

    assertThat(found(problem.addClaims(claim("c", one("gpu"))))).containsExactly("a");
  }

  // Counters.

  @Test
  void givesPartitionsUpToTheirCounters() {
    var problem =
        problem(
                board(4),
                onBoard(
                    drawing(3, device("a", "big")),
                    drawing(2, device("b", "big")),
                    drawing(1, device("c", "big"))))
            .addClaims(claim("c", some("gpu", 2)));

    assertThat(found(problem)).containsExactly("a", "c");
  }

  @Test
  void takesOffTheCountersWhatIsHeld() {
    var problem =
        problem(
                board(4),
                onBoard(
                    drawing(3, device("a", "big")),
                    drawing(2, device("b", "big")),
                    drawing(1, device("c", "big"))))
            .addHeld(held("a"));

    assertThat(found(problem.addClaims(claim("c", one("gpu"))))).containsExactly("c");
  }

  @Test
  void keepsTheCountersOfTwoDriversApart() {
    PoolId other = new PoolId("other.example.com", "n");
    var problem =
        problem(
            board(4),
            onBoard(drawing(3, device("a", "big"))),
            board(4).withPool(other),
            onBoard(drawing(3, device("b", "big"))).withPool(other));

    assertThat(found(problem.addClaims(claim("c", some("gpu", 2))))).containsExactly("a", "b");
  }

  @Test
  void drawsOnCountersOnceForAllSharesOfADevice() {
    var problem = problem(board(4), onBoard(drawing(3, shared("a"))));

    assertThat(found(problem.addClaims(claim("c", one("gpu"), one("big")))))
        .containsExactly("a", "a");
  }

  @Test
  void drawsNothingForADeviceOfWhichSharesAreHeld() {
    var problem = problem(board(4), onBoard(drawing(3, shared("a")))).addHeld(heldShare("a"));

    assertThat(found(problem.addClaims(claim("c", one("gpu"))))).containsExactly("a");
  }

  @Test
  void givesOfAPoolThatIsOverdrawnOnlyWhatDrawsNothing() {
    var problem =
        problem(
                board(4),
                onBoard(
                    drawing(3, device("a", "big")),
                    drawing(3, device("b", "big")),
                    drawing(0, device("c", "big")),
                    device("free", "big")))
            .addHeld(held("a"), held("b"));

    assertThat(found(problem.addClaims(claim("c", one("gpu"))))).containsExactly("free");
  }

  @Test
  void givesOfAPoolWithAVanishedDeviceOnlyWhatDrawsNothing() {
    var problem =
        problem(board(4), onBoard(drawing(1, device("a", "big")), device("free", "big")))
            .addHeld(held("gone"));

    assertThat(found(problem.addClaims(claim("c", one("gpu"))))).containsExactly("free");
  }
}
