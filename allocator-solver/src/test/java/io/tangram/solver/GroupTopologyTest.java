package io.tangram.solver;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.ImmutableWorkloadGroup;
import io.tangram.api.claim.TopologyConstraint;
import io.tangram.api.claim.TopologyConstraint.AtMost;
import io.tangram.api.claim.TopologyConstraint.Together;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Node;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.Reason;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.greedy.FragmentationAllocator;
import io.tangram.solver.reference.ReferenceAllocator;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two blocks of two racks of two nodes: block x has racks r and s, block y has t and u, with a node
 * that is in none. Each node has two GPUs but the first one, which has one.
 */
class GroupTopologyTest {

  private static final WorkloadGroupId GANG = new WorkloadGroupId("ns", "gang");

  static Stream<Allocator> allocators() {
    return Stream.of(
        new CpSatAllocator(),
        new FirstFitAllocator(),
        new BestFitAllocator(),
        new FragmentationAllocator(),
        ReferenceAllocator.with(Set.of()),
        ReferenceAllocator.of(new KubernetesVersion(36)));
  }

  private static ImmutableAllocationProblem.Builder fleet() {
    ImmutableAllocationProblem.Builder problem = Fleet.of();
    String[] racks = {"r", "r", "s", "s", "t", "t", "u", "u"};
    for (int node = 0; node < racks.length; node++) {
      problem.addNodes(
          Node.builder()
              .name("n" + node)
              .labels(ImmutableMap.of("rack", racks[node], "block", node < 4 ? "x" : "y"))
              .build());
      problem.addSlices(slice("n" + node, devices("big", node == 0 ? 1 : 2)));
    }
    problem.addNodes(Node.of("lone"));
    return problem.addSlices(slice("lone", devices("big", 2)));
  }

  /** A group whose members take as many GPUs each. */
  private static AllocationProblem problem(
      ImmutableAllocationProblem.Builder fleet,
      int members,
      int gpus,
      ImmutableWorkloadGroup.Builder group) {
    for (int i = 0; i < members; i++) {
      fleet.addClaims(claim("m" + i, some("gpu", gpus)));
      fleet.addWorkloads(Workload.builder().id(member(i)).addClaims(id("m" + i)).build());
      group.addMembers(member(i));
    }
    return fleet.addGroups(group.build()).build();
  }

  private static WorkloadId member(int i) {
    return new WorkloadId("ns", "m" + i);
  }

  private static ImmutableWorkloadGroup.Builder group(int least, TopologyConstraint... topology) {
    return WorkloadGroup.builder().id(GANG).minMembers(least).addTopology(topology);
  }

  private static AllocationPlan plan(Allocator allocator, AllocationProblem problem) {
    return allocator.allocate(
        problem,
        AllocationOptions.builder()
            .timeLimit(Duration.ofMinutes(5))
            .objectives(List.of(Objective.TOPOLOGY))
            .build());
  }

  private static long missed(AllocationPlan plan) {
    return plan.objectives().stream()
        .filter(result -> result.name().equals(Objective.TOPOLOGY.label()))
        .mapToLong(ObjectiveResult::value)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void keepsAGroupInOneRack(Allocator allocator) {
    AllocationProblem problem = problem(fleet(), 2, 2, group(2, new Together("rack", true)));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements().values()).containsExactly("n2", "n3");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void takesTheBlockThatHoldsAll(Allocator allocator) {
    AllocationProblem problem = problem(fleet(), 4, 2, group(4, new Together("block", true)));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements().values()).containsExactlyInAnyOrder("n4", "n5", "n6", "n7");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void takesTheBlockThatHoldsMostWhereNoneHoldsAll(Allocator allocator) {
    AllocationProblem problem = problem(fleet(), 5, 2, group(3, new Together("block", true)));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements().values()).containsExactlyInAnyOrder("n4", "n5", "n6", "n7");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void holdsSeveralLevelsAtOnce(Allocator allocator) {
    AllocationProblem problem =
        problem(fleet(), 4, 1, group(4, new Together("block", true), new AtMost("rack", 2, true)));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements().values()).hasSize(4);
    assertThat(plan.placements().values().stream().map(GroupTopologyTest::rack))
        .containsOnly(
            rack(plan.placements().values().asList().get(0)),
            rack(plan.placements().values().asList().get(3)));
  }

  private static String rack(String node) {
    return "rack " + (node.charAt(1) - '0') / 2;
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void spreadsAGroupOverRacks(Allocator allocator) {
    AllocationProblem problem = problem(fleet(), 4, 1, group(4, new AtMost("rack", 1, true)));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements().values().stream().map(GroupTopologyTest::rack))
        .containsExactlyInAnyOrder("rack 0", "rack 1", "rack 2", "rack 3");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void staysWhereMembersRun(Allocator allocator) {
    AllocationProblem problem =
        problem(fleet(), 1, 2, group(1, new Together("rack", true)).addRunning("n6"));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements().values()).containsAnyOf("n6", "n7");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void placesNobodyWhereMembersRunApart(Allocator allocator) {
    AllocationProblem problem =
        problem(fleet(), 1, 1, group(1, new Together("rack", true)).addRunning("n6", "lone"));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.unplaced().get(member(0)))
        .isEqualTo(
            new Reason.TopologyUnsatisfied(GANG, 1, "all members in one rack", "rack", 4, 0));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void saysThatTopologyIsInTheWay(Allocator allocator) {
    AllocationProblem problem = problem(fleet(), 3, 2, group(3, new Together("rack", true)));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.unplaced().values())
        .containsOnly(
            new Reason.TopologyUnsatisfied(GANG, 3, "all members in one rack", "rack", 4, 2));
    assertThat(plan.unplaced().get(member(0)).message())
        .isEqualTo(
            "group ns/gang requires all members in one rack, and 2 of the 3 members that it needs"
                + " were found a place like that (rack has 4 values)");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void saysThatThereIsNoRoomAtAll(Allocator allocator) {
    AllocationProblem problem = problem(fleet(), 9, 2, group(9, new Together("rack", true)));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.unplaced().values()).containsOnly(new Reason.GroupUnplaced(GANG, 9, 9));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void prefersOneRackToTwo(Allocator allocator) {
    AllocationProblem fits = problem(fleet(), 2, 2, group(2, new Together("rack", false)));
    AllocationProblem tooLarge = problem(fleet(), 3, 2, group(3, new Together("rack", false)));

    assertThat(missed(plan(allocator, fits))).isZero();
    assertThat(plan(allocator, tooLarge).placements()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void prefersToSpread(Allocator allocator) {
    AllocationProblem problem = problem(fleet(), 5, 1, group(5, new AtMost("rack", 1, false)));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(missed(plan)).isZero();
    assertThat(plan.placements()).containsValue("lone");
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void takesAsFewRacksAsItCan(Allocator allocator) {
    AllocationProblem problem =
        problem(fleet(), 4, 2, group(4, new Together("block", true), new Together("rack", false)));

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.placements()).hasSize(4);
    assertThat(missed(plan)).isEqualTo(1);
  }
}
