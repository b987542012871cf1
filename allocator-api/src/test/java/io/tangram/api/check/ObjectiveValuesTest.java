package io.tangram.api.check;

import static io.tangram.api.check.Given.allocation;
import static io.tangram.api.check.Given.claim;
import static io.tangram.api.check.Given.devices;
import static io.tangram.api.check.Given.exactly;
import static io.tangram.api.check.Given.firstAvailable;
import static io.tangram.api.check.Given.held;
import static io.tangram.api.check.Given.id;
import static io.tangram.api.check.Given.leaf;
import static io.tangram.api.check.Given.problem;
import static io.tangram.api.check.Given.request;
import static io.tangram.api.check.Given.result;
import static io.tangram.api.check.Given.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.ImmutableAllocationOptions;
import io.tangram.api.claim.Allocation;
import io.tangram.api.claim.AllocationMode;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.ClaimId;
import io.tangram.api.claim.ExpectedDemand;
import io.tangram.api.claim.ImmutableAllocation;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.ImmutableAllocationPlan;
import io.tangram.api.plan.Objective;
import io.tangram.api.plan.ObjectiveResult;
import io.tangram.api.plan.PlanStatistics;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.topology.Link;
import io.tangram.api.topology.LinkGraph;
import io.tangram.api.topology.LinkObjective;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and bounds of the objectives after fit, as a plan says them and as they are. */
class ObjectiveValuesTest {

  private static final Claim C = claim("c", request("r"));
  private static final Claim D = claim("d", request("r"));

  /** Three devices on each node, one of n1 held; the plan gives one of n1 and one of n2. */
  private static final AllocationProblem PROBLEM =
      problem(slice("n1", devices("a", "b", "h")), slice("n2", devices("a", "b", "c")))
          .addClaims(C, D)
          .addHeld(held("holder", result("r", "n1/h")))
          .build();

  private static final Allocation ON_N1 = allocation(C, "n1", result("r", "n1/a"));
  private static final Allocation ON_N2 = allocation(D, "n2", result("r", "n2/b"));

  private static final ImmutableAllocationOptions OPTIONS =
      ImmutableAllocationOptions.builder()
          .objectives(List.of())
          .putPrices("n1", 3)
          .putPrices("n2", 5)
          .build();

  private static ImmutableAllocationPlan.Builder plan(Allocation... allocations) {
    ImmutableAllocationPlan.Builder plan =
        AllocationPlan.builder()
            .allocator("test")
            .status(PlanStatus.FEASIBLE)
            .statistics(PlanStatistics.builder().strategy("test").build())
            .addObjectives(objective(ObjectiveResult.ADMISSION, allocations.length));
    for (Allocation allocation : allocations) {
      plan.putAllocations(allocation.claim(), allocation);
    }
    return plan;
  }

  private static ObjectiveResult objective(String name, long value) {
    return new ObjectiveResult(name, 0, value, OptionalLong.empty(), PlanStatus.FEASIBLE);
  }

  private static List<Violation> check(
      AllocationProblem problem, AllocationOptions options, long value, Allocation... given) {
    String label = options.objectives().get(0).label();
    return PlanChecker.of(problem)
        .check(plan(given).addObjectives(objective(label, value)).build(), options);
  }

  private static void requireValue(AllocationOptions options, long value, Allocation... given) {
    assertThat(check(PROBLEM, options, value, given)).isEmpty();
    assertThat(check(PROBLEM, options, value + 1, given))
        .extracting(Violation::message)
        .containsExactly(
            "%s of tier 0 is %d, not %d as the plan says"
                .formatted(options.objectives().get(0).label(), value, value + 1));
  }

  @ParameterizedTest
  @CsvSource({
    // five devices are free, of which two are given
    "FRAGMENTATION, 2000000",
    "PACKING, 1",
    "COST, 5",
    // 2 * 2 - 1 * 1 on n1, 1 * 1 on n2
    "SPREAD, 4",
    "STABILITY, 0"
  })
  void valuesAreAsDefined(Objective objective, long value) {
    requireValue(OPTIONS.withObjectives(objective), value, ON_N1, ON_N2);
  }

  @Test
  void expectedDemandIsThatOfTheOptionsWhereTheyHaveOne() {
    ExpectedDemand other =
        new ExpectedDemand(ImmutableMap.of(leaf("x").deviceClass("other").build(), 3));
    ImmutableAllocationOptions options = OPTIONS.withObjectives(Objective.FRAGMENTATION);

    requireValue(options.withExpectedDemand(other), 6_000_000, ON_N1, ON_N2);
    requireValue(
        options.withExpectedDemand(new ExpectedDemand(ImmutableMap.of())), 0, ON_N1, ON_N2);
  }

