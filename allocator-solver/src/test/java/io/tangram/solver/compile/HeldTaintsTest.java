package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.compile.Given.device;
import static io.tangram.solver.compile.Given.given;
import static io.tangram.solver.compile.Given.held;
import static io.tangram.solver.compile.Given.together;
import static io.tangram.solver.compile.Given.workload;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.Workload;
import io.tangram.api.device.Device;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.Reason;
import io.tangram.solver.Fleet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R160. */
class HeldTaintsTest {

  private static final Taint EVICTING = taint("evicting", Taint.Effect.NO_EXECUTE);
  private static final Taint OTHER = taint("other", Taint.Effect.NO_EXECUTE);

  private final ImmutableAllocationProblem.Builder problem = Fleet.of("a");

  @Test
  void aWorkloadMayNotUseAClaimWhoseDeviceEvicts() {
    problem
        .addSlices(slice("a", device("x"), tainted("y", EVICTING)))
        .addHeld(held("h", given("a", "x"), given("a", "y")));

    assertThat(reason(workload("w", "h")))
        .hasValue(new Reason.ClaimTainted(id("h"), given("a", "y").device(), EVICTING));
  }

  @Test
  void aWorkloadMayUseAClaimThatToleratesTheTaint() {
    problem
        .addSlices(slice("a", tainted("x", EVICTING)))
        .addHeld(held("h", given("a", "x").withTolerations(Toleration.exists("evicting"))));

    assertThat(reason(workload("w", "h"))).isEmpty();
  }

  @Test
  void aClaimHasToTolerateEveryTaint() {
    problem
        .addSlices(slice("a", tainted("x", EVICTING, OTHER)))
        .addHeld(held("h", given("a", "x").withTolerations(Toleration.exists("evicting"))));

    assertThat(reason(workload("w", "h")))
        .hasValue(new Reason.ClaimTainted(id("h"), given("a", "x").device(), OTHER));
  }

  @Test
  void aTaintThatKeepsOnlyNewClaimsOffEvictsNobody() {
    problem
        .addSlices(slice("a", tainted("x", taint("busy", Taint.Effect.NO_SCHEDULE))))
        .addHeld(held("h", given("a", "x")));

    assertThat(reason(workload("w", "h"))).isEmpty();
  }

  @Test
  void aDeviceThatHasGoneEvictsNobody() {
    problem.addSlices(slice("a", device("x"))).addHeld(held("h", given("a", "y"), given("b", "z")));

    assertThat(reason(workload("w", "h"))).isEmpty();
  }

  @Test
  void aDeviceIsAsTheNewestGenerationPublishesIt() {
    problem
        .addSlices(
            slice("a", tainted("x", EVICTING), device("y")).withGeneration(1),
            slice("a", device("x"), tainted("y", OTHER)).withGeneration(2).withName("newer"))
        .addHeld(held("h", given("a", "x")), held("i", given("a", "y")));

    assertThat(reason(workload("w", "h", "i")))
        .hasValue(new Reason.ClaimTainted(id("i"), given("a", "y").device(), OTHER));
    assertThat(reason(workload("v", "h"))).isEmpty();
  }

  @Test
  void aDeviceThatIsPublishedTwiceIsAsTheFirstSliceByNameHasIt() {
    problem
        .addAllSlices(
            together(
                slice("a", device("x")).withName("1"),
                slice("a", tainted("x", EVICTING)).withName("0")))
        .addHeld(held("h", given("a", "x")));

    assertThat(reason(workload("w", "h"))).isPresent();
  }

  @Test
  void theFirstClaimThatIsToBeVacatedIsTold() {
    problem
        .addSlices(slice("a", tainted("x", EVICTING), tainted("y", OTHER)))
        .addHeld(held("h", given("a", "x")), held("i", given("a", "y")), held("j"));

    assertThat(reason(workload("w", "j", "i", "h")))
        .hasValue(new Reason.ClaimTainted(id("i"), given("a", "y").device(), OTHER));
  }

  private Optional<Reason> reason(Workload workload) {
    return HeldTaints.of(problem.addWorkloads(workload).build()).reason(workload);
  }

  private static Device tainted(String name, Taint... taints) {
    return device(name).withTaints(taints);
  }

  private static Taint taint(String key, Taint.Effect effect) {
    return new Taint(key, "", effect, Optional.empty());
  }
}
