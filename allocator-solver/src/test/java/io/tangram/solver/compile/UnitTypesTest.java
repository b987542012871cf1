package io.tangram.solver.compile;

import static io.tangram.solver.Fleet.any;
import static io.tangram.solver.Fleet.claim;
import static io.tangram.solver.Fleet.leaf;
import static io.tangram.solver.Fleet.one;
import static io.tangram.solver.Fleet.some;
import static io.tangram.solver.compile.Given.compiled;
import static io.tangram.solver.compile.Given.nodes;
import static io.tangram.solver.compile.Given.taking;
import static io.tangram.solver.compile.Given.workload;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.tangram.api.ImmutableAllocationProblem;
import io.tangram.api.claim.Claim;
import io.tangram.api.claim.DeviceConstraint;
import io.tangram.api.claim.DeviceRequest;
import io.tangram.api.claim.Request;
import io.tangram.api.device.Node;
import io.tangram.api.device.QualifiedName;
import io.tangram.api.device.Quantity;
import io.tangram.solver.Fleet;
import io.tangram.solver.compile.ClaimShape.Tie;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes units, and what they ask for, alike. */
class UnitTypesTest {

  private static final QualifiedName NUMA = QualifiedName.of(Fleet.DRIVER, "numa");

  private final ImmutableAllocationProblem.Builder problem = Fleet.of("a", "b");

  @Test
  void claimsThatAskForTheSameAreOfOneType() {
    problem.addClaims(
        claim("c", one("gpu")),
        claim("d", exactly(leaf("gpu", 1).withName("another"))),
        claim("e", some("gpu", 2)));

    assertThat(types()).containsExactly(0, 0, 1);
    assertThat(units().types()).extracting(UnitType::index).containsExactly(0, 1);
    assertThat(units().types()).extracting(UnitType::hashCode).containsExactly(0, 1);
  }

  @Test
  void requestsThatAskForTheSameAreOneLeaf() {
    problem.addClaims(
        claim("c", one("gpu"), one("big")),
        claim("d", any(leaf("big", 1), leaf("gpu", 2), leaf("gpu", 1).withName("another"))));

    assertThat(units().leaves()).extracting(Leaf::index).containsExactly(0, 1, 2);
    assertThat(shape(1).requests().get(0).leaves())
        .extracting(Leaf::index)
        .containsExactly(1, 2, 0);
  }

  @Test
  void aPrioritizedListOfOneIsNoPlainRequest() { // R80
    problem.addClaims(claim("c", one("gpu")), claim("d", any(leaf("gpu", 1))));

    assertThat(shape(0).requests().get(0).prioritized()).isFalse();
    assertThat(shape(1).requests().get(0).prioritized()).isTrue();
    assertThat(types()).containsExactly(0, 1);
  }

  @Test
  void aTieCoversTheAlternativesThatItsConstraintNames() {
    Claim claim =
        claim("c", one("gpu"), any(leaf("big", 1), leaf("small", 1)))
            .withConstraints(
                new DeviceConstraint.MatchAttribute(ImmutableList.of("gpu", "any/small"), NUMA),
                new DeviceConstraint.DistinctAttribute(ImmutableList.of("any"), NUMA));
    problem.addClaims(claim);

    assertThat(shape(0).constraints())
        .containsExactly(
            new Tie(
                Tie.Kind.MATCH,
                new Trait.Attribute(NUMA),
                ImmutableList.of(Tie.place(0, 0), Tie.place(1, 1))),
            new Tie(
                Tie.Kind.DISTINCT,
                new Trait.Attribute(NUMA),
                ImmutableList.of(Tie.place(1, 0), Tie.place(1, 1))));
  }

  @Test
  void constraintsThatSayTheSameUnderOtherNamesAreOfOneType() {
    problem.addClaims(
        claim("c", one("gpu"), one("big")).withConstraints(matching("gpu", "big")),
        claim("d", exactly(leaf("gpu", 1).withName("g")), one("big"))
            .withConstraints(matching("g", "big")),
        claim("e", one("gpu"), one("big")).withConstraints(matching("gpu")));

    assertThat(types()).containsExactly(0, 0, 1);
  }

