package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.compile.Given.compiled;
import static io.tangram.solver.compile.Given.device;
import static io.tangram.solver.compile.Given.given;
import static io.tangram.solver.compile.Given.held;
import static io.tangram.solver.compile.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.device.NodeSelection;
import io.tangram.solver.Fleet;
import org.junit.jupiter.api.Test;

/** Nodes are {@code a} and {@code b}, with devices x and y each; both see z, none v. */
class HeldNodesTest {

  private final ImmutableAllocationProblem.Builder problem =
      Fleet.of("a", "b")
          .addSlices(
              slice("a", device("x"), device("y")),
              slice("b", device("x"), device("y")),
              slice("fabric", NodeSelection.allNodes(), device("z")),
              slice(
                  "torn",
                  new NodeSelection.PerDevice(),
                  device("u").withNodes(NodeSelection.node("a")),
                  device("v").withNodes(NodeSelection.node("c"))));

  @Test
  void aHeldDevicePutsTheOnlyNodeThatSeesItInUse() {
    problem.addHeld(held("c", given("b", "x")));

    HeldNodes nodes = compiled(problem.build()).heldNodes();

    assertThat(nodes.isInUse(0)).isFalse();
    assertThat(nodes.isInUse(1)).isTrue();
  }

  @Test
  void aClaimCountsOncePerNodeHoweverManyDevicesItHolds() {
    problem.addHeld(
        held("c", given("a", "x"), given("a", "y"), given("b", "x")), held("d", given("b", "y")));

    HeldNodes nodes = compiled(problem.build()).heldNodes();

    assertThat(nodes.claims(0)).isEqualTo(1);
    assertThat(nodes.claims(1)).isEqualTo(2);
  }

  @Test
  void aDeviceThatSeveralNodesSeePutsNoneInUse() {
    problem.addHeld(held("c", given("fabric", "z")));

    HeldNodes nodes = compiled(problem.build()).heldNodes();

    assertThat(nodes.isInUse(0)).isFalse();
    assertThat(nodes.isInUse(1)).isFalse();
  }

  @Test
  void administrativeUsesPutNoNodeInUse() {
    problem.addHeld(held("c", given("a", "x")), held("d", given("a", "x").withAdminAccess(true)));

    HeldNodes nodes = compiled(problem.build()).heldNodes();

    assertThat(nodes.claims(0)).isEqualTo(1);
  }

  @Test
  void devicesThatNoNodeSeesPutNoneInUse() {
    problem.addHeld(held("c", given("torn", "v"), given("a", "vanished")));

    HeldNodes nodes = compiled(problem.build()).heldNodes();

    assertThat(nodes.isInUse(0)).isFalse();
    assertThat(nodes.isInUse(1)).isFalse();
  }

  @Test
  void aDeviceOfTwoGenerationsPutsTheNodesOfBothInUse() {
    problem
        .addSlices(
            slice("moving", NodeSelection.node("a"), device("t")),
            slice("moving", NodeSelection.node("b"), device("t")).withGeneration(2))
        .addHeld(held("c", given("moving", "t")));

    HeldNodes nodes = compiled(problem.build()).heldNodes();

    assertThat(nodes.isInUse(0)).isTrue();
    assertThat(nodes.isInUse(1)).isTrue();
  }
}
