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
import static io.tangram.api.check.Given.workload;
import static io.tangram.api.check.Given.workloadId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.claim.ImmutableWorkloadGroup;
import io.tangram.api.claim.Toleration;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.ImmutableNode;
import io.tangram.api.device.Node;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.device.NodeSelector;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutableAllocationPlan;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** R186, R194, and what workloads ask of nodes. */
class PlacementCheckTest {

  private static final WorkloadGroupId GROUP = new WorkloadGroupId("ns", "g");

  private static final Node TAINTED =
      Node.builder().name("n1").addTaints(taint("broken", Taint.Effect.NO_SCHEDULE)).build();

  private static ImmutableAllocationProblem.Builder nodes() {
    return problem(
            slice("n1", devices("a", "b")),
            slice("n2", devices("c", "d")),
            sharedSlice("net", NodeSelection.allNodes(), devices("x", "y")))
        .addClaims(one("1"), one("2"), one("3"));
  }

  private static Claim one(String name) {
    return claim(name, request("r"));
  }

  private static Taint taint(String key, Taint.Effect effect) {
    return new Taint(key, "", effect, Optional.empty());
  }

  private static AllocationProblem with(ImmutableAllocationProblem.Builder problem, Node node) {
    AllocationProblem built = problem.build();
    return ImmutableAllocationProblem.copyOf(built)
        .withNodes(
            built.nodes().stream().map(n -> n.name().equals(node.name()) ? node : n).toList());
  }

  private static ImmutableAllocationPlan.Builder plan(Allocation... allocations) {
    ImmutableAllocationPlan.Builder plan =
        AllocationPlan.builder()
            .allocator("test")
            .status(PlanStatus.FEASIBLE)
            .statistics(PlanStatistics.builder().strategy("test").build());
    for (Allocation allocation : allocations) {
      plan.putAllocations(allocation.claim(), allocation);
    }
    return plan;
  }

  private static Allocation give(String claim, String node, String path) {
    return allocation(one(claim), node, result("r", path));
  }

  /** Returns an allocation of a device that every node sees, made for one of them. */
  private static Allocation giveNetwork(String claim, String node, String path) {
    return allocation(one(claim), node, result("r", path)).withNodeSelector(Optional.empty());
  }

  private static ImmutableList<String> judge(
      AllocationProblem problem, ImmutableAllocationPlan.Builder plan) {
    return new PlacementCheck(problem, plan.build(), new ClusterIndex(problem))
        .run().stream()
            .map(found -> found.rule() + found.claim().map(claim -> " " + claim.name()).orElse(""))
            .collect(ImmutableList.toImmutableList());
  }

  @Test
  void placesAWorkloadWithAllItsClaims() {
    AllocationProblem problem = nodes().addWorkloads(workload("w", "1", "2")).build();

    assertThat(judge(problem, plan())).isEmpty();
    assertThat(
            judge(
                problem,
                plan(give("1", "n1", "n1/a"), give("2", "n1", "n1/b"))
                    .putPlacements(workloadId("w"), "n1")))
        .isEmpty();
    assertThat(judge(problem, plan(give("1", "n1", "n1/a")).putPlacements(workloadId("w"), "n1")))
        .containsExactly("R194 2");
    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n1")))
        .containsExactly("R194 1", "R194 2");
  }

  @Test
  void allocatesTheClaimsOfAWorkloadWhereItIsPlaced() {
    AllocationProblem problem = nodes().addWorkloads(workload("w", "1", "2")).build();

    assertThat(
            judge(
                problem,
                plan(give("1", "n1", "n1/a"), give("2", "n2", "n2/c"))
                    .putPlacements(workloadId("w"), "n1")))
        .containsExactly("R186 2", "R194 2");
    assertThat(
            judge(
                problem,
                plan(give("1", "n1", "n1/a"), giveNetwork("2", "n2", "net/x"))
                    .putPlacements(workloadId("w"), "n1")))
        .containsExactly("R194 2");
  }

  @Test
  void allocatesNothingForAWorkloadThatIsNotPlaced() {
    AllocationProblem problem = nodes().addWorkloads(workload("w", "1")).build();

    assertThat(judge(problem, plan(give("1", "n1", "n1/a")))).containsExactly("R194 1");
    assertThat(judge(problem, plan(Allocation.builder().claim(one("1").id()).build())))
        .containsExactly("R194 1");
  }

  @Test
  void leavesLoneClaimsAlone() {
    AllocationProblem problem = with(nodes(), TAINTED);

    assertThat(judge(problem, plan(give("1", "n1", "n1/a")))).isEmpty();
  }

  @Test
  void placesAWorkloadWithoutClaims() {
    AllocationProblem problem = nodes().addWorkloads(workload("w")).build();

    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n2"))).isEmpty();
  }