  @Test
  void workloadsThatMayUseDifferentNodesAreOfDifferentTypes() {
    problem.addWorkloads(
        workload("v"),
        workload("w").withNodeSelectors(nodes("a")),
        workload("x").withNodeSelectors(nodes("a", "c")));

    assertThat(types()).containsExactly(0, 1, 1);
  }

  @Test
  void workloadsThatTakeDifferentResourcesAreOfDifferentTypes() {
    problem.addWorkloads(taking("v", 1), taking("w", 2), taking("x", 1));

    assertThat(types()).containsExactly(0, 1, 0);
  }

  @Test
  void aWorkloadTakesItsNodeAndAClaimOnlyIfItAsksForSomething() {
    problem
        .addClaims(claim("nothing"), claim("c", one("gpu")), claim("own"))
        .addWorkloads(workload("w", "own"));

    assertThat(units().queue())
        .extracting(unit -> unit.allClaims().get(0).id().name() + " " + unit.type().takesNode())
        .containsExactly("nothing false", "c true", "own true");
  }

  @Test
  void aTypeCountsTheClaimsThatAskForDevices() {
    problem
        .addClaims(claim("nothing"), claim("c", one("gpu")), claim("d", one("gpu")))
        .addWorkloads(workload("w", "nothing", "c", "d"));

    assertThat(units().queue().get(0).type().claimsForDevices(0)).isEqualTo(2);
  }

  @Test
  void aTypeKnowsWhichOfItsRequestsANodeServesItself() { // R216
    Claim claim =
        claim("c", one("gpu"), one("big"))
            .withExtendedResources(ImmutableMap.of("gpu", "one", "big", "other"));
    problem
        .addNodes(
            Node.builder().name("c").available(ImmutableMap.of("other", Quantity.ONE)).build())
        .addClaims(claim, claim("own", one("small")), claim("lone", one("gpu")))
        .addWorkloads(
            workload("w", "own", "c")
                .withResources(ImmutableMap.of("one", Quantity.ONE, "other", Quantity.ONE)));

    UnitType type = units().queue().get(0).type();
    UnitType plain = units().queue().get(1).type();

    assertThat(type.asking(0)).containsExactly(true, true, true);
    assertThat(type.asking(2)).containsExactly(true, true, false);
    assertThat(type.claims().get(1).requests().get(1).own().resource())
        .isEqualTo(compiled(problem.build()).resources().names().indexOf("other"));
    assertThat(type.claimsForDevices(2)).isEqualTo(2);
    assertThat(type.dependsOnNode()).isTrue();
    assertThat(plain.dependsOnNode()).isFalse();
  }

  @Test
  void commonClaimsAreNeverOfOneType() {
    problem
        .addClaims(claim("c", one("gpu")), claim("d", one("gpu")))
        .addWorkloads(
            workload("v", "c"), workload("w", "c"), workload("x", "d"), workload("y", "d"));

    List<Unit> queue = units().queue();
    assertThat(queue).extracting(unit -> unit.type().isCommon()).containsOnly(false);
    assertThat(queue).extracting(unit -> unit.common().get(0).type().isCommon()).containsOnly(true);
    assertThat(queue.get(0).type()).isEqualTo(queue.get(1).type());
    assertThat(queue.get(0).type()).isNotEqualTo(queue.get(2).type());
    assertThat(queue.get(0).common().get(0).type().takesNode()).isFalse();
  }

  private Units units() {
    return compiled(problem.build()).units();
  }

  private List<Integer> types() {
    return units().queue().stream().map(unit -> unit.type().index()).toList();
  }

  private ClaimShape shape(int unit) {
    return units().queue().get(unit).type().claims().get(0);
  }

  private static Request exactly(DeviceRequest leaf) {
    return new Request.Exactly(leaf);
  }

  private static DeviceConstraint matching(String... requests) {
    return new DeviceConstraint.MatchAttribute(ImmutableList.copyOf(requests), NUMA);
  }
}
