package io.tangram.solver.reference;

import static io.tangram.solver.Fleet.all;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.device;
import static io.tangram.solver.Fleet.devices;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.slice;
import static io.tangram.solver.Fleet.some;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.AllocationOptions;
import io.tangram.api.AllocationProblem;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.ImmutableClaim;
import io.tangram.api.claim.Request;
import io.tangram.api.claim.Workload;
import io.tangram.api.claim.WorkloadId;
import io.tangram.api.device.Device;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.feature.KubernetesVersion;
import io.tangram.api.plan.AllocationPlan;
import io.tangram.api.plan.PlanStatus;
import io.tangram.api.plan.Reason;
import io.tangram.api.reference.Defect;
import io.tangram.solver.Fleet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceAllocatorTest {

  private static final QualifiedName RAIL = QualifiedName.of(Fleet.DRIVER, "rail");

  private static Device onRail(String name, String rail) {
    return device(name, ImmutableMap.of("rail", rail));
  }

  private static ImmutableClaim distinct(String name, int count) {
    return claim(name, some("gpu", count))
        .withConstraints(new DeviceConstraint.DistinctAttribute(ImmutableList.of(), RAIL));
  }

  private static AllocationPlan allocate(AllocationProblem problem, Defect... defects) {
    return ReferenceAllocator.with(Set.of(defects)).allocate(problem, AllocationOptions.DEFAULTS);
  }

  private static List<String> given(AllocationPlan plan, String claim) {
    return plan.allocations().get(id(claim)).devices().stream()
        .map(each -> each.device().device())
        .toList();
  }

  /** Rails a, b, a, c. */
  private static final AllocationProblem RAILS =
      Fleet.of("n")
          .addSlices(
              slice("n", onRail("0", "a"), onRail("1", "b"), onRail("2", "a"), onRail("3", "c")))
          .addClaims(distinct("c", 3))
          .build();

  @Test
  void givesWhatTheRulesForbidAndSaysSo() {
    AllocationPlan plan = allocate(RAILS, Defect.DISTINCTION_REMEMBERS_LAST);

    assertThat(given(plan, "c")).containsExactly("0", "1", "2");
    assertThat(plan.warnings())
        .containsExactly(
            "claim ns/c gets other devices than by the rules, as kube-scheduler would give them:"
                + " R106: distinctAttribute remembers only the last device of each request",
            "R105 claim ns/c device gpu.example.com/n/2: shares gpu.example.com/rail a with"
                + " gpu.example.com/n/0; as the reference, by its defect R106: distinctAttribute"
                + " remembers only the last device of each request");
  }

  @Test
  void keepsToTheRulesWithoutDefects() {
    AllocationPlan plan = allocate(RAILS);

    assertThat(given(plan, "c")).containsExactly("0", "1", "3");
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void namesTheDefectThatKeepsAClaimOut() {
    // On node a the constraint is against it, and the reference does not look at node b.
    AllocationProblem problem =
        Fleet.of("a", "b")
            .addSlices(
                slice("a", onRail("0", "x"), onRail("1", "y")),
                slice("b", onRail("0", "x"), onRail("1", "x")))
            .addClaims(
                claim("c", all("gpu"))
                    .withConstraints(new DeviceConstraint.MatchAttribute(ImmutableList.of(), RAIL)))
            .build();
    Set<Defect> defects = Defect.of(new KubernetesVersion(37));

    AllocationPlan plan =
        ReferenceAllocator.with(defects).allocate(problem, AllocationOptions.DEFAULTS);

    assertThat(plan.unallocated().get(id("c")))
        .isEqualTo(new Reason.MissedByReference(Defect.ALL_MODE_CONSTRAINT_IS_FATAL, "b"));
    assertThat(plan.warnings())
        .containsExactly(
            "claim ns/c would fit on node b, which kube-scheduler misses: R70: a constraint against"
                + " a device of mode All ends the search on all nodes");
    assertThat(allocate(problem).allocations().get(id("c")).node()).hasValue("b");
  }

  @Test
  void searchesForClaimsInTheOrderInWhichTheWorkloadNamesThem() {
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 3)))
            .addClaims(claim("own", one("gpu")), claim("common", one("gpu")))
            .addWorkloads(
                Workload.builder()
                    .id(new WorkloadId("ns", "first"))
                    .addClaims(id("common"), id("own"))
                    .build(),
                Workload.builder()
                    .id(new WorkloadId("ns", "second"))
                    .addClaims(id("common"))
                    .build())
            .build();

    AllocationPlan plan = allocate(problem);

    assertThat(given(plan, "common")).containsExactly("big-0");
    assertThat(given(plan, "own")).containsExactly("big-1");
    assertThat(plan.placements()).hasSize(2);
  }

  @Test
  void saysThatItsLimitsEndedTheSearch() {
    Request[] requests =
        IntStream.range(0, 12)
            .mapToObj(i -> new Request.Exactly(leaf("gpu", 1).withName("r" + i)))
            .toArray(Request[]::new);
    AllocationProblem problem =
        Fleet.of("n")
            .addSlices(slice("n", devices("big", 11)))
            .addClaims(claim("c", requests))
            .build();

    AllocationPlan plan =
        ReferenceAllocator.of(new KubernetesVersion(36))
            .allocate(problem, AllocationOptions.builder().deterministicLimit(0.01).build());

    assertThat(plan.unallocated().get(id("c"))).isEqualTo(new Reason.NotProven());
    assertThat(plan.status()).isEqualTo(PlanStatus.FEASIBLE);
  }

  @Test
  void isFirstFitOfAVersion() {
    ReferenceAllocator allocator = ReferenceAllocator.of(new KubernetesVersion(36));

    AllocationPlan plan = allocator.allocate(RAILS, AllocationOptions.DEFAULTS);

    assertThat(allocator.name()).isEqualTo("first-fit");
    assertThat(plan.allocator()).isEqualTo("first-fit");
    assertThat(plan.statistics().strategy()).isEqualTo("reference 1.36");
  }

  @Test
  void refusesVersionsThatNobodyLookedAt() {
    assertThatThrownBy(() -> ReferenceAllocator.of(new KubernetesVersion(34)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("What kube-scheduler 1.34 does wrong is not known here");
  }
}