  @Test
  void placesAWorkloadWhereItsHeldClaimsCanBeUsed() {
    AllocationProblem problem =
        nodes()
            .addHeld(held("h", result("r", "n1/a")))
            .addWorkloads(workload("w", "h", "1"))
            .build();

    assertThat(judge(problem, plan(give("1", "n1", "n1/b")).putPlacements(workloadId("w"), "n1")))
        .isEmpty();
    assertThat(judge(problem, plan(give("1", "n2", "n2/c")).putPlacements(workloadId("w"), "n2")))
        .containsExactly("R186 h");
  }

  @Test
  void letsNoNewWorkloadUseAHeldClaimThatIsToBeVacated() {
    Taint evicting = taint("repair", Taint.Effect.NO_EXECUTE);
    Taint blocking = taint("busy", Taint.Effect.NO_SCHEDULE);
    AllocationProblem problem =
        problem(
                slice(
                    "n1",
                    device("a").addTaints(evicting).build(),
                    device("b").addTaints(blocking).build()))
            .addHeld(
                held("gone", result("r", "n1/a").withTolerations(Toleration.exists("else"))),
                held(
                    "stays",
                    result("r", "n1/a").withTolerations(Toleration.exists("repair")),
                    result("r", "n1/b"),
                    result("r", "n1/vanished")))
            .addWorkloads(workload("v", "gone"), workload("w", "stays"))
            .build();

    assertThat(judge(problem, plan().putPlacements(workloadId("v"), "n1")))
        .containsExactly("R160 gone");
    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n1"))).isEmpty();
  }

  @Test
  void placesAWorkloadAnywhereWhereItsHeldClaimsCanBeUsedEverywhere() {
    AllocationProblem problem =
        nodes()
            .addHeld(held("h", result("r", "net/x")).withNodeSelector(Optional.empty()))
            .addWorkloads(workload("w", "h"))
            .build();

    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n2"))).isEmpty();
  }

  @Test
  void placesTheOthersOfASharedClaimWhereItsSelectorAllows() {
    AllocationProblem problem =
        nodes().addWorkloads(workload("v", "1", "2"), workload("w", "1", "3")).build();

    assertThat(
            judge(
                problem,
                plan(
                        giveNetwork("1", "n1", "net/x"),
                        give("2", "n1", "n1/a"),
                        give("3", "n2", "n2/c"))
                    .putPlacements(workloadId("v"), "n1")
                    .putPlacements(workloadId("w"), "n2")))
        .isEmpty();
    assertThat(
            judge(
                problem,
                plan(give("1", "n1", "n1/b"), give("2", "n1", "n1/a"), give("3", "n2", "n2/c"))
                    .putPlacements(workloadId("v"), "n1")
                    .putPlacements(workloadId("w"), "n2")))
        .containsExactly("R186 1");
  }

  @Test
  void allocatesASharedClaimForTheSakeOfOneWorkload() {
    AllocationProblem problem =
        nodes().addWorkloads(workload("v", "1", "2"), workload("w", "1", "3")).build();

    assertThat(
            judge(
                problem,
                plan(giveNetwork("1", "n1", "net/x"), give("2", "n1", "n1/a"))
                    .putPlacements(workloadId("v"), "n1")))
        .isEmpty();
    assertThat(
            judge(
                problem,
                plan(giveNetwork("1", "n2", "net/x"), give("2", "n1", "n1/a"))
                    .putPlacements(workloadId("v"), "n1")))
        .containsExactly("R194 1");
  }

  @Test
  void placesWorkloadsOnNodesThatAreThere() {
    AllocationProblem problem = nodes().addWorkloads(workload("w")).build();

    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n3")))
        .containsExactly("PLACEMENT");
  }

  @ParameterizedTest
  @EnumSource(Taint.Effect.class)
  void placesWorkloadsOnNodesWithoutTaintsThatBlock(Taint.Effect effect) {
    AllocationProblem problem =
        with(
            nodes().addWorkloads(workload("w")),
            ImmutableNode.copyOf(TAINTED).withTaints(taint("broken", effect)));

    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n1")))
        .isEqualTo(
            effect == Taint.Effect.NO_SCHEDULE || effect == Taint.Effect.NO_EXECUTE
                ? ImmutableList.of("PLACEMENT")
                : ImmutableList.of());
  }

  @ParameterizedTest
  @CsvSource({"broken, true", "'', true", "other, false"})
  void placesWorkloadsOnNodesWhoseTaintsTheyTolerate(String key, boolean tolerated) {
    AllocationProblem problem =
        with(nodes().addWorkloads(workload("w").withTolerations(Toleration.exists(key))), TAINTED);

    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n1")))
        .isEqualTo(tolerated ? ImmutableList.of() : ImmutableList.of("PLACEMENT"));
  }

