package io.tangram.solver.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Node;
import io.tangram.api.device.Quantity;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.solver.CpSatAllocator;
import io.tangram.solver.Fleet;
import io.tangram.solver.PartitionedNode;
import io.tangram.solver.PartitionedNode.Parts;
import io.tangram.solver.model.PatternModel;
import org.junit.jupiter.api.Test;

/** What pairs leave over on single nodes, where all nodes are counted as one. */
class PooledRestsTest {

  private static final int NODES_OF_EACH_KIND = 30;

  /**
   * On nodes of one kind a pair leaves a device over, whose board can give a small one instead. On
   * the others nothing is left over: six small devices cost a pair there, and thirty are needed.
   */
  @Test
  void provesThatLessIsLeftOverOnlyByBoardsOfTheSameNode() {
    ImmutableAllocationProblem.Builder problem = Fleet.of();
    for (int i = 0; i < NODES_OF_EACH_KIND; i++) {
      addNode(
          PartitionedNode.of("odd-" + i)
              .board(6, new Parts("big", 2, 3), new Parts("small", 2, 3))
              .board(3, new Parts("big", 1, 3), new Parts("small", 1, 3)),
          "odd-" + i,
          problem);
      addNode(
          PartitionedNode.of("even-" + i)
              .board(6, new Parts("big", 2, 3), new Parts("small", 6, 1))
              .board(6, new Parts("big", 2, 3), new Parts("small", 6, 1)),
          "even-" + i,
          problem);
    }
    addClaims("pair", 3 * NODES_OF_EACH_KIND, Fleet.some("big", 2), problem);
    addClaims("single", 2 * NODES_OF_EACH_KIND, Fleet.one("small"), problem);

    AllocationPlan plan = allocate(problem.build());

    assertThat(plan.statistics().strategy()).isEqualTo(PatternModel.POOLED);
    assertThat(plan.status()).as("%s", plan.objectives()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(5 * NODES_OF_EACH_KIND - 5);
  }

  /**
   * Counted as one, the nodes have devices of the same share for one claim more than on their own,
   * and the most claims take other devices than the fewer that there is place for.
   */
  @Test
  void boundsLaterObjectivesOnlyBesideAsManyClaims() {
    ImmutableAllocationProblem.Builder problem = Fleet.of().addDeviceClasses(Fleet.model("other"));
    for (int i = 0; i < 2; i++) {
      addNode(
          PartitionedNode.of("node-" + i)
              .board(4, new Parts("big", 2, 0))
              .board(2, new Parts("big", 1, 2), new Parts("small", 3, 1))
              .board(4, new Parts("small", 3, 2)),
          "node-" + i,
          problem);
    }
    for (int i = 0; i < 2 * NODES_OF_EACH_KIND; i++) {
      problem
          .addNodes(Node.of("other-" + i))
          .addSlices(Fleet.slice("other-" + i, Fleet.device("device", "other")));
    }
    addClaims("pair", 3, Fleet.some("small", 2), problem);
    addClaims("bigs", 1, Fleet.some("big", 3), problem);
    addClaims("smalls", 1, Fleet.some("small", 3), problem);
    addClaims("three", 1, Fleet.some("gpu", 3), problem);
    Request any = Fleet.any(Fleet.leaf("other", 1), Fleet.leaf("small", 9), Fleet.leaf("big", 9));
    addClaims("any", 1, any, problem);

    AllocationPlan plan = // or an exception
        new CpSatAllocator()
            .allocate(
                problem.build(),
                AllocationOptions.builder().admission(Admission.MOST_DEVICE_SHARE).build());

    assertThat(plan.statistics().strategy()).isEqualTo(PatternModel.POOLED);
    assertThat(plan.objectives().get(0).value()).isEqualTo(9_000_000);
  }

  /**
   * There are enough small devices for all pairs, but most are on nodes without large ones, and
   * enough CPU, but not on the nodes with devices for the others.
   */
  @Test
  void countsWhatUnitsNeedTogetherOnNodesThatHaveAllOfIt() {
    ImmutableAllocationProblem.Builder problem = Fleet.of();
    for (int i = 0; i < NODES_OF_EACH_KIND; i++) {
      problem
          .addNodes(nodeWithCpus("both-" + i, 1), nodeWithCpus("small-" + i, 100))
          .addSlices(
              Fleet.slice(
                  "both-" + i,
                  Fleet.device("a", "big"),
                  Fleet.device("b", "big"),
                  Fleet.device("c", "small")),
              Fleet.slice("small-" + i, Fleet.devices("small", 4)));
    }
    for (int i = 0; i < 2 * NODES_OF_EACH_KIND; i++) {
      addWorkload("pair-" + i, problem, Fleet.one("big"), Fleet.one("small"));
      addWorkload("big-" + i, problem, Fleet.one("big"));
    }

    AllocationPlan plan = allocate(problem.build());

    assertThat(plan.statistics().strategy()).isEqualTo(PatternModel.POOLED);
    assertThat(plan.objectives().get(0).status()).isEqualTo(PlanStatus.OPTIMAL);
    assertThat(plan.allocations()).hasSize(NODES_OF_EACH_KIND);
  }

  private static Node nodeWithCpus(String name, int cpus) {
    return Node.builder().name(name).available(ImmutableMap.of("cpu", Quantity.of(cpus))).build();
  }

  private static void addWorkload(
      String name, ImmutableAllocationProblem.Builder problem, Request... requests) {
    Claim claim = Fleet.claim(name, requests);
    problem
        .addClaims(claim)
        .addWorkloads(
            Workload.builder()
                .id(new WorkloadId("default", name))
                .addClaims(claim.id())
                .putResources("cpu", Quantity.of(1))
                .build());
  }

  private static void addNode(
      PartitionedNode node, String name, ImmutableAllocationProblem.Builder problem) {
    problem.addNodes(Node.of(name)).addAllSlices(node.slices());
  }

  private static void addClaims(
      String name, int count, Request request, ImmutableAllocationProblem.Builder problem) {
    for (int i = 0; i < count; i++) {
      problem.addClaims(Fleet.claim(name + "-" + i, request));
    }
  }

  private static AllocationPlan allocate(AllocationProblem problem) {
    return new CpSatAllocator().allocate(problem, AllocationOptions.DEFAULTS);
  }
}
