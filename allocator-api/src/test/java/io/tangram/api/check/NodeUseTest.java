package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.held;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static io.tangram.api.check.Given.workloadId;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.device.Device;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutableAllocationPlan;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeUseTest {

  private static final ResourceSlice N1 = slice("n1", devices("a", "b", "c"));
  private static final ResourceSlice N2 = slice("n2", devices("a", "b", "c"));
  private static final ResourceSlice FABRIC =
      sharedSlice("fabric", NodeSelection.allNodes(), devices("f"));

  private static Allocation planned(String claim, String node, String device) {
    return allocation(claim(claim, request("r")), node, result("r", device));
  }

  private static ImmutableAllocationPlan plan(Allocation... allocations) {
    ImmutableAllocationPlan.Builder plan =
        AllocationPlan.builder()
            .allocator("test")
            .status(PlanStatus.FEASIBLE)
            .statistics(PlanStatistics.builder().strategy("test").build());
    for (Allocation each : allocations) {
      plan.putAllocations(each.claim(), each);
    }
    return plan.build();
  }

  private static NodeUse use(AllocationProblem problem, AllocationPlan plan) {
    return new NodeUse(problem, plan, new ClusterIndex(problem));
  }

  @Test
  void aNodeWithDevicesGivenIsInUse() {
    NodeUse use =
        use(problem(N1, N2).build(), plan(planned("c", "n2", "n2/a"), planned("d", "n2", "n2/b")));

    assertThat(use.newlyUsed()).containsExactly("n2");
    assertThat(use.unevenness()).isEqualTo(4);
  }

  @Test
  void aNodeWithDevicesHeldIsInUseBefore() {
    AllocationProblem problem =
        problem(N1, N2)
            .addHeld(held("h", result("r", "n1/a"), result("r", "n1/b")))
            .addHeld(held("i", result("r", "n1/c")))
            .build();

    NodeUse use = use(problem, plan(planned("c", "n1", "n1/c"), planned("d", "n2", "n2/a")));

    assertThat(use.newlyUsed()).containsExactly("n2");
    assertThat(use.unevenness()).isEqualTo(3 * 3 - 2 * 2 + 1);
  }

  @Test
  void devicesHeldForAdministrationUseNoNode() {
    AllocationProblem problem =
        problem(N1).addHeld(held("h", result("r", "n1/a").withAdminAccess(true))).build();

    assertThat(use(problem, plan(planned("c", "n1", "n1/a"))).newlyUsed()).containsExactly("n1");
  }

  @Test
  void devicesThatSeveralNodesSeeUseNone() {
    AllocationProblem problem =
        problem(N1, FABRIC).addHeld(held("h", result("r", "fabric/f"))).build();

    assertThat(use(problem, plan(planned("c", "n1", "n1/a"))).newlyUsed()).containsExactly("n1");
  }

  @Test
  void devicesThatTheirSliceLeavesToOneNodeUseIt() {
    Device one = device("one").nodes(NodeSelection.node("n2")).build();
    Device all = device("all").nodes(NodeSelection.allNodes()).build();
    ResourceSlice mixed = sharedSlice("mixed", new NodeSelection.PerDevice(), List.of(one, all));
    AllocationPlan plan = plan(planned("c", "n1", "n1/a"), planned("d", "n2", "n2/a"));

    assertThat(
            use(problem(N1, N2, mixed).addHeld(held("h", result("r", "mixed/one"))).build(), plan)
                .newlyUsed())
        .containsExactly("n1");
    assertThat(
            use(problem(N1, N2, mixed).addHeld(held("h", result("r", "mixed/all"))).build(), plan)
                .newlyUsed())
        .containsExactlyInAnyOrder("n1", "n2");
  }

  @Test
  void devicesThatAreNotToBeHadUseNoNode() {
    ResourceSlice incomplete = slice("n1", devices("a")).withResourceSliceCount(2);
    AllocationProblem problem =
        problem(incomplete)
            .addHeld(held("h", result("r", "n1/a")), held("i", result("r", "gone/a")))
            .build();

    NodeUse use = use(problem, plan(planned("c", "n1", "fabric/f")));

    assertThat(use.newlyUsed()).containsExactly("n1");
  }

  @Test
  void aPlacedWorkloadUsesItsNode() {
    AllocationPlan plan = plan().withPlacements(Map.of(workloadId("w"), "n2"));

    NodeUse use = use(problem(N1, N2).build(), plan);

    assertThat(use.newlyUsed()).containsExactly("n2");
    assertThat(use.unevenness()).isZero();
  }

  @Test
  void aClaimThatAsksForNothingUsesNoNode() {
    Claim empty = claim("empty");
    Allocation somewhere = allocation(empty, "n1");
    Allocation nowhere = ImmutableAllocation.builder().claim(empty.id()).build();

    assertThat(use(problem(N1).build(), plan(somewhere)).newlyUsed()).isEmpty();
    assertThat(use(problem(N1).build(), plan(somewhere)).unevenness()).isZero();
    assertThat(use(problem(N1).build(), plan(nowhere)).newlyUsed()).isEmpty();
  }
}
