package io.tangram.solver.nodesearch;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static io.tangram.solver.nodesearch.OneNode.ROOT;
import static io.tangram.solver.nodesearch.OneNode.administrative;
import static io.tangram.solver.nodesearch.OneNode.board;
import static io.tangram.solver.nodesearch.OneNode.drawing;
import static io.tangram.solver.nodesearch.OneNode.found;
import static io.tangram.solver.nodesearch.OneNode.held;
import static io.tangram.solver.nodesearch.OneNode.heldShare;
import static io.tangram.solver.nodesearch.OneNode.onBoard;
import static io.tangram.solver.nodesearch.OneNode.onRoot;
import static io.tangram.solver.nodesearch.OneNode.problem;
import static io.tangram.solver.nodesearch.OneNode.shared;
import static io.tangram.solver.nodesearch.OneNode.wanting;
import static io.tangram.solver.nodesearch.OneNode.workload;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.DeviceConstraint.MatchAttribute;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.Device;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.Taint;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallStateTest {

  // Administrative access.

  @Test
  void givesForAdministrationWhatIsInUse() {
    var problem =
        problem(slice("n", devices("big", 1)))
            .addHeld(held("big-0"))
            .addClaims(claim("c", administrative("gpu")));

    assertThat(found(problem)).containsExactly("big-0");
  }

  @Test
  void givesADeviceOnceInAClaimIfItIsForAdministration() {
    var twice =
        problem(slice("n", devices("big", 1)))
            .addClaims(claim("c", administrative("gpu"), administrative("big")));
    var afterwards =
        problem(slice("n", devices("big", 1)))
            .addClaims(claim("c", one("gpu"), administrative("big")));

    assertThat(found(twice)).isEmpty();
    assertThat(found(afterwards)).isEmpty();
  }

  @Test
  void givesADeviceForAdministrationToSeveralClaims() {
    var problem =
        problem(slice("n", devices("big", 1)))
            .addClaims(claim("c0", administrative("gpu")), claim("c1", administrative("gpu")))
            .addWorkloads(workload("c0", "c1"));

    assertThat(found(problem)).containsExactly("big-0", "big-0");
  }

  @Test
  void givesNothingElseWhatALaterClaimOfTheSameSearchAdministrates() {
    var before =
        problem(slice("n", devices("big", 1)))
            .addClaims(claim("c0", administrative("gpu")), claim("c1", one("gpu")))
            .addWorkloads(workload("c0", "c1"));
    var after =
        problem(slice("n", devices("big", 1)))
            .addClaims(claim("c0", one("gpu")), claim("c1", administrative("gpu")))
            .addWorkloads(workload("c0", "c1"));

    assertThat(found(before)).isEmpty();
    assertThat(found(after)).containsExactly("big-0", "big-0");
  }

  @Test
  void givesAllForAdministrationThoughOthersUseThem() {
    Request everything =
        new Request.Exactly(leaf("gpu", 1).withMode(AllocationMode.ALL).withAdminAccess(true));
    var problem = problem(slice("n", devices("big", 2))).addHeld(held("big-0"));

    assertThat(found(problem.addClaims(claim("c", everything)))).containsExactly("big-0", "big-1");
  }

  @Test
  void givesNoneForAdministrationOfWhichTheClaimHasOne() {
    Request everything =
        new Request.Exactly(leaf("big", 1).withMode(AllocationMode.ALL).withAdminAccess(true));
    var problem =
        problem(slice("n", devices("big", 2))).addClaims(claim("c", one("gpu"), everything));

    assertThat(found(problem)).isEmpty();
  }

  @Test
  void givesNoTaintedDeviceForAdministrationEither() {
    Device tainted =
        ImmutableDevice.copyOf(device("a", "big"))
            .withTaints(new Taint("broken", "", Taint.Effect.NO_SCHEDULE, Optional.empty()));
    Request tolerating =
        new Request.Exactly(
            leaf("gpu", 1).withAdminAccess(true).withTolerations(Toleration.exists("broken")));

    assertThat(found(problem(slice("n", tainted)).addClaims(claim("c", administrative("gpu")))))
        .isEmpty();
    assertThat(found(problem(slice("n", tainted)).addClaims(claim("c", tolerating))))
        .containsExactly("a");
  }

  @Test
  void takesNoCountersForAdministration() {
    var problem =
        problem(board(4), onBoard(drawing(3, device("a", "big")), drawing(3, device("b", "big"))))
            .addHeld(held("a"))
            .addClaims(claim("c", administrative("gpu"), administrative("big")));

    assertThat(found(problem)).containsExactly("a", "b");
  }

  @Test
  void givesAShareForAdministrationOnlyOfWhatIsLeft() {
    var problem = problem(slice("n", shared("a", 8))).addClaims(claim("c", administrative("gpu")));

    assertThat(found(problem)).containsExactly("a");
    assertThat(found(problem.addHeld(heldShare("a", 1)))).isEmpty();
  }

  @Test
  void countsAShareForAdministrationBesideTheOthersOfTheSearch() {
    Request administrating =
        new Request.Exactly(leaf("gpu", 1).withName("admin").withAdminAccess(true));
    var problem = problem(slice("n", shared("a", 8), shared("b", 8)));

    assertThat(found(problem.addClaims(claim("c", administrating, wanting("share", 1)))))
        .containsExactly("a", "b");
  }

  @Test
  void comparesWhatIsForAdministrationInConstraints() {
    var problem =
        problem(slice("n", onRoot("a", 0), onRoot("b", 1), onRoot("c", 0)))
            .addClaims(
                claim("c", one("gpu"), administrating("admin"))
                    .withConstraints(new MatchAttribute(ImmutableList.of(), ROOT)));

    assertThat(found(problem)).containsExactly("a", "c");
  }

  private static Request administrating(String name) {
    return new Request.Exactly(leaf("gpu", 1).withName(name).withAdminAccess(true));
  }

  // The way back.

  @Test
  void takesNothingForADeviceThatAConstraintRefuses() {
    var problem =
        problem(
                board(4),
                onBoard(
                    drawing(1, onRoot("a", 0)),
                    drawing(3, onRoot("b", 1)),
                    drawing(3, onRoot("c", 0))))
            .addClaims(
                claim("c", some("gpu", 2))
                    .withConstraints(new MatchAttribute(ImmutableList.of(), ROOT)));

    assertThat(found(problem)).containsExactly("a", "c");
  }

  @Test
  void givesBackWhatAShareTookWhereItIsTakenBack() {
    var counters =
        problem(
                board(4),
                onBoard(
                    drawing(3, shared("a")),
                    drawing(2, device("b", "small")),
                    drawing(2, device("c", "small"))))
            .addClaims(claim("c", one("gpu"), one("small")));
    var capacity =
        problem(slice("n", shared("a", 8), shared("b", 4)))
            .addClaims(claim("c", wanting("little", 4), wanting("much", 8)));

    assertThat(found(counters)).containsExactly("b", "c");
    assertThat(found(capacity)).containsExactly("b", "a");
  }
}
