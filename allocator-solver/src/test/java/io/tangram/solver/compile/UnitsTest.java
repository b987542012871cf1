package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.id;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.compile.Given.compiled;
import static io.tangram.solver.compile.Given.held;
import static io.tangram.solver.compile.Given.nodes;
import static io.tangram.solver.compile.Given.passed;
import static io.tangram.solver.compile.Given.workload;
import static io.tangram.solver.compile.Given.workloadId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tangram.api.DeadlineExceededException;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.Toleration;
import io.tangram.api.device.Node;
import io.tangram.api.device.Taint;
import io.tangram.api.plan.Reason;
import io.tangram.solver.Fleet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes are {@code a}, {@code b} and {@code c}. */
class UnitsTest {

  private static final Instant EARLY = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant LATE = EARLY.plusSeconds(1);

  private final ImmutableAllocationProblem.Builder problem = Fleet.of("a", "b", "c");

  @Test
  void theQueueIsOrderedByPriorityThenTimeThenInput() {
    problem.addClaims(
        claim("undated", one("gpu")),
        claim("late", one("gpu")).withCreatedAt(LATE),
        claim("early", one("gpu")).withCreatedAt(EARLY),
        claim("alsoEarly", one("gpu")).withCreatedAt(EARLY),
        claim("ofWorkload", one("gpu")),
        claim("ofUrgent", one("gpu")));
    problem.addWorkloads(
        workload("idle"),
        workload("normal", "ofWorkload").withCreatedAt(EARLY),
        workload("urgent", "ofUrgent").withPriority(5),
        workload("deferred").withPriority(-1));

    assertThat(queue())
        .containsExactly(
            "urgent", "early", "alsoEarly", "normal", "late", "undated", "idle", "deferred");
    assertThat(units().queue()).extracting(Unit::order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(units().queue().get(0).priority()).isEqualTo(5);
    assertThat(units().queue().get(1).priority()).isZero();
  }

  @Test
  void aWorkloadStandsWhereTheFirstOfItsClaimsDoes() {
    problem
        .addClaims(claim("c", one("gpu")), claim("d", one("gpu")), claim("e", one("gpu")))
        .addWorkloads(workload("w", "e", "c"));

    assertThat(queue()).containsExactly("w", "d");
  }

  @Test
  void theTimeOfAWorkloadCountsNotThatOfItsClaims() {
    problem
        .addClaims(
            claim("c", one("gpu")).withCreatedAt(EARLY), claim("d", one("gpu")).withCreatedAt(LATE))
        .addWorkloads(workload("w", "c"));

    assertThat(queue()).containsExactly("d", "w");
  }

  @Test
  void aWorkloadBringsItsPendingClaimsEachOnce() {
    Claim c = claim("c", one("gpu"));
    Claim d = claim("d", one("gpu"));
    problem.addClaims(c, d).addHeld(held("h")).addWorkloads(workload("w", "d", "h", "c", "d"));

    Unit unit = units().queue().get(0);

    assertThat(unit.claims()).containsExactly(d, c);
    assertThat(unit.workload()).hasValueSatisfying(w -> assertThat(w.id().name()).isEqualTo("w"));
    assertThat(units().queue()).hasSize(1);
  }

  @Test
  void aClaimThatStaysOutIsNotInTheQueue() {
    problem.addClaims(claim("c", one("tpu")), claim("d", one("gpu")));

    assertThat(queue()).containsExactly("d");
    assertThat(units().refused()).containsEntry(id("c"), new Reason.ClassMissing("tpu", "tpu"));
    assertThat(units().refused()).containsOnlyKeys(id("c"));
    assertThat(units().refusedWorkloads()).isEmpty();
  }

  @Test
  void aWorkloadStaysOutWithTheFirstOfItsClaimsThatDoes() { // R194
    problem
        .addClaims(claim("c", one("gpu")), claim("d", one("tpu")))
        .addWorkloads(workload("w", "c", "d"));
    Reason missing = new Reason.ClassMissing("tpu", "tpu");

    assertThat(queue()).isEmpty();
    assertThat(units().refused().get(id("d"))).isEqualTo(missing);
    assertThat(units().refusedWorkloads())
        .containsEntry(workloadId("w"), new Reason.PartnerUnallocated(id("d"), missing));
  }

  @Test
  void aWorkloadThatIsNotSupportedStaysOutWithAllItsClaims() {
    problem
        .addClaims(claim("c", one("gpu")))
        .addWorkloads(workload("w", "c").withUnsupported("spreading"));
    Reason unsupported = new Reason.UnsupportedConstraint("spreading");

    assertThat(queue()).isEmpty();
    assertThat(units().refused()).containsEntry(id("c"), unsupported);
    assertThat(units().refusedWorkloads()).containsEntry(workloadId("w"), unsupported);
  }

  @Test
  void aClaimOfSeveralWorkloadsIsACommonOne() {
    Claim own = claim("own", one("gpu"));
    Claim shared = claim("shared", one("big"));
    problem
        .addClaims(own, shared)
        .addWorkloads(
            workload("v", "shared", "own").withPriority(2),
            workload("w", "shared").withPriority(7));

    List<Unit> queue = units().queue();
    Unit w = queue.get(0);
    Unit v = queue.get(1);

    assertThat(v.claims()).containsExactly(own);
    assertThat(w.claims()).isEmpty();
    assertThat(v.common()).isEqualTo(w.common());
    Unit common = v.common().get(0);
    assertThat(common.claims()).containsExactly(shared);
    assertThat(common.priority()).isEqualTo(7);
    assertThat(common.order()).isEqualTo(2);
    assertThat(common.workload()).isEmpty();
    assertThat(v.type().common()).containsExactly(common.type());
  }

  @Test
  void commonClaimsAreNumberedBehindTheQueue() {
    problem
        .addClaims(claim("c", one("gpu")), claim("d", one("gpu")), claim("e", one("gpu")))
        .addWorkloads(workload("v", "c", "d"), workload("w", "c", "d"));

    assertThat(units().queue().get(0).common()).extracting(Unit::order).containsExactly(3, 4);
  }

  @Test
  void aClaimThatASoundWorkloadReferencesIsNotRefusedWithAnother() {
    problem
        .addClaims(claim("shared", one("gpu")), claim("broken", one("tpu")))
        .addWorkloads(workload("v", "shared", "broken"), workload("w", "shared"));

    assertThat(queue()).containsExactly("w");
    assertThat(units().refused()).containsOnlyKeys(id("broken"));
    assertThat(units().queue().get(0).claims()).hasSize(1);
    assertThat(units().queue().get(0).common()).isEmpty();
  }

  @Test
  void aClaimKeepsItsFirstReason() {
    Reason first = new Reason.UnsupportedConstraint("first");
    problem
        .addClaims(claim("shared", one("gpu")))
        .addWorkloads(
            workload("v", "shared").withUnsupported("first"),
            workload("w", "shared").withUnsupported("second"));

    assertThat(units().refused()).containsEntry(id("shared"), first);
  }

  @Test
  void aWorkloadMayUseTheNodesThatItSelectsAndTolerates() { // R186
    Taint taint = new Taint("broken", "", Taint.Effect.NO_SCHEDULE, Optional.empty());
    problem
        .addNodes(Node.builder().name("d").addTaints(taint).build())
        .addWorkloads(
            workload("v"),
            workload("w").withNodeSelectors(nodes("a", "d")),
            workload("x").withTolerations(Toleration.exists("broken")));

    assertThat(mayUse(0)).containsExactly(0, 1, 2);
    assertThat(mayUse(1)).containsExactly(0);
    assertThat(mayUse(2)).containsExactly(0, 1, 2, 3);
    assertThat(units().queue().get(2).type().allowed()).isEmpty();
  }

  @Test
  void aWorkloadMayUseTheNodesOnWhichItsHeldClaimsCanBeUsed() { // R186
    problem
        .addHeld(
            held("h").withNodeSelector(nodes("a", "b")),
            held("i").withNodeSelector(nodes("b", "c")),
            held("anywhere"))
        .addWorkloads(
            workload("v", "h", "i", "anywhere"), workload("w", "anywhere"), workload("x", "h"));

    assertThat(mayUse(0)).containsExactly(1);
    assertThat(mayUse(1)).containsExactly(0, 1, 2);
    assertThat(mayUse(2)).containsExactly(0, 1);
  }

  @Test
  void aLoneClaimMayUseEveryNode() {
    problem.addClaims(claim("c", one("gpu")));

    assertThat(units().queue().get(0).type().allowed()).isEmpty();
  }

  @Test
  void stopsWhenTimeIsUp() {
    problem.addClaims(claim("c", one("gpu")));
    Matching matching = new Matching(Map.of());

    assertThatThrownBy(() -> Units.of(problem.build(), matching, passed()))
        .isInstanceOf(DeadlineExceededException.class);
  }

  private Units units() {
    return compiled(problem.build()).units();
  }

  /** The names of workloads and lone claims, in order. */
  private List<String> queue() {
    return units().queue().stream()
        .map(
            unit ->
                unit.workload()
                    .map(workload -> workload.id().name())
                    .orElseGet(() -> unit.claims().get(0).id().name()))
        .toList();
  }

  private int[] mayUse(int unit) {
    UnitType type = units().queue().get(unit).type();
    return IntStream.range(0, problem.build().nodes().size()).filter(type::mayUse).toArray();
  }
}
