package io.tangram.solver;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;

import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.Allocator;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadGroupId;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.Reason;
import io.tangram.solver.greedy.BestFitAllocator;
import io.tangram.solver.greedy.FirstFitAllocator;
import io.tangram.solver.reference.ReferenceAllocator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes of two GPUs each; workloads a to e with a claim each, of one GPU where not said. */
class WorkloadGroupsTest {

  private static final WorkloadGroupId GANG = new WorkloadGroupId("ns", "gang");

  static Stream<Allocator> allocators() {
    return Stream.of(
        new CpSatAllocator(),
        new FirstFitAllocator(),
        new BestFitAllocator(),
        ReferenceAllocator.with(Set.of()),
        ReferenceAllocator.of(new KubernetesVersion(36)));
  }

  private static ImmutableAllocationProblem.Builder fleet() {
    return Fleet.of("m", "n")
        .addSlices(slice("m", devices("big", 2)), slice("n", devices("big", 2)))
        .addClaims(
            claim("a", one("gpu")),
            claim("b", one("gpu")),
            claim("c", one("gpu")),
            claim("d", some("gpu", 2)),
            claim("e", some("gpu", 2)))
        .addWorkloads(workload("a"), workload("b"), workload("c"), workload("d"), workload("e"));
  }

  private static Workload workload(String name) {
    return Workload.builder().id(new WorkloadId("ns", name)).addClaims(id(name)).build();
  }

  private static WorkloadGroup gang(int least, String... members) {
    return WorkloadGroup.builder()
        .id(GANG)
        .minMembers(least)
        .members(Arrays.stream(members).map(name -> new WorkloadId("ns", name)).toList())
        .build();
  }

  private static AllocationPlan plan(Allocator allocator, AllocationProblem problem) {
    return allocator.allocate(
        problem, AllocationOptions.builder().timeLimit(Duration.ofMinutes(5)).build());
  }

  private static Stream<String> placed(AllocationPlan plan) {
    return plan.placements().keySet().stream().map(WorkloadId::name);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void placesEnoughMembersOnSeveralNodes(Allocator allocator) {
    AllocationPlan plan = plan(allocator, fleet().addGroups(gang(3, "a", "b", "c")).build());

    assertThat(placed(plan)).containsExactly("a", "b", "c");
    assertThat(plan.unplaced().values()).hasOnlyElementsOfType(Reason.Outranked.class);
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void takesBackWhatIsNotEnough(Allocator allocator) {
    AllocationPlan plan = plan(allocator, fleet().addGroups(gang(4, "a", "b", "c", "d")).build());

    assertThat(placed(plan)).containsExactly("e");
    assertThat(plan.unplaced().get(new WorkloadId("ns", "a")))
        .isEqualTo(new Reason.GroupUnplaced(GANG, 4, 4));
    assertThat(plan.unallocated().get(id("d"))).isEqualTo(new Reason.GroupUnplaced(GANG, 4, 4));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void waitsForMembersThatAreNotThere(Allocator allocator) {
    AllocationPlan plan = plan(allocator, fleet().addGroups(gang(3, "a", "b")).build());

    assertThat(placed(plan)).doesNotContain("a", "b").contains("c");
    assertThat(plan.unplaced().get(new WorkloadId("ns", "b")))
        .isEqualTo(new Reason.GroupUnplaced(GANG, 3, 2));
  }

  @ParameterizedTest
  @MethodSource("allocators")
  void saysWhatStandsInTheWayOfAMemberItself(Allocator allocator) {
    AllocationProblem problem =
        fleet()
            .addClaims(claim("f", some("gpu", 3)))
            .addWorkloads(workload("f"))
            .addGroups(gang(2, "a", "f"))
            .build();

    AllocationPlan plan = plan(allocator, problem);

    assertThat(plan.unplaced().get(new WorkloadId("ns", "f")))
        .isInstanceOf(Reason.InsufficientDevices.class);
    assertThat(plan.unplaced().get(new WorkloadId("ns", "a")))
        .isEqualTo(new Reason.GroupUnplaced(GANG, 2, 2));
  }

  @Test
  void aGroupStandsInTheQueueWhereItsFirstMemberDoes() {
    AllocationPlan plan =
        new CpSatAllocator()
            .allocate(
                fleet().addGroups(gang(2, "a", "e")).build(),
                AllocationOptions.builder()
                    .admission(Admission.IN_ORDER)
                    .timeLimit(Duration.ofMinutes(5))
                    .build());

    assertThat(placed(plan)).containsExactly("a", "b", "e");
  }
}