  @Test
  void claimsThatKeepTheirDevicesAreStable() {
    ImmutableAllocationOptions options = OPTIONS.withObjectives(Objective.STABILITY);
    Allocation elsewhere = allocation(D, "n2", result("r", "n2/c"));
    Allocation otherName = allocation(D, "n2", result("other", "n2/b"));
    Allocation more = allocation(D, "n2", result("r", "n2/b"), result("r", "n2/c"));

    requireValue(options.withStart(start(ON_N1, ON_N2)), 2, ON_N1, ON_N2);
    requireValue(options.withStart(start(ON_N1, elsewhere)), 1, ON_N1, ON_N2);
    requireValue(options.withStart(start(ON_N1, otherName)), 1, ON_N1, ON_N2);
    requireValue(options.withStart(start(ON_N1, more)), 1, ON_N1, ON_N2);
    requireValue(options.withStart(start(ON_N2)), 1, ON_N1, ON_N2);
    requireValue(options.withStart(start(ON_N2, allocation(claim("gone"), "n1"))), 1, ON_N1, ON_N2);
  }

  @Test
  void whatOtherwiseDiffersFromAnEarlierPlanIsStable() {
    Allocation earlier =
        ImmutableAllocation.copyOf(ON_N1).withNode("n9").withNodeSelector(Optional.empty());

    requireValue(
        OPTIONS.withObjectives(Objective.STABILITY).withStart(start(earlier)), 1, ON_N1, ON_N2);
  }

  @Test
  void anotherAlternativeIsAMove() {
    Claim list = claim("l", firstAvailable("r", leaf("s0"), leaf("s1")));
    AllocationProblem problem = problem(slice("n1", devices("a"))).addClaims(list).build();
    Allocation first = allocation(list, "n1", result("r/s0", "n1/a"));
    Allocation second = allocation(list, "n1", result("r/s1", "n1/a"));
    AllocationOptions options = OPTIONS.withObjectives(Objective.STABILITY).withStart(start(first));

    assertThat(check(problem, options, 1, first)).isEmpty();
    assertThat(check(problem, options, 0, second)).isEmpty();
  }

  private static Map<ClaimId, Allocation> start(Allocation... allocations) {
    ImmutableMap.Builder<ClaimId, Allocation> start = ImmutableMap.builder();
    for (Allocation each : allocations) {
      start.put(each.claim(), each);
    }
    return start.buildOrThrow();
  }

  @Test
  void bandwidthIsThatOfTheSlowestPairOrOfAll() {
    Claim three = claim("t", exactly(leaf("r").mode(AllocationMode.exactly(3))));
    AllocationProblem problem =
        problem(slice("n1", devices("a", "b", "c", "d")))
            .addClaims(three)
            .putLinks(
                "n1",
                LinkGraph.of(
                    List.of(id("n1/a"), id("n1/b"), id("n1/c")),
                    ImmutableMap.of(
                        ImmutableSet.of(id("n1/a"), id("n1/b")), Link.ofNvLinks(2),
                        ImmutableSet.of(id("n1/a"), id("n1/c")), Link.ofNvLinks(4),
                        ImmutableSet.of(id("n1/b"), id("n1/c")), Link.ofNvLinks(2))))
            .build();
    Allocation joined =
        allocation(three, "n1", result("r", "n1/a"), result("r", "n1/b"), result("r", "n1/c"));
    Allocation partly =
        allocation(three, "n1", result("r", "n1/a"), result("r", "n1/c"), result("r", "n1/d"));
    ImmutableAllocationOptions worst = OPTIONS.withObjectives(Objective.BANDWIDTH);
    AllocationOptions all = worst.withLinkObjective(LinkObjective.AGGREGATE);

    assertThat(check(problem, worst, 50_000, joined)).isEmpty();
    assertThat(check(problem, all, 200_000, joined)).isEmpty();
    assertThat(check(problem, worst, 100_000, partly)).isEmpty(); // nothing is known of d
    assertThat(check(problem, all, 0, partly)).isNotEmpty();
  }

  @Test
  void refusesToJudgeCostWithoutPrices() {
    AllocationOptions options = OPTIONS.withObjectives(Objective.COST).withPrices(Map.of("n1", 1L));

    assertThatThrownBy(() -> check(PROBLEM, options, 0, ON_N1, ON_N2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Node n2 has no price");
  }

  @ParameterizedTest
  @CsvSource({
    "PACKING, 1, 1, true",
    "PACKING, 1, 0, true",
    "PACKING, 1, 2, false",
    "STABILITY, 0, 2, true",
    "STABILITY, 0, -1, false"
  })
  void boundsLieOnTheBetterSide(Objective objective, long value, long bound, boolean accepted) {
    ObjectiveResult bounded =
        new ObjectiveResult(
            objective.label(), 0, value, OptionalLong.of(bound), PlanStatus.FEASIBLE);

    List<Violation> violations =
        PlanChecker.of(PROBLEM)
            .check(
                plan(ON_N1, ON_N2).addObjectives(bounded).build(),
                OPTIONS.withObjectives(objective));

    assertThat(violations.isEmpty()).isEqualTo(accepted);
  }
}