  @Test
  void placesWorkloadsOnNodesThatAllTheirSelectorsMatch() {
    NodeSelector inZoneA =
        new NodeSelector(
            ImmutableList.of(
                new NodeSelector.Term(
                    ImmutableList.of(
                        new NodeSelector.Requirement(
                            "zone", NodeSelector.Operator.IN, ImmutableList.of("a"))),
                    ImmutableList.of())));
    AllocationProblem problem =
        with(
            nodes()
                .addWorkloads(
                    workload("v").withNodeSelectors(inZoneA),
                    workload("w").withNodeSelectors(inZoneA, NodeSelector.ofNode("n2"))),
            Node.builder().name("n1").putLabels("zone", "a").build());

    assertThat(judge(problem, plan().putPlacements(workloadId("v"), "n1"))).isEmpty();
    assertThat(judge(problem, plan().putPlacements(workloadId("v"), "n2")))
        .containsExactly("PLACEMENT");
    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n1")))
        .containsExactly("PLACEMENT");
    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n2")))
        .containsExactly("PLACEMENT");
  }

  @Test
  void placesNoWorkloadWithConstraintsThatAreNotSupported() {
    AllocationProblem problem =
        nodes().addWorkloads(workload("w").withUnsupported("host ports")).build();

    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n1")))
        .containsExactly("PLACEMENT");
  }

  @Test
  void saysWhatIsWrongWithAPlacement() {
    AllocationProblem problem = with(nodes().addWorkloads(workload("w", "1")), TAINTED);

    assertThat(
            new PlacementCheck(
                    problem,
                    plan().putPlacements(workloadId("w"), "n1").build(),
                    new ClusterIndex(problem))
                .run())
        .extracting(Violation::toString)
        .containsExactly(
            "PLACEMENT: workload ns/w is placed on node n1, which has taint broken:NoSchedule, and"
                + " doesn't tolerate it",
            "R194 claim ns/1: is not allocated, but workload ns/w, which needs it, is placed");
  }

  @Test
  void placesAGroupWithEnoughMembersOrNot() {
    WorkloadGroup two =
        WorkloadGroup.of(GROUP, 2, workloadId("u"), workloadId("v"), workloadId("w"));
    AllocationProblem problem =
        nodes()
            .addWorkloads(workload("u"), workload("v"), workload("w"), workload("x"))
            .addGroups(two)
            .build();

    assertThat(judge(problem, plan().putPlacements(workloadId("x"), "n1"))).isEmpty();
    assertThat(judge(problem, plan().putPlacements(workloadId("u"), "n1")))
        .containsExactly("PLACEMENT");
    assertThat(judge(problem, plan().placements(onNodeOne("u", "w")))).isEmpty();
    assertThat(judge(problem, plan().placements(onNodeOne("u", "v", "w")))).isEmpty();
  }

  private static ImmutableMap<WorkloadId, String> onNodeOne(String... names) {
    return ImmutableList.copyOf(names).stream()
        .collect(ImmutableMap.toImmutableMap(Given::workloadId, name -> "n1"));
  }

  @Test
  void placesNoneOfAGroupThatLacksMembers() {
    AllocationProblem problem =
        nodes()
            .addWorkloads(workload("u"), workload("v"))
            .addGroups(WorkloadGroup.of(GROUP, 3, workloadId("u"), workloadId("v")))
            .build();

    assertThat(judge(problem, plan().placements(onNodeOne("u", "v")))).containsExactly("PLACEMENT");
    assertThat(judge(problem, plan())).isEmpty();
  }

  /** Node n1 is in rack a, n2 in rack b, n3 in none. */
  private static AllocationProblem racks(ImmutableWorkloadGroup.Builder group) {
    AllocationProblem problem =
        nodes().addWorkloads(workload("u"), workload("v"), workload("w")).build();
    return ImmutableAllocationProblem.copyOf(problem)
        .withNodes(
            Node.builder().name("n1").putLabels("rack", "a").build(),
            Node.builder().name("n2").putLabels("rack", "b").build(),
            Node.of("n3"))
        .withGroups(
            group
                .id(GROUP)
                .minMembers(1)
                .addMembers(workloadId("u"), workloadId("v"), workloadId("w"))
                .build());
  }

  private static ImmutableAllocationPlan.Builder on(String u, String v) {
    return plan().putPlacements(workloadId("u"), u).putPlacements(workloadId("v"), v);
  }

  private static List<String> faults(
      ImmutableWorkloadGroup.Builder group, ImmutableAllocationPlan.Builder plan) {
    AllocationProblem problem = racks(group);
    return new PlacementCheck(problem, plan.build(), new ClusterIndex(problem))
        .run().stream().map(Violation::message).toList();
  }

