package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.held;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.sharedSlice;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadGroup;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.NodeSelection;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** R186 and R194. */
class WorkloadCheckTest {

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

  private static Workload workload(String name, String... claims) {
    return Workload.builder()
        .id(id(name))
        .addAllClaims(ImmutableList.copyOf(claims).stream().map(Given::claimId).toList())
        .build();
  }

  private static WorkloadId id(String name) {
    return new WorkloadId("ns", name);
  }

  private static Allocation give(String claim, String node, String path) {
    return allocation(one(claim), node, result("r", path));
  }

  /** Returns an allocation of a device that every node sees, made for one of them. */
  private static Allocation giveNetwork(String claim, String node, String path) {
    return allocation(one(claim), node, result("r", path)).withNodeSelector(Optional.empty());
  }

  private static ImmutableList<Violation> judge(
      AllocationProblem problem, Allocation... allocations) {
    Map<ClaimId, Allocation> given = new LinkedHashMap<>();
    for (Allocation allocation : allocations) {
      given.put(allocation.claim(), allocation);
    }
    ImmutableMap.Builder<ClaimId, Reason> left = ImmutableMap.builder();
    for (Claim claim : problem.claims()) {
      if (!given.containsKey(claim.id())) {
        left.put(claim.id(), new Reason.Outranked());
      }
    }
    AllocationPlan plan =
        AllocationPlan.builder()
            .allocator("test")
            .status(PlanStatus.FEASIBLE)
            .allocations(given)
            .unallocated(left.buildOrThrow())
            .statistics(PlanStatistics.builder().strategy("test").build())
            .build();
    ClusterIndex cluster = new ClusterIndex(problem);
    return new WorkloadCheck(problem, plan, cluster).run();
  }

  private static ImmutableList<String> stranded(
      AllocationProblem problem, Allocation... allocations) {
    return judge(problem, allocations).stream()
        .map(violation -> violation.rule() + " " + violation.claim().orElseThrow().name())
        .collect(ImmutableList.toImmutableList());
  }

  @Test
  void allocatesTheClaimsOfAWorkloadTogetherOrNotAtAll() {
    AllocationProblem problem = nodes().addWorkloads(workload("w", "1", "2")).build();

    assertThat(stranded(problem)).isEmpty();
    assertThat(stranded(problem, give("1", "n1", "n1/a"), give("2", "n1", "n1/b"))).isEmpty();
    assertThat(stranded(problem, give("1", "n1", "n1/a"))).containsExactly("R194 1");
    assertThat(stranded(problem, give("2", "n1", "n1/a"), give("3", "n1", "n1/b")))
        .containsExactly("R194 2");
  }

  @Test
  void allocatesTheClaimsOfAWorkloadOnOneNode() {
    AllocationProblem problem = nodes().addWorkloads(workload("w", "1", "2")).build();

    assertThat(stranded(problem, give("1", "n1", "n1/a"), give("2", "n2", "n2/c")))
        .containsExactly("R194 1", "R194 2");
    assertThat(stranded(problem, give("1", "n1", "n1/a"), giveNetwork("2", "n2", "net/x")))
        .containsExactly("R194 1", "R194 2");
  }

  @Test
  void placesAWorkloadWhereItsHeldClaimsCanBeUsed() {
    AllocationProblem problem =
        nodes()
            .addHeld(held("h", result("r", "n1/a")))
            .addWorkloads(workload("w", "h", "1"))
            .build();

    assertThat(stranded(problem, give("1", "n1", "n1/b"))).isEmpty();
    assertThat(stranded(problem, give("1", "n2", "n2/c"))).containsExactly("R194 1");
  }

  @Test
  void placesAWorkloadAnywhereWhereItsHeldClaimsCanBeUsedEverywhere() {
    AllocationProblem problem =
        nodes()
            .addHeld(held("h", result("r", "net/x")).withNodeSelector(Optional.empty()))
            .addWorkloads(workload("w", "h", "1"))
            .build();

    assertThat(stranded(problem, give("1", "n2", "n2/c"))).isEmpty();
  }

  /** The second workload of a claim is not admitted, which is no fault. */
  @Test
  void allocatesASharedClaimForTheSakeOfOneWorkload() {
    AllocationProblem problem =
        nodes().addWorkloads(workload("v", "1", "2"), workload("w", "1", "3")).build();

    assertThat(stranded(problem, give("1", "n1", "n1/a"), give("2", "n1", "n1/b"))).isEmpty();
    assertThat(stranded(problem, give("1", "n1", "n1/a"))).containsExactly("R194 1");
  }

  @Test
  void placesTheOtherWorkloadsOfASharedClaimWhereItsSelectorAllows() {
    AllocationProblem problem =
        nodes().addWorkloads(workload("v", "1", "2"), workload("w", "1", "3")).build();

    assertThat(
            stranded(
                problem,
                giveNetwork("1", "n1", "net/x"),
                give("2", "n1", "n1/a"),
                give("3", "n2", "n2/c")))
        .isEmpty();
    assertThat(
            stranded(
                problem, give("1", "n1", "n1/b"), give("2", "n1", "n1/a"), give("3", "n2", "n2/c")))
        .containsExactly("R194 3");
  }

  @Test
  void leavesLoneClaimsAlone() {
    assertThat(stranded(nodes().build(), give("1", "n1", "n1/a"))).isEmpty();
  }

  @Test
  void placesAGroupWithEnoughMembersOrNot() {
    WorkloadGroup two = new WorkloadGroup("g", ImmutableList.of(id("u"), id("v"), id("w")), 2);
    AllocationProblem problem =
        nodes()
            .addWorkloads(workload("u", "1"), workload("v", "2"), workload("w", "3"))
            .addGroups(two)
            .build();

    assertThat(stranded(problem)).isEmpty();
    assertThat(stranded(problem, give("1", "n1", "n1/a"))).containsExactly("R194 1");
    assertThat(stranded(problem, give("1", "n1", "n1/a"), give("3", "n2", "n2/c"))).isEmpty();
    assertThat(
            stranded(
                problem, give("1", "n1", "n1/a"), give("2", "n1", "n1/b"), give("3", "n2", "n2/c")))
        .isEmpty();
  }

  @Test
  void countsMembersOfAGroupThatWantNothingMore() {
    AllocationProblem problem =
        nodes()
            .addHeld(held("h", result("r", "n1/a")))
            .addWorkloads(workload("u", "h"), workload("v", "1"))
            .addGroups(new WorkloadGroup("g", ImmutableList.of(id("u"), id("v")), 2))
            .build();

    assertThat(stranded(problem, give("1", "n2", "n2/c"))).isEmpty();
  }

  @Test
  void allocatesAClaimForAWorkloadOutsideTheGroupThatIsTooSmall() {
    AllocationProblem problem =
        nodes()
            .addWorkloads(workload("u", "1"), workload("v", "2"), workload("w", "1"))
            .addGroups(new WorkloadGroup("g", ImmutableList.of(id("u"), id("v")), 2))
            .build();

    assertThat(stranded(problem, give("1", "n1", "n1/a"))).isEmpty();
  }

  @Test
  void placesNoWorkloadOnANodeThatIsNotThere() {
    AllocationProblem problem = nodes().addWorkloads(workload("w", "1")).build();

    assertThat(stranded(problem, give("1", "n3", "n1/a"))).containsExactly("R194 1");
  }
}
