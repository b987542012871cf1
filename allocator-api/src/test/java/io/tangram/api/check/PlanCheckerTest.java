package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.amounts;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.claimId;
import static io.tangram.api.check.Given.device;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.firstAvailable;
import static io.tangram.api.check.Given.held;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.name;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.quantity;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.rules;
import static io.tangram.api.check.Given.share;
import static io.tangram.api.check.Given.slice;
import static io.tangram.api.check.Given.workloadId;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceAllocation;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.DeviceCapacity;
import io.tangram.api.device.ImmutableDevice;
import io.tangram.api.device.ImmutableResourceSlice;
import io.tangram.api.device.Node;
import io.tangram.api.device.ResourceSlice;
import io.tangram.api.plan.Admission;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutableAllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCheckerTest {

  private static final ImmutableAllocationOptions ADMISSION_ONLY =
      ImmutableAllocationOptions.builder().objectives(ImmutableList.of()).build();
  private static final Claim C = claim("c", request("r"));
  private static final Claim D = claim("d", request("r"));
  private static final Allocation A = allocation(C, "n1", result("r", "n1/a"));
  private static final Allocation B = allocation(D, "n1", result("r", "n1/b"));
  private static final ImmutableResourceSlice AB = slice("n1", devices("a", "b"));

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

  private static ObjectiveResult admission(int tier, long value) {
    return objective(ObjectiveResult.ADMISSION, tier, value);
  }

  private static ObjectiveResult objective(String name, int tier, long value) {
    return new ObjectiveResult(name, tier, value, OptionalLong.empty(), PlanStatus.FEASIBLE);
  }

  private static ImmutableList<String> check(
      AllocationProblem problem, ImmutableAllocationPlan.Builder plan) {
    return check(problem, plan, ADMISSION_ONLY);
  }

  private static ImmutableList<String> check(
      AllocationProblem problem, ImmutableAllocationPlan.Builder plan, AllocationOptions options) {
    return rules(PlanChecker.of(problem).check(plan.build(), options));
  }

  @Test
  void acceptsALegalPlan() {
    AllocationProblem problem = problem(AB).addClaims(C, D).build();

    assertThat(check(problem, plan(A, B).addObjectives(admission(0, 2)))).isEmpty();
    assertThat(
            check(
                problem,
                plan(A)
                    .putUnallocated(D.id(), Reason.Outranked.byOthers())
                    .addObjectives(admission(0, 1))))
        .isEmpty();
  }

  @Test
  void givesManyThreadsTheSameAnswer() {
    ResourceSlice[] slices =
        IntStream.range(0, 50)
            .mapToObj(i -> slice("n1", devices("a", "b")).withPool(Given.pool("p" + i)))
            .toArray(ResourceSlice[]::new);
    Claim all = claim("c", exactly(leaf("r").mode(AllocationMode.exactly(32))));
    DeviceAllocation[] results =
        IntStream.range(0, 32)
            .mapToObj(i -> result("r", "p" + i + "/b"))
            .sorted(Comparator.comparing(each -> each.device().pool()))
            .toArray(DeviceAllocation[]::new);
    AllocationProblem problem = problem(slices).addClaims(all).build();
    AllocationPlan plan =
        plan(allocation(all, "n1", results)).addObjectives(admission(0, 1)).build();
    PlanChecker checker = PlanChecker.of(problem);

    assertThat(
            IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> checker.check(plan, ADMISSION_ONLY))
                .toList())
        .allSatisfy(violations -> assertThat(violations).isEmpty());
  }

  @Test
  void demandsAnAnswerForEveryPendingClaimAndNoOther() {
    AllocationProblem problem = problem(AB).addClaims(C).build();
    Reason reason = Reason.Outranked.byOthers();

    assertThat(check(problem, plan())).containsExactly("PLAN");
    assertThat(check(problem, plan(A).putUnallocated(C.id(), reason))).containsExactly("PLAN");
    assertThat(check(problem, plan(A, B))).containsExactly("PLAN");
    assertThat(check(problem, plan(A).putUnallocated(D.id(), reason))).containsExactly("PLAN");
  }

  @Test
  void demandsAnAnswerForEveryWorkloadAndNoOther() {
    AllocationProblem problem =
        problem(AB).addWorkloads(workload("v", 0), workload("w", 0)).build();
    WorkloadId v = workloadId("v");
    WorkloadId w = workloadId("w");
    Reason reason = Reason.Outranked.byOthers();

    assertThat(check(problem, plan().putPlacements(v, "n1").putPlacements(w, "n2"))).isEmpty();
    assertThat(check(problem, plan().putPlacements(v, "n1").putUnplaced(w, reason))).isEmpty();
    assertThat(check(problem, plan().putUnplaced(v, reason).putUnplaced(w, reason))).isEmpty();
    assertThat(check(problem, plan().putPlacements(v, "n1"))).containsExactly("PLAN");
    assertThat(
            check(
                problem,
                plan().putPlacements(v, "n1").putUnplaced(v, reason).putUnplaced(w, reason)))
        .containsExactly("PLAN");
    assertThat(
            check(
                problem(AB).addWorkloads(workload("v", 0)).build(),
                plan().putPlacements(v, "n1").putUnplaced(w, reason)))
        .containsExactly("PLAN");
    assertThat(
            check(
                problem(AB).addWorkloads(workload("v", 0)).build(),
                plan().putUnplaced(v, reason).putPlacements(w, "n1")))
        .containsExactly("PLAN");
  }

  @Test
  void saysWhatIsNotAccountedFor() {
    AllocationProblem problem =
        problem(AB).addClaims(C, D).addWorkloads(workload("v", 0), workload("w", 0)).build();
    Reason reason = Reason.Outranked.byOthers();
    AllocationPlan plan =
        plan(A)
            .putUnallocated(C.id(), reason)
            .putUnallocated(claimId("e"), reason)
            .putPlacements(workloadId("v"), "n1")
            .putUnplaced(workloadId("v"), reason)
            .build();

    assertThat(PlanChecker.of(problem).check(plan, ADMISSION_ONLY))
        .extracting(Violation::toString)
        .containsExactly(
            "PLAN claim ns/c: is both allocated and left out",
            "PLAN claim ns/d: is neither allocated nor left out",
            "PLAN claim ns/e: is left out, but is not pending",
            "PLAN: workload ns/v is both placed and not placed",
            "PLAN: workload ns/w is neither placed nor said why not");
  }

  @Test
  void demandsAWordOnWorkloads() {
    AllocationProblem problem =
        problem(AB).addClaims(C).addWorkloads(workload("w", 2, "c")).build();

    assertThat(check(problem, plan(A).addObjectives(admission(2, 1))))
        .containsExactly("PLAN", "R194");
  }

  @Test
  void judgesWhereWorkloadsArePlaced() {
    AllocationProblem problem =
        problem(AB)
            .addClaims(C)
            .addNodes(Node.builder().name("full").available(ImmutableMap.of()).build())
            .addWorkloads(
                Given.workload("w", "c").withResources(ImmutableMap.of("cpu", quantity("1"))))
            .build();
    ImmutableAllocationPlan.Builder plan = plan(A).addObjectives(admission(0, 1));

    assertThat(
            check(
                problem,
                plan(A).addObjectives(admission(0, 1)).putPlacements(workloadId("w"), "n1")))
        .isEmpty();
    assertThat(
            check(
                problem,
                plan(A).addObjectives(admission(0, 1)).putPlacements(workloadId("w"), "full")))
        .containsExactly("R186", "R194", "PLACEMENT");
    assertThat(check(problem, plan.putUnplaced(workloadId("w"), Reason.Outranked.byOthers())))
        .containsExactly("R194");
  }

  @Test
  void refusesDevicesThatAreHeldOrGivenTwice() {
    AllocationProblem problem = problem(AB).addClaims(C, D).build();
    Allocation twice = allocation(D, "n1", result("r", "n1/a"));
    AllocationProblem busy =
        problem(AB).addClaims(C).addHeld(held("h", result("r", "n1/a"))).build();

    assertThat(check(problem, plan(A, twice))).containsExactly("R90");
    assertThat(check(busy, plan(A))).containsExactly("R90");
  }

  @Test
  void refusesTheAllocationOfOneClaimUnderTheNameOfAnother() {
    AllocationProblem problem = problem(AB).addClaims(C).build();
    ImmutableAllocationPlan.Builder plan = plan().putAllocations(C.id(), B);

    assertThat(check(problem, plan)).containsExactly("R173");
  }

  @Test
  void refusesHalfAWorkload() {
    AllocationProblem problem =
        problem(AB).addClaims(C, D).addWorkloads(workload("w", 0, "c", "d")).build();
    Reason reason = Reason.Outranked.byOthers();

    assertThat(
            check(
                problem,
                plan(A)
                    .putUnallocated(D.id(), reason)
                    .putPlacements(workloadId("w"), "n1")
                    .addObjectives(admission(0, 1))))
        .containsExactly("R194");
    assertThat(
            check(
                problem,
                plan(A)
                    .putUnallocated(D.id(), reason)
                    .putUnplaced(workloadId("w"), reason)
                    .addObjectives(admission(0, 1))))
        .containsExactly("R194");
    assertThat(
            check(
                problem,
                plan(A, B).putPlacements(workloadId("w"), "n1").addObjectives(admission(0, 2))))
        .isEmpty();
  }

  private static final ImmutableDevice SHARED =
      device("s")
          .allowMultipleAllocations(true)
          .putCapacity(name("memory"), DeviceCapacity.of(quantity("40Gi")))
          .build();

  /** R84, R87: what administration takes is left beside what is held. */
  @Test
  void judgesAdministrativeSharesBesideWhatIsHeldInWhateverOrder() {
    Claim admin = claim("admin", exactly(leaf("r").adminAccess(true)));
    Claim user = claim("user", request("r"));
    Allocation administers =
        allocation(
            admin, "n1", share("r", "n1/s", 1, amounts("memory", "40Gi")).withAdminAccess(true));
    Allocation uses = allocation(user, "n1", share("r", "n1/s", 2, amounts("memory", "40Gi")));
    Allocation holder = held("h", share("r", "n1/s", 3, amounts("memory", "1Gi")));
    ImmutableAllocationPlan.Builder plan = plan(uses, administers).addObjectives(admission(0, 2));

    assertThat(
            check(
                problem(slice("n1", SHARED))
                    .addAdminNamespaces("ns")
                    .addClaims(user, admin)
                    .build(),
                plan))
        .isEmpty();
    assertThat(
            check(
                problem(slice("n1", SHARED))
                    .addAdminNamespaces("ns")
                    .addClaims(admin, user)
                    .build(),
                plan))
        .isEmpty();
    assertThat(
            check(
                problem(slice("n1", SHARED))
                    .addAdminNamespaces("ns")
                    .addClaims(admin, user)
                    .addHeld(holder)
                    .build(),
                plan))
        .containsExactly("R128", "R128");
  }

  /** What is wrong beside what is held is not said again beside the plan. */
  @Test
  void saysThingsOnce() {
    Claim admin = claim("admin", exactly(leaf("r").adminAccess(true)));
    AllocationProblem problem = problem(AB).addAdminNamespaces("ns").addClaims(admin).build();
    Allocation allocation = allocation(admin, "n2", result("r", "n1/a").withAdminAccess(true));

    assertThat(check(problem, plan(allocation))).containsExactly("R5");
  }

  @Test
  void demandsTheValueOfAdmission() {
    AllocationProblem problem = problem(AB).addClaims(C, D).build();

    assertThat(check(problem, plan(A, B).addObjectives(admission(0, 3))))
        .containsExactly("OBJECTIVE");
    assertThat(check(problem, plan(A, B).addObjectives(admission(1, 2))))
        .containsExactly("OBJECTIVE", "OBJECTIVE");
    assertThat(check(problem, plan(A, B))).containsExactly("OBJECTIVE");
  }

  @Test
  void demandsAdmissionByTierFromTheHighestDown() {
    AllocationProblem problem =
        problem(slice("n1", devices("a", "b", "c")))
            .addClaims(C, D, claim("e", request("r")))
            .addWorkloads(workload("low", -5, "c"), workload("high", 7, "d"))
            .build();
    Allocation last = allocation(claim("e", request("r")), "n1", result("r", "n1/c"));
    ImmutableAllocationPlan plan =
        plan(A, B, last)
            .putPlacements(workloadId("low"), "n1")
            .putPlacements(workloadId("high"), "n1")
            .build();

    assertThat(check(problem, plan, admission(7, 1), admission(0, 1), admission(-5, 1))).isEmpty();
    assertThat(check(problem, plan, admission(-5, 1), admission(0, 1), admission(7, 1)))
        .containsExactly("OBJECTIVE");
    assertThat(
            check(
                problem, plan, admission(7, 1), admission(7, 1), admission(0, 1), admission(-5, 1)))
        .contains("OBJECTIVE");
    assertThat(
            check(
                problem, plan, admission(8, 0), admission(7, 1), admission(0, 1), admission(-5, 1)))
        .isEmpty();
  }

  private static ImmutableList<String> check(
      AllocationProblem problem, ImmutableAllocationPlan plan, ObjectiveResult... objectives) {
    return check(problem, ImmutableAllocationPlan.builder().from(plan).addObjectives(objectives));
  }

  private static Workload workload(String name, int priority, String... claims) {
    return Workload.builder()
        .id(new WorkloadId("ns", name))
        .priority(priority)
        .addAllClaims(ImmutableList.copyOf(claims).stream().map(Given::claimId).toList())
        .build();
  }

  /** A shared claim counts in the highest tier that names it and is admitted. */
  @Test
  void countsASharedClaimInTheHighestTierThatIsAdmitted() {
    AllocationProblem problem =
        problem(AB)
            .addClaims(C, D)
            .addWorkloads(
                workload("low", 1, "c"), workload("high", 2, "c"), workload("out", 3, "c", "d"))
            .build();
    Reason reason = Reason.Outranked.byOthers();

    assertThat(
            check(
                problem,
                plan(A)
                    .putUnallocated(claimId("d"), reason)
                    .putPlacements(workloadId("low"), "n1")
                    .putPlacements(workloadId("high"), "n1")
                    .putUnplaced(workloadId("out"), reason)
                    .addObjectives(admission(2, 1))))
        .isEmpty();
    assertThat(
            check(
                problem,
                plan(A)
                    .putUnallocated(claimId("d"), reason)
                    .putPlacements(workloadId("low"), "n1")
                    .putUnplaced(workloadId("high"), reason)
                    .putUnplaced(workloadId("out"), reason)
                    .addObjectives(admission(1, 1))))
        .isEmpty();
  }

  @Test
  void countsSharesOfDevicesWhereAskedTo() {
    AllocationProblem problem = problem(AB).addClaims(C, D).build();
    ImmutableAllocationOptions options = ADMISSION_ONLY.withAdmission(Admission.MOST_DEVICE_SHARE);

    assertThat(check(problem, plan(A, B).addObjectives(admission(0, 2_000_000)), options))
        .isEmpty();
    assertThat(check(problem, plan(A, B).addObjectives(admission(0, 2)), options))
        .containsExactly("OBJECTIVE");
    assertThat(
            check(
                problem,
                plan(A, B).addObjectives(admission(0, 2)),
                ADMISSION_ONLY.withAdmission(Admission.IN_ORDER)))
        .isEmpty();
  }

  @Test
  void demandsTheObjectivesAskedForInTheirOrder() {
    AllocationProblem problem = problem(AB).addClaims(C, D).build();
    AllocationOptions options = AllocationOptions.DEFAULTS;
    ObjectiveResult admission = admission(0, 2);
    ObjectiveResult preference = objective("preference", 0, 0);
    ObjectiveResult fit = objective("fit", 0, 2_000_000);

    assertThat(check(problem, plan(A, B).addObjectives(admission, preference, fit), options))
        .isEmpty();
    assertThat(check(problem, plan(A, B).addObjectives(admission, fit, preference), options))
        .containsExactly("OBJECTIVE");
    assertThat(check(problem, plan(A, B).addObjectives(admission, preference), options))
        .containsExactly("OBJECTIVE");
    assertThat(check(problem, plan(A, B).addObjectives(admission, preference, fit, fit), options))
        .containsExactly("OBJECTIVE");
    assertThat(check(problem, plan(A, B).addObjectives(preference, admission, fit), options))
        .contains("OBJECTIVE");
    assertThat(
            check(
                problem,
                plan(A, B).addObjectives(admission, objective("preference", 0, 1), fit),
                options))
        .containsExactly("OBJECTIVE");
    assertThat(
            check(
                problem,
                plan(A, B).addObjectives(admission, preference, objective("fit", 0, 1)),
                options))
        .containsExactly("OBJECTIVE");
  }

  /** R80: once for each prioritized list, however many devices it has. */
  @ParameterizedTest
  @CsvSource({"x, 8", "y, 7"})
  void addsUpTheScoresOfChosenAlternatives(String chosen, long score) {
    AllocationMode two = AllocationMode.exactly(2);
    Claim list =
        claim("l", firstAvailable("r", leaf("x").mode(two), leaf("y").mode(two)), request("s"));
    Claim other = claim("o", firstAvailable("r", leaf("x")));
    AllocationProblem problem =
        problem(slice("n1", devices("a", "b", "c", "d"))).addClaims(list, other).build();
    ImmutableAllocationPlan.Builder plan =
        plan(
                allocation(
                    list,
                    "n1",
                    result("r/" + chosen, "n1/a"),
                    result("r/" + chosen, "n1/b"),
                    result("s", "n1/c")),
                allocation(other, "n1", result("r/x", "n1/d")))
            .addObjectives(admission(0, 2));

    assertThat(
            check(
                problem,
                plan.addObjectives(objective("preference", 0, score + 8)),
                ADMISSION_ONLY.withObjectives(Objective.PREFERENCE)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "FEASIBLE, 3, true", "FEASIBLE, 2, true", "FEASIBLE, 1, false",
    "OPTIMAL, 3, false", "OPTIMAL, 2, true", "OPTIMAL, 1, false"
  })
  void demandsThatNoClaimExceedsItsBound(PlanStatus status, long bound, boolean sound) {
    AllocationProblem problem = problem(AB).addClaims(C, D).build();
    ObjectiveResult result =
        new ObjectiveResult(ObjectiveResult.ADMISSION, 0, 2, OptionalLong.of(bound), status);

    assertThat(check(problem, plan(A, B).status(status).addObjectives(result)))
        .isEqualTo(sound ? ImmutableList.of() : ImmutableList.of("OBJECTIVE"));
  }

  @ParameterizedTest
  @CsvSource({
    "FEASIBLE, 999999, true",
    "FEASIBLE, 1000000, true",
    "FEASIBLE, 1000001, false",
    "OPTIMAL, 999999, false",
    "OPTIMAL, 1000000, true"
  })
  void demandsThatNoSizeIsBelowItsBound(PlanStatus status, long bound, boolean sound) {
    AllocationProblem problem = problem(AB).addClaims(C).build();
    ObjectiveResult result =
        new ObjectiveResult("fit", 0, 1_000_000, OptionalLong.of(bound), status);

    assertThat(
            check(
                problem,
                plan(A).addObjectives(admission(0, 1), result),
                ADMISSION_ONLY.withObjectives(Objective.FIT)))
        .isEqualTo(sound ? ImmutableList.of() : ImmutableList.of("OBJECTIVE"));
  }

  @Test
  void demandsThatAPlanIsOptimalWhenAllObjectivesAre() {
    AllocationProblem problem = problem(AB).addClaims(C).build();
    ObjectiveResult proven =
        new ObjectiveResult(
            ObjectiveResult.ADMISSION, 0, 1, OptionalLong.of(1), PlanStatus.OPTIMAL);

    assertThat(check(problem, plan(A).status(PlanStatus.OPTIMAL).addObjectives(proven))).isEmpty();
    assertThat(check(problem, plan(A).addObjectives(proven))).containsExactly("OBJECTIVE");
    assertThat(check(problem, plan(A).status(PlanStatus.OPTIMAL).addObjectives(admission(0, 1))))
        .containsExactly("OBJECTIVE");
  }

  @Test
  void measuresAnAllocationWithoutDevicesAsNothing() {
    Claim nothing = claim("c");
    AllocationProblem problem = problem().addClaims(nothing).build();
    Allocation allocation = Allocation.builder().claim(nothing.id()).build();

    assertThat(
            check(
                problem,
                plan(allocation).addObjectives(admission(0, 1), objective("fit", 0, 0)),
                ADMISSION_ONLY.withObjectives(Objective.FIT)))
        .isEmpty();
  }
}