  @Test
  void keepsMembersTogether() {
    TopologyConstraint together = new TopologyConstraint.Together("rack", true);

    assertThat(faults(WorkloadGroup.builder().addTopology(together), on("n1", "n1"))).isEmpty();
    assertThat(faults(WorkloadGroup.builder().addTopology(together), on("n1", "n2")))
        .containsExactly("group ns/g requires all members in one rack, but has members in a and b");
    assertThat(faults(WorkloadGroup.builder().addTopology(together), on("n3", "n3")))
        .containsExactly(
            "group ns/g requires all members in one rack, but has a member on node n3, which has no"
                + " such label");
  }

  @Test
  void keepsMembersWithThoseThatRun() {
    ImmutableWorkloadGroup.Builder group =
        WorkloadGroup.builder().addTopology(new TopologyConstraint.Together("rack", true));

    assertThat(faults(group.addRunning("n2"), on("n2", "n2"))).isEmpty();
  }

  @Test
  void addsNobodyToMembersThatRunApart() {
    TopologyConstraint together = new TopologyConstraint.Together("rack", true);
    String fault = "group ns/g requires all members in one rack, but has members in ";

    assertThat(
            faults(WorkloadGroup.builder().addTopology(together).addRunning("n2"), on("n1", "n1")))
        .containsExactly(fault + "a and b");
    assertThat(
            faults(
                WorkloadGroup.builder().addTopology(together).addRunning("gone"), on("n1", "n1")))
        .containsExactly(fault + "a and gone");
  }

  @Test
  void countsMembersInADomain() {
    TopologyConstraint one = new TopologyConstraint.AtMost("rack", 1, true);

    assertThat(faults(WorkloadGroup.builder().addTopology(one), on("n1", "n2"))).isEmpty();
    assertThat(faults(WorkloadGroup.builder().addTopology(one), on("n1", "n1")))
        .containsExactly("group ns/g requires at most 1 member in one rack, but has 2 in a");
    assertThat(faults(WorkloadGroup.builder().addTopology(one).addRunning("n2"), on("n1", "n2")))
        .containsExactly("group ns/g requires at most 1 member in one rack, but has 2 in b");
    assertThat(
            faults(
                WorkloadGroup.builder().addTopology(one).addRunning("n2", "n2"),
                plan().putPlacements(workloadId("u"), "n1")))
        .isEmpty();
  }

  @Test
  void measuresWhatMembersMiss() {
    AllocationProblem problem =
        racks(
            WorkloadGroup.builder()
                .addTopology(
                    new TopologyConstraint.Together("rack", false),
                    new TopologyConstraint.AtMost("rack", 1, false))
                .addRunning("n1", "gone"));

    assertThat(missed(problem, plan())).isZero();
    assertThat(missed(problem, on("n1", "n1"))).as("n1, gone; two too many").isEqualTo(1 + 2);
    assertThat(missed(problem, on("n2", "n3"))).as("each in a domain of its own").isEqualTo(3);
  }

  private static long missed(AllocationProblem problem, ImmutableAllocationPlan.Builder plan) {
    return GroupSpread.all(problem, plan.build(), new ClusterIndex(problem))
        .mapToLong(GroupSpread::missed)
        .sum();
  }

  @Test
  void placesAWorkloadByTheSelectorOfAHeldClaimNotByItsNode() { // R186
    ImmutableAllocation elsewhere = held("1", result("r", "n2/c")).withNode("n1");
    AllocationProblem problem =
        problem().addHeld(elsewhere).addWorkloads(workload("w", "1")).build();

    assertThat(judge(problem, plan().putPlacements(workloadId("w"), "n1")))
        .containsExactly("R186 1");
  }

  @Test
  void leavesAWrongSelectorToTheCheckOfTheAllocation() {
    AllocationProblem problem = nodes().addWorkloads(workload("w", "1")).build();
    ImmutableAllocation odd =
        ImmutableAllocation.copyOf(give("1", "n1", "n1/a"))
            .withNodeSelector(NodeSelector.ofNode("n2"));

    assertThat(judge(problem, plan(odd).putPlacements(workloadId("w"), "n1")))
        .doesNotContain("R186 1");
  }

  @Test
  void saysForWhichNodeAClaimIsAllocatedInVain() { // R194
    AllocationProblem problem =
        nodes().addWorkloads(workload("v", "1"), workload("w", "2")).build();

    assertThat(
            new PlacementCheck(
                    problem,
                    plan(give("1", "n1", "n1/a"), Allocation.builder().claim(one("2").id()).build())
                        .build(),
                    new ClusterIndex(problem))
                .run())
        .extracting(Violation::message)
        .containsExactly(
            "is allocated for node n1, but no workload that references it is placed there",
            "is allocated for no node, but no workload that references it is placed there");
  }
}
